package phones

import (
	"encoding/json"
	"net/http"
)

// phoneView is one phone as the page draws it. Messages are in the Bot API's own form.
type phoneView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	Messages any    `json:"messages"`
	Keyboard any    `json:"keyboard"`
	Commands any    `json:"commands"`
}

// stateView is everything that the page shows. At names the last event that it contains.
type stateView struct {
	At       string          `json:"at"`
	Now      int64           `json:"now"`
	Moves    bool            `json:"moves"` // the clock can be moved
	Phones   []phoneView     `json:"phones"`
	HasCases bool            `json:"has_cases"`
	Cases    json.RawMessage `json:"cases"`
	Fired    []firing        `json:"fired"`
	Scenes   []sceneView     `json:"scenes"`
	Play     playView        `json:"play"`
	Samples  []string        `json:"samples"`
}

// showState answers GET /state. The event number is taken first: what happens meanwhile is in both, and the page takes
// a message that it knows already for an edit.
func (s *Site) showState(w http.ResponseWriter, r *http.Request) {
	state := stateView{
		At: s.stream.mark(s.stream.last()), Now: s.minute(), Moves: s.o.Advance != nil, HasCases: s.o.Cases != nil,
		Fired: s.firings(), Scenes: s.player.sceneViews(), Play: s.player.view(), Samples: sampleNames(),
	}
	for _, p := range s.o.Phones {
		person := s.people[p.ID]
		state.Phones = append(state.Phones, phoneView{
			ID: p.ID, Name: p.Name, Role: p.Role,
			Messages: person.Messages(), Keyboard: person.Keyboard(), Commands: person.Commands(),
		})
	}
	s.lookAtCases(r.Context())
	state.Cases = s.cases.shown()
	respond(w, state)
}
