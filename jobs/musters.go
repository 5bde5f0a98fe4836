package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/muster"
)

// musters reminds those who were called up and have not answered, as often as the settings say. The muster remembers which rounds
// are over and is committed together with the messages.
func (d Deps) musters(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepDossiers(ctx, muster.Kind, now, d.remindMuster)
}

// remindMuster makes the round of one muster.
func (d Deps) remindMuster(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	var m muster.Muster
	if err := read.Into(&m); err != nil {
		return err
	}
	m, event, silent := m.Remind(d.Muster, now)
	w, err := muster.Write(read, m, d.Muster, event)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	for _, c := range silent {
		o, ok := roster.Officer(c.Officer)
		if ok {
			o, ok = roster.StandIn(o, now)
		}
		if !ok || !o.Reachable() {
			continue
		}
		lang, wrong := d.lang(ctx, o)
		if wrong != nil {
			return wrong
		}
		change.Outbox = append(change.Outbox, d.musterReminder(m, c, o.Person, lang, now))
	}
	return d.commitDossier(ctx, change, res)
}

// musterReminder says the call again, with the same buttons.
func (d Deps) musterReminder(m muster.Muster, c muster.Call, to grid.PersonID, lang string, now time.Time) ledger.Message {
	place := any(m.Place)
	if m.Place == "" {
		place = Raw(d.Words.T(lang, "muster.at_point", nil))
	}
	when := d.Words.T(lang, "muster.at_once", nil)
	if !m.When.IsZero() {
		when = d.Words.T(lang, "muster.until", map[string]any{"at": m.When.In(d.Location).Format("01-02 15:04")})
	}
	out := ledger.Message{To: to, Kind: "job.muster", Priority: ledger.Emergency, Once: true, At: now}
	out.Text = d.Words.T(lang, "job.muster", map[string]any{"words": m.Words, "place": place, "when": Raw(when)})
	for _, a := range c.State.Open() {
		out.Rows = append(out.Rows, []ledger.Button{{Text: d.Words.T(lang, "button.muster."+string(a), nil), Data: "u:" + string(a) + ":" + m.ID}})
	}
	return out
}
