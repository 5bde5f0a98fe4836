package jobs

import (
	"context"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// absences tells, in the morning, of what the day before or this night brought by itself: deputies whose time begins, what
// lies on the desk they look after; deputies whose time is over; officers who are expected back; and those whose last
// post ended by its date. What somebody enters or ends at once is told at once, by the handlers. Each fact is a change of
// its own under its own mark, so that none is told twice, by this job or by both.
func (d Deps) absences(ctx context.Context, now time.Time) (Result, error) {
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return nil, err
	}
	turns := d.turns(roster, now)
	res := Result{"messages": 0}
	if len(turns) == 0 {
		return res, nil
	}
	cases, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range turns {
		desk := slices.DeleteFunc(slices.Clone(cases), func(c casework.Case) bool { return c.Handler != t.officer.ID })
		change := ledger.Change{At: now, Marks: []ledger.Mark{{Name: t.mark, Keep: markKept}}}
		for _, n := range t.notices {
			m, err := d.notice(ctx, roster, n, t.officer, desk, now)
			if err != nil {
				return res, err
			}
			change.Outbox = append(change.Outbox, m)
		}
		done, err := d.Store.Commit(ctx, change)
		if err != nil {
			return res, err
		}
		if !done {
			res["messages"] += len(change.Outbox)
		}
	}
	return res, nil
}

// turnOfDuty is something about one officer that begins or ends by its date, and who is to be told.
type turnOfDuty struct {
	officer grid.Officer
	mark    string
	notices []dutyNotice
}

type dutyNotice struct {
	key   string
	to    grid.Officer
	until time.Time
}

// turns lists what began or ended within the day before now.
func (d Deps) turns(roster *grid.Roster, now time.Time) []turnOfDuty {
	since := now.In(d.Location).AddDate(0, 0, -1)
	fresh := func(at time.Time) bool { return at.After(since) && !at.After(now) }
	var out []turnOfDuty
	for _, o := range roster.Officers() {
		for _, a := range o.Absences {
			switch heir, ok := roster.StandIn(o, now); {
			case a.Active(now) && fresh(a.From) && a.Set.Before(a.From):
				t := turnOfDuty{officer: o, mark: absenceMark("began", o, a)}
				if ok {
					t.notices = append(t.notices, dutyNotice{"job.absence_began", heir, a.End()})
				}
				out = append(out, t)
			case a.Ended.IsZero() && fresh(a.Until):
				out = append(out, d.over(roster, o, a, now))
			}
		}
		if at, left := leftAt(o, now); left && fresh(at) {
			out = append(out, d.left(roster, o, at, now))
		}
	}
	return slices.DeleteFunc(out, func(t turnOfDuty) bool { return len(t.notices) == 0 })
}

func absenceMark(what string, o grid.Officer, a grid.Absence) string {
	return "absence_" + what + "/" + string(o.ID) + "/" + a.From.UTC().Format(time.RFC3339) + "/" + a.Set.UTC().Format(time.RFC3339)
}

// over is the end of an absence by its date: told to the officer, unless they are away again, and to who stood in.
func (d Deps) over(roster *grid.Roster, o grid.Officer, a grid.Absence, now time.Time) turnOfDuty {
	t := turnOfDuty{officer: o, mark: absenceMark("over", o, a)}
	if o.Available(now) {
		t.notices = append(t.notices, dutyNotice{key: "job.absence_over", to: o})
	}
	heir, stood := roster.StandIn(o, a.Until.Add(-time.Nanosecond))
	still, _ := roster.StandIn(o, now)
	if stood && heir.ID != o.ID && heir.ID != still.ID {
		t.notices = append(t.notices, dutyNotice{key: "job.deputy_over", to: heir})
	}
	return t
}

// leftAt is when the officer's last post ended; false while they have one, or never had any.
func leftAt(o grid.Officer, now time.Time) (time.Time, bool) {
	var last time.Time
	for _, a := range o.Appointments {
		if a.Until.IsZero() || a.Until.After(now) {
			return time.Time{}, false
		}
		if a.Until.After(last) {
			last = a.Until
		}
	}
	return last, !last.IsZero()
}

// left is the end of somebody's last post by its date: told to the standing deputy and every admin.
func (d Deps) left(roster *grid.Roster, o grid.Officer, at, now time.Time) turnOfDuty {
	t := turnOfDuty{officer: o, mark: ledger.LeftMark(o.ID, at)}
	to, _ := roster.Responsible(d.Work.Tree, d.Work.Tree.Root().Code, now, grid.Admin)
	if deputy, ok := roster.Officer(o.Deputy); ok {
		deputy, ok = roster.StandIn(deputy, now)
		if ok && !slices.ContainsFunc(to, func(x grid.Officer) bool { return x.ID == deputy.ID }) {
			to = append(slices.Clone(to), deputy)
		}
	}
	for _, x := range to {
		t.notices = append(t.notices, dutyNotice{key: "job.left", to: x})
	}
	return t
}

// noticeCases is how many cases one can open from a notice; the others are in the worklist.
const noticeCases = 6

// notice words one notice in its recipient's language, with a button for each of the first cases that they may open.
func (d Deps) notice(
	ctx context.Context, roster *grid.Roster, n dutyNotice, o grid.Officer, desk []casework.Case, now time.Time,
) (ledger.Message, error) {
	lang, err := d.lang(ctx, n.to)
	if err != nil {
		return ledger.Message{}, err
	}
	m := ledger.Message{To: n.to.Person, Kind: n.key, Priority: ledger.Reminder, Once: true, At: now}
	m.Text = d.Words.T(lang, n.key, map[string]any{"name": o.Name, "until": d.day(n.until), "n": len(desk)})
	for _, c := range desk {
		if len(m.Rows) < noticeCases && d.Work.Sees(c, n.to.Person, roster, now) {
			m.Rows = append(m.Rows, []ledger.Button{{Text: c.Shown() + " " + d.Work.Tree.Name(c.Cell), Data: "c:open:" + string(c.ID)}})
		}
	}
	return m, nil
}
