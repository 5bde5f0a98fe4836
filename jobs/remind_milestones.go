package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// reached is a milestone whose next stage was reached.
type reached struct {
	line  plan.Line
	stage plan.Stage
}

// unit is whoever leads some measures of the plan, and what they are to hear of today by rungs; before the last day there is
// none.
type unit struct {
	name    string
	clerks  []grid.Officer
	reached map[casework.Rung][]reached
}

// remindMilestones tells whoever leads milestones of the plan what is coming due, urges, orders and presses for what is late,
// each stage once; one message a rung and unit, however many milestones there are. The supervisors read in one message who was
// pressed, who keeps silent and who has nobody to tell. What is long past when the plan is loaded is told to them once, as a
// number. The progress of each milestone remembers its stages and is committed with the messages.
func (d Deps) remindMilestones(ctx context.Context, now time.Time) (Result, error) {
	res := Result{}
	if len(d.Plan.Plan.Measures) == 0 {
		return res, nil
	}
	v, err := d.Plan.Look(ctx, d.Store, now)
	if err != nil {
		return res, err
	}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return res, err
	}
	faults := keep(nil, d.tellPast(ctx, v, now, res))
	day := bossDay{}
	for _, u := range d.units(v, roster, now) {
		if err := d.chase(ctx, u, roster, now, res, &day); err != nil {
			faults = keep(faults, fmt.Errorf("%s: %w", u.name, err))
		}
	}
	if err := d.tellBosses(ctx, v, day, roster, now, res); err != nil {
		faults = keep(faults, err)
	}
	return res, errors.Join(faults...)
}

// units are those who are to hear of something, in the order of the plan.
func (d Deps) units(v plan.Overview, roster *grid.Roster, now time.Time) []unit {
	var out []unit
	at := make(map[string]int)
	for _, l := range v.Lines {
		s, ok := d.Plan.Reached(l.Occurrence, l.Progress, v.Day)
		if !ok || len(l.Measure.Leads()) == 0 {
			continue
		}
		var name strings.Builder
		for i, lead := range l.Measure.Leads() {
			if i > 0 {
				name.WriteString(d.Words.T("", "list.separator", nil))
			}
			name.WriteString(string(lead))
		}
		i, known := at[name.String()]
		if !known {
			i = len(out)
			at[name.String()] = i
			out = append(out, unit{name: name.String(), clerks: d.Plan.Clerks(l.Measure, roster, now), reached: make(map[casework.Rung][]reached)})
		}
		out[i].reached[s.Rung] = append(out[i].reached[s.Rung], reached{l, s})
	}
	return out
}

// chase tells a unit all that it is to hear today, in one change. Somebody may be at work on one of its milestones: then it is
// tried again.
func (d Deps) chase(ctx context.Context, u unit, roster *grid.Roster, now time.Time, res Result, day *bossDay) error {
	const tries = 3
	for i := 0; ; i++ {
		change, pressed, err := d.chaseChange(ctx, u, roster, now)
		if err != nil {
			return err
		}
		_, err = d.Store.Commit(ctx, change)
		if errors.Is(err, ledger.ErrConflict) && i < tries {
			continue
		}
		if err == nil {
			res["milestones"] += len(change.Dossiers)
			res["messages"] += len(change.Outbox)
			res["documents"] += len(change.Numbers)
			day.pressed = append(day.pressed, pressed...)
			if len(u.clerks) == 0 {
				day.unheard = append(day.unheard, u)
			}
		}
		return err
	}
}

// pressed is a document that a unit got.
type pressed struct {
	rung casework.Rung
	unit string
	ids  []string
}

