package handlers

import (
	"math"
	"slices"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// findSimilar looks for the person's own reports of the same matter, and for others' open cases of the same category near
// the draft, not older than the window. Of others' only what does not tell who reported it is shown.
func (s *scene) findSimilar(f flow.FindSimilar) (*flow.Event, error) {
	own, err := s.ownAlike(f)
	if err != nil {
		return nil, err
	}
	e := &flow.Event{Kind: flow.SimilarFound, At: s.msg.At, Arrived: s.msg.Arrived, Similar: own}
	if f.Point == nil {
		return e, nil
	}
	ids, err := s.Store.Near(s.ctx, *f.Point, s.nearby(), 20)
	if err != nil {
		return nil, err
	}
	cases, err := s.Store.Cases(s.ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if len(e.Similar) == 3 || !s.similar(c, f) {
			continue
		}
		e.Similar = append(e.Similar, flow.Similar{
			Case: c.ID, Categories: c.Categories, Cell: c.Cell, State: c.State, At: c.CreatedAt,
			Metres: geo.Distance(*c.Point, *f.Point), Photo: firstPhoto(c), Number: c.Shown(),
		})
	}
	return e, nil
}

// nearby is within how many metres others' cases are looked for. Whoever comes by a door could ask again and again until the distance
// is a place: they are told of those in the same square of the public map, and of no distance.
func (s *scene) nearby() float64 {
	if s.msg.Door.Door() {
		return s.Rules.PublicSquare * math.Sqrt2
	}
	return s.Rules.DuplicateRadius
}

func (s *scene) similar(c casework.Case, f flow.FindSimilar) bool {
	if s.msg.Door.Door() && (c.Point == nil || public.Round(*c.Point, s.Rules.PublicSquare) != public.Round(*f.Point, s.Rules.PublicSquare)) {
		return false
	}
	return c.State.Underway() && c.State != casework.OutOfArea && c.Point != nil && !s.reported(c) &&
		s.now.Sub(c.CreatedAt) <= s.Rules.DuplicateWindow &&
		slices.ContainsFunc(c.Categories, func(x string) bool { return slices.Contains(f.Categories, x) })
}

// firstPhoto is a picture of the case that may be shown to the public's next reporter: an officer's. That may be whoever is
// accused, and a reporter's picture tells from which window it was taken.
func firstPhoto(c casework.Case) string {
	c.Evidence = slices.DeleteFunc(slices.Clone(c.Evidence), func(e casework.Evidence) bool { return e.By == "" })
	if p := photos(c); len(p) > 0 {
		return p[0]
	}
	return ""
}

// follow makes the person a follower of the case, with what they said and sent, instead of reporting it again.
func (s *scene) follow(f flow.Follow) error {
	c, err := s.load(f.Case)
	if err != nil {
		return err
	}
	s.becomeReporter()
	c, err = s.act(c, casework.Act{Action: casework.Follow})
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.AddWords, Words: f.Draft.Text(), Evidence: s.evidenceOf(f.Draft.Files, casework.AsReported)})
	if err != nil {
		return err
	}
	s.count("followed", c.Cell)
	if err := s.watchCluster(c); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "report.followed", Args: map[string]any{"number": c.Shown(), "state": name("state", string(c.State))}, Hide: true})
	return nil
}
