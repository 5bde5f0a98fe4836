package handlers

import (
	"maps"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// notes are what somebody wrote about what is neither a case nor a meeting, by what was asked for. Each asks the roles itself.
func (s *scene) notes() map[string]func(flow.Worded) error {
	out := s.enterpriseNotes()
	maps.Copy(out, s.borderNotes())
	maps.Copy(out, s.referralNotes())
	maps.Copy(out, s.postNotes())
	maps.Copy(out, s.publicationNotes())
	maps.Copy(out, s.consultNotes())
	maps.Copy(out, s.hearingNotes())
	maps.Copy(out, s.waterNotes())
	return out
}

// askNote asks an officer for a few words about ref.
func (s *scene) askNote(what, ref string) error {
	return s.begin(flow.Task{Story: flow.Wording, Ref: ref, Reason: what})
}

// askAnybody is askNote for whoever it is.
func (s *scene) askAnybody(what, ref string) error {
	if s.msg.User == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	return s.converse(flow.Event{
		Kind: flow.Begin, Task: &flow.Task{Story: flow.Wording, Ref: ref, Reason: what}, At: s.msg.At, Arrived: s.msg.Arrived, ID: s.msg.ID,
	})
}