func (d Deps) chaseChange(ctx context.Context, u unit, roster *grid.Roster, now time.Time) (ledger.Change, []pressed, error) {
	change := ledger.Change{At: now}
	var out []pressed
	for _, rung := range append([]casework.Rung{""}, casework.Rungs()...) {
		all := u.reached[rung]
		if len(all) == 0 {
			continue
		}
		lines := make([]plan.Line, len(all))
		ids := make([]string, len(all))
		for i, r := range all {
			lines[i], ids[i] = r.line, r.line.ID()
		}
		act := plan.Act{Action: plan.Remind, To: u.clerks, Via: "job/milestones"}
		var paper *ledger.Paper
		if series := rung.Letter(); series != "" && len(u.clerks) > 0 {
			marker := ledger.LetterMarker(series)
			act.Copy = d.supervisors(roster, now)
			l := d.Papers.Milestones(u.name, rung, lines, u.clerks, act.Copy, marker, now)
			act.Letter, paper = &l, d.Papers.Paper(l, now)
			change.Numbers = append(change.Numbers, d.Papers.Number(series, marker, now))
			out = append(out, pressed{rung, u.name, ids})
		}
		for _, r := range all {
			act.Stage = r.stage
			write, err := d.onMilestone(ctx, r.line, act, roster, now)
			if err != nil {
				return change, nil, err
			}
			change.Dossiers = append(change.Dossiers, write)
		}
		for _, o := range u.clerks {
			m, err := d.milestoneMessage(ctx, o, rung, lines, paper)
			if err != nil {
				return change, nil, err
			}
			m.At = now
			change.Outbox = append(change.Outbox, m)
		}
	}
	return change, out, nil
}

// onMilestone does something by itself to the milestone of a line, as it is stored now.
func (d Deps) onMilestone(ctx context.Context, l plan.Line, act plan.Act, roster *grid.Roster, now time.Time) (ledger.DossierWrite, error) {
	found, err := d.Store.Dossiers(ctx, plan.Kind, []string{l.ID()})
	if err != nil {
		return ledger.DossierWrite{}, err
	}
	read := ledger.Dossier{Kind: plan.Kind, ID: l.ID()}
	if len(found) > 0 {
		read = found[0]
	}
	var p plan.Progress
	if bad := read.Into(&p); bad != nil {
		return ledger.DossierWrite{}, bad
	}
	after, event, err := d.Plan.Apply(l.Occurrence, p, act, roster, now)
	if err != nil {
		return ledger.DossierWrite{}, err
	}
	return ledger.WriteDossier(read, after, event)
}

const milestoneLines = 10 // named in one message; the rest is a command away

// milestoneMessage words what a clerk is to hear of one rung.
func (d Deps) milestoneMessage(ctx context.Context, o grid.Officer, rung casework.Rung, lines []plan.Line, paper *ledger.Paper) (ledger.Message, error) {
	lang, err := d.lang(ctx, o)
	if err != nil {
		return ledger.Message{}, err
	}
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, plan.Sooner)
	said := make([]string, 0, milestoneLines+1)
	for _, l := range lines[:min(len(lines), milestoneLines)] {
		said = append(said, d.milestoneLine(lang, l))
	}
	if more := len(lines) - milestoneLines; more > 0 {
		said = append(said, d.Words.T(lang, "job.milestones.more", map[string]any{"n": more}))
	}
	key, args := "job.milestones", map[string]any{"n": len(lines), "lines": Raw(strings.Join(said, "\n")), "doc": ""}
	open := ledger.Button{Text: d.Words.T(lang, "button.milestones_mine", nil), Data: "n:list:mine:0"}
	if len(lines) == 1 {
		open = ledger.Button{Text: d.Words.T(lang, "button.milestone_open", nil), Data: "n:open:" + lines[0].ID()}
	}
	row := []ledger.Button{open}
	if rung != "" {
		key = "job.milestones." + string(rung)
		row = []ledger.Button{{Text: d.Words.T(lang, "button.acknowledge", nil), Data: "n:received:" + lines[0].ID()}, open}
	}
	if paper != nil {
		args["doc"] = paper.No
	}
	return ledger.Message{
		To: o.Person, Priority: ledger.Reminder, Kind: key, Text: d.Words.T(lang, key, args), Rows: [][]ledger.Button{row}, Paper: paper, Once: true,
	}, nil
}

func (d Deps) milestoneLine(lang string, l plan.Line) string {
	progress := ""
	if l.State == plan.Underway {
		progress = d.Words.T(lang, "milestones.progress", map[string]any{"percent": l.Percent})
	}
	args := map[string]any{"id": l.ID(), "days": l.Days, "day": l.Last.String(), "progress": Raw(progress), "words": excerpt(l.Milestone.Words, 36)}
	if l.Days < 0 {
		args["days"] = -l.Days
		return d.Words.T(lang, "job.milestones.late", args)
	}
	return d.Words.T(lang, "job.milestones.line", args)
}
