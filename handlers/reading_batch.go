package handlers

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	batchLines = 12             // of a batch in one message
	batchKept  = 24 * time.Hour // that an entry waits to be confirmed
	mostRows   = 300            // of one table: more are several reports
)

// proposeBatch shows what would be entered and waits for a tap.
func (s *scene) proposeBatch(file string, entries []water.Entry) error {
	if len(entries) > mostRows {
		return grid.Fail(grid.Invalid, "error.water.rows")
	}
	b := water.Batch{ID: s.code(10), By: s.officer.ID, File: file, Made: s.now, Entries: entries}
	return s.showBatch(b, ledger.Dossier{Kind: water.Batches, ID: b.ID})
}

// showBatch keeps a batch and shows it.
func (s *scene) showBatch(b water.Batch, read ledger.Dossier) error {
	var lines texts.Lines
	fresh, changed := 0, 0
	for _, e := range b.Entries {
		x, err := s.Water.Section(e.Section)
		if err != nil {
			return err
		}
		r, _, err := s.reading(e)
		if err != nil {
			return err
		}
		key := "reading.entry.new"
		switch {
		case r.Section == "" || r.Gone:
			fresh++
		case r.Says(e.Given):
			key = "reading.entry.same"
		default:
			key = "reading.entry.changed"
			changed++
		}
		j := s.Water.Rules.One(x, e.Day, e.Given)
		if len(lines) < batchLines {
			lines = append(lines, texts.Text{Key: key, Args: texts.Args{"name": texts.Names(x.Names), "judged": s.judgedText(j), "report": e.Given.Report}})
		}
	}
	if err := s.shelve(ledger.WriteDossier(read, b)); err != nil {
		return err
	}
	if more := len(b.Entries) - len(lines); more > 0 {
		lines = append(lines, texts.Text{Key: "reading.more", Args: texts.Args{"n": more}})
	}
	a := texts.Args{"n": len(b.Entries), "new": fresh, "changed": changed, "lines": lines}
	no := flow.Choice{Key: "button.water.no", Data: waterData("no", b.ID)}
	switch {
	case fresh+changed == 0:
		s.say(flow.Reply{Key: "reading.nothing", Args: a, Hide: true})
	case changed > 0 && b.Reason == "":
		s.say(flow.Reply{Key: "reading.preview_changed", Args: a, Rows: [][]flow.Choice{{{Key: "button.water.reason", Data: waterData("reason", b.ID)}, no}}})
	default:
		s.say(flow.Reply{Key: "reading.preview", Args: a, Rows: [][]flow.Choice{{{Key: "button.water.yes", Data: waterData("yes", b.ID)}, no}}})
	}
	return nil
}

// reading is what is on record of an entry's section and day.
func (s *scene) reading(e water.Entry) (water.Reading, ledger.Dossier, error) {
	d, err := s.dossier(water.Readings, water.ReadingID(e.Section, e.Day))
	var r water.Reading
	if err == nil {
		err = d.Into(&r)
	}
	return r, d, err
}

// waits refuses what was decided already, or is too old.
func (s *scene) waits(b water.Batch) error {
	switch {
	case !b.Entered.IsZero() || !b.Ended.IsZero():
		return grid.Fail(grid.Conflict, "error.water.decided")
	case !s.now.Before(b.Made.Add(batchKept)):
		return grid.Fail(grid.Expired, "error.water.batch")
	}
	return nil
}

// askReadingReason asks why what is on record has to be corrected.
func (s *scene) askReadingReason(id string) error {
	b, _, err := s.batch(id)
	if err == nil {
		err = s.waits(b)
	}
	if err != nil {
		return err
	}
	return s.begin(flow.Task{Story: flow.Wording, Ref: id, Reason: "reading_reason"})
}

// correctBatch takes the reason, and asks once more.
func (s *scene) correctBatch(id, reason string) error {
	b, d, err := s.batch(id)
	if err == nil {
		err = s.waits(b)
	}
	if err != nil {
		return err
	}
	b.Reason = reason
	return s.showBatch(b, d)
}

// enterBatch enters what was shown. Whoever may not enter a section any more enters nothing.
func (s *scene) enterBatch(id string) error {
	b, read, err := s.batch(id)
	if err == nil {
		err = s.waits(b)
	}
	if err != nil {
		return err
	}
	entered, corrected := 0, 0
	for _, e := range b.Entries {
		x, err := s.Water.Section(e.Section)
		if err == nil && !s.mayEnter(x) {
			err = grid.Fail(grid.Forbidden, "error.role")
		}
		if err != nil {
			return err
		}
		r, d, err := s.reading(e)
		if err != nil {
			return err
		}
		g := e.Given
		g.By, g.At, g.Reason = s.officer.ID, s.now, b.Reason
		after, event, err := r.Enter(e.Section, e.Day, g)
		if grid.CodeOf(err) == grid.Conflict {
			continue // it says so already
		}
		if err != nil {
			return err
		}
		event.Via = "batch/" + b.ID
		if err := s.shelve(after.Write(d, event)); err != nil {
			return err
		}
		entered++
		if event.Did == water.DidCorrect {
			corrected++
		}
	}
	b.Entered = s.now
	if err := s.shelve(ledger.WriteDossier(read, b)); err != nil {
		return err
	}
	s.say(flow.Reply{Key: "reading.entered", Args: texts.Args{"n": entered, "corrected": corrected}, Edit: true, Rows: [][]flow.Choice{{
		{Key: "button.water.undo", Data: waterData("undo", b.ID)}, {Key: "button.water.list", Data: waterData("list")},
	}}})
	return nil
}

// cancelBatch lets it be.
func (s *scene) cancelBatch(id string) error {
	b, read, err := s.batch(id)
	if err == nil {
		err = s.waits(b)
	}
	if err != nil {
		return err
	}
	b.Ended = s.now
	s.say(flow.Reply{Key: "reading.cancelled", Edit: true})
	return s.shelve(ledger.WriteDossier(read, b))
}

// undoBatch takes back what a batch entered, unless somebody corrected it since: then nothing is taken back.
func (s *scene) undoBatch(id string) error {
	b, read, err := s.batch(id)
	switch {
	case err != nil:
		return err
	case b.Entered.IsZero() || !b.Ended.IsZero():
		return grid.Fail(grid.Conflict, "error.water.decided")
	}
	undone := 0
	for _, e := range b.Entries {
		r, d, err := s.reading(e)
		if err != nil {
			return err
		}
		if r.Gone || !r.Now.At.Equal(b.Entered) {
			if !r.Gone && r.Says(e.Given) && r.Now.At.Before(b.Entered) {
				continue // it said so before
			}
			return grid.Fail(grid.Conflict, "error.water.corrected_since", "day", e.Day)
		}
		after, event, err := r.Undo(s.officer.ID, s.now)
		if err != nil {
			return err
		}
		event.Via = "batch/" + b.ID
		if err := s.shelve(after.Write(d, event)); err != nil {
			return err
		}
		undone++
	}
	b.Ended = s.now
	s.say(flow.Reply{Key: "reading.undone", Args: texts.Args{"n": undone}})
	return s.shelve(ledger.WriteDossier(read, b))
}
