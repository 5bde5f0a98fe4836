package jobs

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// dailyDigest tells every supervisor, once a day, what came in, what is due today, what is late by township, and what
// was closed yesterday: a worklist with buttons, not a wall of text. All messages of a day are one change under one
// mark, so that they go out once however often the job runs.
func (d Deps) dailyDigest(ctx context.Context, now time.Time) (Result, error) {
	figures, err := d.figures(ctx, now)
	if err != nil {
		return nil, err
	}
	day := now.In(d.Location).Format(time.DateOnly)
	return d.sendDigest(ctx, now, "daily_digest/"+day, func(lang string) (ledger.Message, error) {
		anchor, err := d.anchorLine(ctx, lang)
		return ledger.Message{
			Kind: "job.daily", Text: d.Words.T(lang, "job.daily", d.dailyArgs(lang, day, figures)) + d.unread(lang, figures) + d.roundsText(lang, figures.yesterday) + anchor,
			Rows: d.digestButtons(lang, figures),
		}, err
	})
}

// figures are what a digest tells, at one moment.
type figures struct {
	yesterday  map[string]int64
	decide     int
	review     int
	today      []casework.Case
	late       []casework.Case
	byTownship []township
	blind      blindSpots
	unread     int // cases of which somebody pressed has not said "received"
}

// township is what is open and late in one of them.
type township struct {
	name       string
	code       grid.CellCode
	open, late int
}

func (d Deps) figures(ctx context.Context, now time.Time) (figures, error) {
	var f figures
	var err error
	local := now.In(d.Location)
	if f.yesterday, err = d.Store.Counts(ctx, local.AddDate(0, 0, -1).Format(time.DateOnly)); err != nil {
		return f, err
	}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return f, err
	}
	f.blind = d.blind(roster, now)
	cases, err := d.open(ctx)
	if err != nil {
		return f, err
	}
	midnight := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, d.Location)
	sums := make(map[grid.CellCode]*township)
	for _, c := range cases {
		f.sort(c, now, midnight)
		code := d.Work.Tree.Township(c.Cell)
		if sums[code] == nil {
			sums[code] = &township{name: d.Work.Tree.Name(code), code: code}
		}
		sums[code].open++
		if c.Late(now) {
			sums[code].late++
		}
	}
	for _, t := range sums {
		f.byTownship = append(f.byTownship, *t)
	}
	slices.SortFunc(f.byTownship, func(a, b township) int {
		if a.late != b.late {
			return b.late - a.late
		}
		return strings.Compare(string(a.code), string(b.code))
	})
	return f, nil
}

// sort puts a case where the digest tells of it.
func (f *figures) sort(c casework.Case, now, midnight time.Time) {
	if slices.ContainsFunc(c.Ladder, func(s casework.Step) bool { return len(s.Unacknowledged()) > 0 }) {
		f.unread++
	}
	switch c.State {
	case casework.Registered, casework.OutOfArea:
		f.decide++
	case casework.HandedIn:
		f.review++
	default:
	}
	due, ok := c.Due()
	switch {
	case !ok:
	case c.Late(now):
		f.late = append(f.late, c)
	case !due.After(midnight):
		f.today = append(f.today, c)
	}
}

// open reads every open case, the most pressing first.
func (d Deps) open(ctx context.Context) ([]casework.Case, error) {
	queues := []casework.Queue{casework.DecideQueue}
	for _, c := range d.Work.Tree.Cells() {
		queues = append(queues, casework.CellQueue(c.Code))
	}
	var ids []casework.CaseID
	for _, q := range queues {
		page, err := d.Store.Queue(ctx, q, 0, 1<<20)
		if err != nil {
			return nil, err
		}
		ids = append(ids, page...)
	}
	slices.Sort(ids) // a case that was moved while the queues were read stands in two of them
	ids = slices.Compact(ids)
	cases, err := d.Store.Cases(ctx, ids)
	slices.SortStableFunc(cases, func(a, b casework.Case) int {
		x, _ := a.Due()
		y, _ := b.Due()
		return x.Compare(y)
	})
	return cases, err
}

// supervisors are those who get the digests.
func (d Deps) supervisors(roster *grid.Roster, now time.Time) []grid.Officer {
	officers, _ := roster.Responsible(d.Work.Tree, d.Work.Tree.Root().Code, now, grid.Supervisor)
	return officers
}

func (d Deps) lang(ctx context.Context, o grid.Officer) (string, error) {
	p, err := d.Store.Person(ctx, o.Person)
	if err != nil && grid.CodeOf(err) != grid.NotFound {
		return "", err
	}
	return p.Lang, nil
}

const digestLines = 12 // townships and cases named in a digest; the rest is a button away

func (d Deps) dailyArgs(lang, day string, f figures) map[string]any {
	lines := make([]string, 0, digestLines)
	for _, t := range f.byTownship {
		if t.late > 0 && len(lines) < digestLines {
			lines = append(lines, d.Words.T(lang, "job.township", map[string]any{"cell": t.name, "open": t.open, "late": t.late}))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, d.Words.T(lang, "job.none_late", nil))
	}
	if n := total(f.yesterday, "throttled/"); n > 0 {
		lines = append(lines, d.Words.T(lang, "job.throttled", map[string]any{"n": n}))
	}
	return with(d.countArgs(lang, f.yesterday), map[string]any{
		"day":    day,
		"decide": f.decide, "review": f.review, "today": len(f.today), "late": len(f.late), "lines": Raw(strings.Join(lines, "\n")),
		"blind": d.blindText(lang, f.blind),
	})
}

// Raw is text that is Telegram HTML already. The wiring in bot/ hands it to the catalogue as such.
type Raw string

// unread tells how many cases wait for somebody's "received"; nothing when none does.
func (d Deps) unread(lang string, f figures) string {
	if f.unread == 0 {
		return ""
	}
	return d.Words.T(lang, "job.unread", map[string]any{"n": f.unread})
}

// digestButtons open what is most pressing: the queues, then the worst cases.
func (d Deps) digestButtons(lang string, f figures) [][]ledger.Button {
	button := func(key, data string) ledger.Button {
		return ledger.Button{Text: d.Words.T(lang, key, nil), Data: data}
	}
	rows := [][]ledger.Button{{
		button("button.decide_queue", "w:decide:0"), button("button.review_queue", "w:review:0"), button("button.overview", "o:"),
	}}
	if f.unread > 0 {
		rows = append(rows, []ledger.Button{button("button.pressed", "l:list:0")})
	}
	if total(f.yesterday, missedFigure) > 0 {
		rows = append(rows, []ledger.Button{button("button.coverage", "g:all:")})
	}
	if f.blind.tell && len(f.blind.cells) > 0 {
		rows = append(rows, []ledger.Button{button("button.blind", "b:0:")})
	}
	worst := append(slices.Clone(f.late), f.today...)
	// Many read this: what some of them may be kept from is found in their worklists.
	worst = slices.DeleteFunc(worst, func(c casework.Case) bool { return len(c.Barred) > 0 })
	for _, c := range worst[:min(3, len(worst))] {
		rows = append(rows, []ledger.Button{{Text: c.Shown() + " " + d.Work.Tree.Name(c.Cell), Data: "c:open:" + string(c.ID)}})
	}
	return rows
}

// total adds up a figure over all townships.
func total(counts map[string]int64, prefix string) int64 {
	var n int64
	for field, v := range counts {
		if strings.HasPrefix(field, prefix) {
			n += v
		}
	}
	return n
}
