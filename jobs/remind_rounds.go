package jobs

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// roundLines is how many objects a reminder names; the others are in /coverage.
const roundLines = 8

// remindRounds tells, in the morning, everybody who has to go somewhere within the next days where that is, and the chiefs what
// was missed in their area the day before. What was missed is named again every Monday until somebody goes. Who has nothing due
// hears nothing. All messages of a day are one change under one mark.
func (d Deps) remindRounds(ctx context.Context, now time.Time) (Result, error) {
	if _, err := d.closeRounds(ctx, now); err != nil { // after a pause this may come before the night's run
		return nil, err
	}
	ground, all, err := d.standings(ctx, now)
	if err != nil {
		return nil, err
	}
	day := now.In(d.Location).Format(time.DateOnly)
	change := ledger.Change{At: now, Marks: []ledger.Mark{{Name: "rounds/" + day, Keep: markKept}}}
	told := make(map[grid.PersonID]bool)
	for _, o := range ground.Roster.Officers() {
		to, ok := ground.Roster.StandIn(o, now)
		if !ok {
			continue
		}
		due, missed := d.roundsOf(o, all, now)
		if len(due)+len(missed) == 0 || told[to.Person] && len(due) == 0 {
			continue
		}
		told[to.Person] = true
		m, lost := d.roundsMessage(ctx, to, due, missed, now)
		if lost != nil {
			return nil, lost
		}
		change.Outbox = append(change.Outbox, m)
	}
	if len(change.Outbox) == 0 {
		return Result{"messages": 0}, nil
	}
	done, err := d.Store.Commit(ctx, change)
	if done {
		return Result{"repeated": 1}, err
	}
	return Result{"messages": len(change.Outbox)}, err
}

// roundsOf are what the officer has to visit soon, and what was missed the day before in the cells of which they are chief.
func (d Deps) roundsOf(o grid.Officer, all []coverage.Standing, now time.Time) (due, missed []coverage.Standing) {
	local := now.In(d.Location)
	today := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, d.Location)
	until := today.AddDate(0, 0, 1+d.Rounds.Ahead)
	for _, s := range all {
		again := s.Missing() && local.Weekday() == time.Monday
		if (again || s.DueBy(until)) && slices.ContainsFunc(s.Who, func(x grid.Officer) bool { return x.ID == o.ID }) {
			due = append(due, s)
		}
	}
	for _, s := range d.Rounds.Within(all, o.Areas(now, grid.Chief)) {
		if n := len(s.Missed); s.Missing() && s.Missed[n-1].Until.Equal(today) {
			missed = append(missed, s)
		}
	}
	slices.SortStableFunc(due, func(a, b coverage.Standing) int { return a.Next.Compare(b.Next) })
	return due, missed
}

func (d Deps) roundsMessage(ctx context.Context, to grid.Officer, due, missed []coverage.Standing, now time.Time) (ledger.Message, error) {
	lang, err := d.lang(ctx, to)
	if err != nil {
		return ledger.Message{}, err
	}
	m := ledger.Message{To: to.Person, Kind: "rounds.morning", Priority: ledger.Digest, Once: true, At: now}
	var text strings.Builder
	list := func(key string, some []coverage.Standing, line func(coverage.Standing) string) {
		if len(some) == 0 {
			return
		}
		lines := make([]string, 0, roundLines+1)
		for _, s := range some[:min(roundLines, len(some))] {
			lines = append(lines, line(s))
		}
		if more := len(some) - roundLines; more > 0 {
			lines = append(lines, d.Words.T(lang, "rounds.more", map[string]any{"n": more}))
		}
		if text.Len() > 0 {
			text.WriteString("\n")
		}
		text.WriteString(d.Words.T(lang, key, map[string]any{"n": len(some), "lines": Raw(strings.Join(lines, "\n"))}))
	}
	list("rounds.morning", due, func(s coverage.Standing) string { return d.roundLine(lang, s, now) })
	list("rounds.missed_yesterday", missed, func(s coverage.Standing) string {
		return d.Words.T(lang, "rounds.missed_line", map[string]any{"what": d.roundName(lang, s), "who": names(s.Who)})
	})
	m.Text = text.String()
	if len(due) > 0 {
		m.Rows = append(m.Rows, []ledger.Button{{Text: d.Words.T(lang, "button.patrol", nil), Data: "g:patrol:"}})
	}
	m.Rows = append(m.Rows, []ledger.Button{{Text: d.Words.T(lang, "button.coverage", nil), Data: "g:all:"}})
	return m, nil
}

// roundLine says what is to be visited until when, and when somebody was there last.
func (d Deps) roundLine(lang string, s coverage.Standing, now time.Time) string {
	last := d.Words.T(lang, "rounds.never", nil)
	if n := s.Days(now); n >= 0 {
		last = d.Words.T(lang, "rounds.days_ago", map[string]any{"n": n})
	}
	key := "rounds.line"
	if s.Missing() {
		key = "rounds.line_missed"
	}
	return d.Words.T(lang, key, map[string]any{
		"what": d.roundName(lang, s), "until": s.Next.Add(-time.Second).In(d.Location).Format("01-02"), "last": Raw(last),
	})
}

// roundName is what is to be visited.
func (d Deps) roundName(lang string, s coverage.Standing) Raw {
	return Raw(d.Words.T(lang, "rounds.of."+string(s.Kind), map[string]any{"cell": d.Work.Tree.PathName(s.Cell), "name": s.Name}))
}

func names(officers []grid.Officer) string {
	out := make([]string, len(officers))
	for i, o := range officers {
		out[i] = o.Name
	}
	return strings.Join(out, " ")
}

// roundsText is the digest's line on patrols: how many there were, and what nobody went to. Empty when there is nothing to tell.
func (d Deps) roundsText(lang string, counts map[string]int64) string {
	valid, short, missed := total(counts, "patrols_valid/"), total(counts, "patrols_short/"), total(counts, missedFigure)
	if valid+short+missed == 0 {
		return ""
	}
	var towns []string
	for _, c := range d.Work.Tree.Level(2) {
		if n := counts[missedFigure+string(c.Code)]; n > 0 && len(towns) < blindTowns {
			towns = append(towns, d.Words.T(lang, "job.blind_town", map[string]any{"cell": c.Name, "n": n}))
		}
	}
	where := Raw("")
	if len(towns) > 0 {
		where = Raw(d.Words.T(lang, "rounds.where", map[string]any{"towns": Raw(strings.Join(towns, d.Words.T(lang, "list.separator", nil)))}))
	}
	return d.Words.T(lang, "rounds.digest", map[string]any{"valid": valid, "short": short, "missed": missed, "where": where})
}
