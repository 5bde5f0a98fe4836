package phones

import (
	"math"
	"net/http"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// longestText is what a phone lets one write in one message (Bot API, Message.text: 4096 characters).
const longestText = 4096

// say answers POST /say {"phone","text"}.
func (s *Site) say(w http.ResponseWriter, r *http.Request) {
	body := read[struct {
		Phone string `json:"phone"`
		Text  string `json:"text"`
	}](w, r)
	if body == nil {
		return
	}
	if n := utf8.RuneCountInString(body.Text); n == 0 || n > longestText {
		refuse(w, http.StatusBadRequest, "text")
		return
	}
	if p := s.person(w, body.Phone); p != nil {
		p.Says(body.Text)
		respond(w, struct{}{})
	}
}

// location answers POST /location {"phone","lat","lon","accuracy"}; degrees of WGS-84, metres. An accuracy of zero is
// a point picked on the map. When the bot asks for a place by a key of its keyboard, that key is thereby pressed.
func (s *Site) location(w http.ResponseWriter, r *http.Request) {
	body := read[struct {
		Phone    string  `json:"phone"`
		Lat      float64 `json:"lat"`
		Lon      float64 `json:"lon"`
		Accuracy float64 `json:"accuracy"`
	}](w, r)
	if body == nil {
		return
	}
	if math.Abs(body.Lat) > 90 || math.Abs(body.Lon) > 180 || body.Accuracy < 0 || body.Accuracy > 1500 {
		refuse(w, http.StatusBadRequest, "point")
		return
	}
	if p := s.person(w, body.Phone); p != nil {
		place(p, body.Lat, body.Lon, body.Accuracy)
		respond(w, struct{}{})
	}
}

// place presses the location key if there is one, or else attaches the place by hand.
func place(p *botapi.Person, lat, lon, accuracy float64) {
	if p.TapsLocation(lat, lon, accuracy) != nil {
		p.SendsLocation(lat, lon, accuracy)
	}
}

// contact answers POST /contact {"phone"}: the person shares the own number, by the key that asks for it if there is
// one.
func (s *Site) contact(w http.ResponseWriter, r *http.Request) {
	body := read[struct {
		Phone string `json:"phone"`
	}](w, r)
	if body == nil {
		return
	}
	if p := s.person(w, body.Phone); p != nil {
		s.share(p)
		respond(w, struct{}{})
	}
}

// sampleNumber is the number of a person for whom none was given. No such number can be allotted: too many zeros.
const sampleNumber = "+8613900000000"

func (s *Site) share(p *botapi.Person) {
	if keys := p.Keyboard(); keys != nil {
		for _, row := range keys.Keyboard {
			for _, key := range row {
				if key.RequestContact && tapKey(p, key.Text) == nil {
					return
				}
			}
		}
	}
	number := sampleNumber
	for _, phone := range s.o.Phones {
		if phone.User == p.ID() && phone.Number != "" {
			number = phone.Number
		}
	}
	p.SendsContact(number, p.Name(), p.ID())
}
