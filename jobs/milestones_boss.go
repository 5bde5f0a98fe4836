package jobs

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// bossDay is what the supervisors are to hear of a day.
type bossDay struct {
	pressed []pressed
	unheard []unit
}

// tellPast tells the supervisors, once for a plan, how many of its milestones were long past before anybody could be reminded of
// them: a plan that is loaded late brings one number and no flood.
func (d Deps) tellPast(ctx context.Context, v plan.Overview, now time.Time, res Result) error {
	gone := v.Pick(func(l plan.Line) bool {
		return l.Standing == plan.Overdue && !l.Touched() && -l.Days > d.Plan.Rules.Press+d.Plan.Rules.CatchUp
	})
	if len(gone) == 0 {
		return nil
	}
	sent, err := d.sendDigestKept(ctx, now, ledger.Mark{Name: "plan/past/" + d.Plan.Plan.Number, Keep: 20 * 366 * 24 * time.Hour}, func(lang string) (ledger.Message, error) {
		return ledger.Message{
			Kind: "job.milestones.past", Text: d.Words.T(lang, "job.milestones.past", map[string]any{
				"number": d.Plan.Plan.Number, "day": v.Day.String(), "n": len(gone), "first": gone[0].Last.String(), "last": gone[len(gone)-1].Last.String(),
			}),
			Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.plan_overdue", nil), Data: "n:list:overdue:0"}}},
		}, nil
	})
	res["messages"] += sent["messages"]
	res["past"] = len(gone)
	return err
}

// tellBosses tells the supervisors in one message who was ordered and pressed today, who keeps silent, and who has nobody to tell.
func (d Deps) tellBosses(ctx context.Context, v plan.Overview, day bossDay, roster *grid.Roster, now time.Time, res Result) error {
	change := ledger.Change{At: now, Marks: []ledger.Mark{{Name: "milestones/" + v.Day.String(), Keep: markKept}}}
	silent := make([]plan.Line, 0, len(v.Lines))
	for _, l := range v.Lines {
		if len(d.Plan.Silent(l.Progress, now)) == 0 {
			continue
		}
		write, err := d.onMilestone(ctx, l, plan.Act{Action: plan.Raise, Via: "job/milestones"}, roster, now)
		if err != nil {
			return err
		}
		silent = append(silent, l)
		change.Dossiers = append(change.Dossiers, write)
	}
	if len(day.pressed)+len(day.unheard)+len(silent) == 0 {
		return nil
	}
	for _, o := range d.supervisors(roster, now) {
		lang, err := d.lang(ctx, o)
		if err != nil {
			return err
		}
		change.Outbox = append(change.Outbox, ledger.Message{
			To: o.Person, Priority: ledger.Digest, Kind: "job.milestones.boss", Text: d.bossText(lang, day, silent, roster), Once: true, At: now,
			Rows: [][]ledger.Button{{{Text: d.Words.T(lang, "button.plan_overdue", nil), Data: "n:list:overdue:0"}, {Text: d.Words.T(lang, "button.plan", nil), Data: "n:plan:chapters"}}},
		})
	}
	done, err := d.Store.Commit(ctx, change)
	if errors.Is(err, ledger.ErrConflict) {
		res["conflicts"]++ // somebody says "received" at this moment
		return nil
	}
	if err == nil && !done {
		res["messages"] += len(change.Outbox)
	}
	return err
}

func (d Deps) bossText(lang string, day bossDay, silent []plan.Line, roster *grid.Roster) string {
	sep := d.Words.T(lang, "list.separator", nil)
	var pressed, quiet, unheard strings.Builder
	for _, p := range day.pressed {
		pressed.WriteString(d.Words.T(lang, "job.milestones.boss.pressed", map[string]any{
			"rung": Raw(d.Words.T(lang, "rung."+string(p.rung), nil)), "lead": p.unit, "ids": few(p.ids, sep),
		}))
	}
	if len(silent) > 0 {
		var ids, names []string
		for _, l := range silent {
			ids = append(ids, l.ID())
			for _, s := range l.Ladder {
				names = append(names, officerNames(s.Unacknowledged(), roster)...)
			}
		}
		slices.Sort(names)
		quiet.WriteString(d.Words.T(lang, "job.milestones.boss.silent", map[string]any{
			"ids": few(ids, sep), "names": strings.Join(slices.Compact(names), sep),
		}))
	}
	for _, u := range day.unheard {
		var ids []string
		for _, all := range u.reached {
			for _, r := range all {
				ids = append(ids, r.line.ID())
			}
		}
		slices.Sort(ids)
		unheard.WriteString(d.Words.T(lang, "job.milestones.boss.unheard", map[string]any{"lead": u.name, "n": len(ids), "ids": few(ids, sep)}))
	}
	return d.Words.T(lang, "job.milestones.boss", map[string]any{
		"pressed": Raw(pressed.String()), "silent": Raw(quiet.String()), "unheard": Raw(unheard.String()),
	})
}

// few names the first of many.
func few(ids []string, sep string) string {
	const named = 6
	if len(ids) <= named {
		return strings.Join(ids, sep)
	}
	return strings.Join(ids[:named], sep) + " …"
}

func officerNames(ids []grid.OfficerID, roster *grid.Roster) []string {
	var out []string
	for _, id := range ids {
		if o, ok := roster.Officer(id); ok {
			out = append(out, o.Name)
		}
	}
	return out
}
