package handlers

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// fetch asks for what this message brought to be fetched into the evidence store, beside the conversation: only what
// became part of the conversation or of a case, and is not there yet. Nobody can fill the store with what belongs to
// nothing; what is too large is refused with a sentence, and what somebody sends beyond the files of one day stays with
// Telegram, which is told.
func (s *scene) fetch() error {
	p := s.person
	today := s.now.In(s.Rules.Location).Format(time.DateOnly)
	if p.FilesDay != today {
		p.FilesDay, p.Files = today, 0
	}
	large := 0
	for _, f := range s.msg.Files {
		known, err := s.known(f)
		switch {
		case err != nil:
			return err
		case known || !s.holds(f.Unique):
			continue
		}
		if s.Rules.MaxFile > 0 && f.Size > s.Rules.MaxFile {
			large++
			s.change.Files = append(s.change.Files, ledger.FileWrite{File: ledger.File{Unique: f.Unique, Size: f.Size, Fail: "too large", At: s.now}})
			continue
		}
		p.Files++
		if p.Files > s.Rules.FilesPerDay {
			if p.Files == s.Rules.FilesPerDay+1 {
				s.say(flow.Reply{Key: "error.files.quota", Args: map[string]any{"max": s.Rules.FilesPerDay}})
			}
			continue
		}
		s.change.Fetch = append(s.change.Fetch, ledger.Fetch{File: f.ID, Unique: f.Unique, Kind: f.Kind, Person: s.me, Patrol: s.shots[f.Unique]})
	}
	if large > 0 {
		s.say(flow.Reply{Key: "error.file.size", Args: map[string]any{"n": large, "max": s.Rules.MaxFile >> 20}})
	}
	if p != s.person && len(s.msg.Files) > 0 {
		s.keep(p)
	}
	return nil
}

// known tells whether the file is in the evidence store. A document is fetched again: where it says that it was taken is
// for the draft, and not kept.
func (s *scene) known(f File) (bool, error) {
	if f.Kind == "document" {
		return false, nil
	}
	kept, err := s.Store.File(s.ctx, f.Unique)
	if grid.CodeOf(err) == grid.NotFound {
		return false, nil
	}
	return err == nil && kept.Fail == "", err
}

// holds tells whether the file is part of the conversation, of a case, a patrol or a dossier, as this turn leaves them.
func (s *scene) holds(unique string) bool {
	if s.shots[unique] != "" {
		return true
	}
	for _, w := range s.change.Cases {
		for _, e := range w.After.Evidence {
			if e.File == unique {
				return true
			}
		}
	}
	if slices.Contains(s.kept, unique) {
		return true
	}
	return slices.ContainsFunc(s.state.Files(), func(f flow.File) bool { return f.Unique == unique })
}
