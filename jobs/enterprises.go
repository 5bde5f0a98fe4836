package jobs

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// enterprises tells the bureau and the supervisors of limits of cards that come near or were broken, and of disclosures that are late; each
// once, in the hours of the office. Limited production of which the longest time is over ends whether or not this ran; here it is told. The enterprise remembers what was told and is committed together
// with the messages.
func (d Deps) enterprises(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepDossiers(ctx, enterprise.Kind, now, d.remindEnterprise)
}

// remindEnterprise says what is due of one enterprise.
func (d Deps) remindEnterprise(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	e, err := enterprise.Read(read)
	if err != nil {
		return err
	}
	e, events, notices := d.Enterprises.Remind(e, now)
	w, err := d.Enterprises.Write(read, e, now, events...)
	if err != nil {
		return err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	called, err := d.siteName(ctx, e.Number)
	if err != nil {
		return err
	}
	for _, o := range d.bureau(roster, now) {
		lang, wrong := d.lang(ctx, o)
		if wrong != nil {
			return wrong
		}
		for _, n := range notices {
			change.Outbox = append(change.Outbox, d.enterpriseNotice(e, called, n, o.Person, lang, now))
		}
	}
	return d.commitDossier(ctx, change, res)
}

// bureau are the clerks of the bureau and the supervisors of the district who can be reached.
func (d Deps) bureau(roster *grid.Roster, now time.Time) []grid.Officer {
	officers, _ := roster.Responsible(d.Work.Tree, d.Work.Tree.Root().Code, now, grid.Supervisor)
	var out []grid.Officer
	seen := make(map[grid.OfficerID]bool)
	for _, o := range append(officers, casework.Clerks(roster, d.Enterprises.Rules.Department, now)...) {
		if !seen[o.ID] && o.Reachable() {
			out = append(out, o)
		}
		seen[o.ID] = true
	}
	return out
}

func (d Deps) siteName(ctx context.Context, n site.Number) (string, error) {
	found, err := d.Store.Dossiers(ctx, site.Dossier, []string{string(n)})
	if err != nil || len(found) == 0 {
		return "", err
	}
	x, err := site.Read(found[0])
	return x.Name, err
}

func (d Deps) enterpriseNotice(e enterprise.Enterprise, called string, n enterprise.Notice, to grid.PersonID, lang string, now time.Time) ledger.Message {
	key := "job.enterprise.soon"
	switch {
	case n.Period != "":
		key = "job.enterprise.undisclosed"
	case n.Broken && n.Clock.Name == enterprise.HearClock:
		key = "job.enterprise.heard"
	case n.Broken && n.Clock.Name == enterprise.LimitClock:
		key = "job.enterprise.expired"
	case n.Broken:
		key = "job.enterprise.late"
	}
	args := map[string]any{
		"name": called, "number": string(e.Number), "card": n.Card, "period": "", "days": n.Before, "day": d.Enterprises.Rules.Calendar.LastDay(n.Clock.Due).String(),
		"clock": Raw(""),
	}
	if n.Period != "" {
		args["period"] = d.period(lang, n.Period)
	}
	if n.Clock.Name != "" {
		args["clock"] = Raw(d.Words.T(lang, "enterprise.clock."+string(n.Clock.Name), nil))
	}
	return ledger.Message{
		To: to, Kind: key, Priority: ledger.Reminder, Once: true, At: now, Text: d.Words.T(lang, key, args),
		Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.ent_open", nil), Data: "en:open:" + string(e.Number)}}},
	}
}
