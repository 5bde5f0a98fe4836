package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// said is one sentence of a job, and the buttons below it by language.
type said struct {
	key  string
	args func(lang string) map[string]any
	rows func(lang string) [][]ledger.Button
}

// tellOffice makes a reminder for each of the officers, once, and not in the quiet hours.
func (d Deps) tellOffice(ctx context.Context, change *ledger.Change, officers []grid.Officer, s said, now time.Time) error {
	told := make(map[grid.PersonID]bool)
	for _, o := range officers {
		if !o.Reachable() || told[o.Person] {
			continue
		}
		told[o.Person] = true
		lang, err := d.lang(ctx, o)
		if err != nil {
			return err
		}
		change.Outbox = append(change.Outbox, d.office(o.Person, lang, s, now))
	}
	return nil
}

func (d Deps) office(to grid.PersonID, lang string, s said, now time.Time) ledger.Message {
	m := ledger.Message{
		To: to, Kind: s.key, Priority: ledger.Reminder, Once: true, At: now, NotBefore: d.Work.Rules.Quiet.Next(now), Text: d.Words.T(lang, s.key, s.args(lang)),
	}
	if s.rows != nil {
		m.Rows = s.rows(lang)
	}
	return m
}

// desk are the district's desk and supervisors.
func (d Deps) desk(roster *grid.Roster, now time.Time) []grid.Officer {
	officers, _ := roster.Responsible(d.Work.Tree, d.Work.Tree.Root().Code, now, grid.Desk)
	return append(officers, d.supervisors(roster, now)...)
}

// button is a row of one button.
func (d Deps) button(key, data string) func(lang string) [][]ledger.Button {
	return func(lang string) [][]ledger.Button {
		return [][]ledger.Button{{{Text: d.Words.T(lang, key, nil), Data: data}}}
	}
}
