package phones

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// refuse says no with a key of the page's words ("error." before it).
func refuse(w http.ResponseWriter, status int, key string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": key})
}

func respond(w http.ResponseWriter, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		refuse(w, http.StatusInternalServerError, "internal")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}

// read decodes a small JSON body. It has answered already when it returns nil.
func read[T any](w http.ResponseWriter, r *http.Request) *T {
	const small = 1 << 16
	var body T
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, small))
	d.DisallowUnknownFields()
	if err := d.Decode(&body); err != nil {
		tooLarge := new(http.MaxBytesError)
		if errors.As(err, &tooLarge) {
			refuse(w, http.StatusRequestEntityTooLarge, "too_large")
			return nil
		}
		refuse(w, http.StatusBadRequest, "request")
		return nil
	}
	return &body
}

// person finds who holds a phone. It has answered already when it returns nil.
func (s *Site) person(w http.ResponseWriter, phone string) *botapi.Person {
	p := s.people[phone]
	if p == nil {
		refuse(w, http.StatusNotFound, "phone")
	}
	return p
}
