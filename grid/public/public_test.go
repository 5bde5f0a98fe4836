package public_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/public"
)

var monday = time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)

func view(tb testing.TB) public.View {
	tb.Helper()
	tree, err := grid.NewTree([]string{"district", "township", "village"}, []grid.Cell{
		{Code: "630202", Level: 1, Name: "Ledu", Kind: "district"},
		{Code: "630202000", Parent: "630202", Level: 2, Name: "queue", Kind: grid.UnassignedKind},
		{Code: "630202102", Parent: "630202", Level: 2, Name: "Shoule", Kind: "town"},
		{Code: "630202102200", Parent: "630202102", Level: 3, Name: "Tuguankou", Kind: "village"},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return public.View{Tree: tree, Round: 500}
}

// secret is a case in which every text that is not for the public is recognisable.
func secret() casework.Case {
	return casework.Case{
		ID: "secretid", Number: "2026-00001", CaseNo: "A2026-00001", Code: "SECRETCODE", State: casework.Handling, Source: casework.FromCitizen,
		Reporter: "secret-reporter", Categories: []string{"water"}, Text: "secret words", Place: "secret place", Cell: "630202102200",
		Point: &geo.Point{Lon: 102.404_123, Lat: 36.538_456}, Handler: "secret-officer", Finding: "secret finding", Reply: "secret reply",
		Notice: &casework.Notice{Text: "secret draft", By: "secret-officer"}, CreatedAt: monday,
	}
}

// TestOf_TellsNoSecret: of everything that a case holds, only what is approved for the public, and no place smaller than a
// township or exacter than the square.
func TestOf_TellsNoSecret(t *testing.T) {
	c, ok := view(t).Of(secret())
	if !ok {
		t.Fatal("not public")
	}
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.ToLower(string(raw)); strings.Contains(text, "secret") || strings.Contains(text, "630202102200") || strings.Contains(text, "102.404123") {
		t.Errorf("the public reads %s", raw)
	}
	approved := secret()
	approved.Notice.Approved = "other"
	if c, _ := view(t).Of(approved); c.Notice != "secret draft" {
		t.Errorf("an approved notice is public, got %q", c.Notice)
	}
}

func TestOf_WhatNobodySubmittedIsNotThere(t *testing.T) {
	for name, spoil := range map[string]func(*casework.Case){
		"alarm":       func(c *casework.Case) { c.State = casework.Alarm },
		"false alarm": func(c *casework.Case) { c.State = casework.FalseAlarm },
		"no number":   func(c *casework.Case) { c.Number = "" },
		"abuse":       func(c *casework.Case) { c.Abuse = &casework.Abuse{Reason: "spam"} },
	} {
		c := secret()
		spoil(&c)
		if _, ok := view(t).Of(c); ok {
			t.Errorf("%s is public", name)
		}
	}
}

// TestOf_KnowsEveryState: a state that is added later has to be thought about here.
func TestOf_KnowsEveryState(t *testing.T) {
	for _, s := range casework.States() {
		c := secret()
		c.State = s
		got, ok := view(t).Of(c)
		if hidden := s == casework.Alarm || s == casework.FalseAlarm; ok == hidden {
			t.Errorf("state %s: public %v", s, ok)
		}
		if ok && got.Stage.Open() != (s.Underway()) {
			t.Errorf("state %s is told as %s", s, got.Stage)
		}
	}
}

// TestPlacesAreCoarse: a told place is never farther than the square's half diagonal, and all places of a square are told alike.
func TestPlacesAreCoarse(t *testing.T) {
	v := view(t)
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lon: rapid.Float64Range(102, 103).Draw(t, "lon"), Lat: rapid.Float64Range(36, 37).Draw(t, "lat")}
		c := secret()
		c.Point = &p
		told, _ := v.Of(c)
		if d := geo.Distance(p, *told.Point); d > v.Round*0.72 {
			t.Fatalf("%v is told as %v, %.0f m away", p, *told.Point, d)
		}
		again := c
		again.Point = told.Point
		if twice, _ := v.Of(again); *twice.Point != *told.Point {
			t.Fatalf("%v moves to %v when told again", *told.Point, *twice.Point)
		}
	})
}

// TestOf_OnlyPromisesCount: the limits that the public is told are those that the office owes it, not those that it gives the
// reporter or itself.
func TestOf_OnlyPromisesCount(t *testing.T) {
	at := func(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }
	for name, c := range map[string]struct {
		clock casework.Clock
		due   time.Time
		late  bool
	}{
		"to decide, running":           {casework.Clock{Name: casework.DecideClock, Due: at(5)}, at(5), false},
		"to decide, kept":              {casework.Clock{Name: casework.DecideClock, Due: at(5), Stopped: at(4)}, time.Time{}, false},
		"to decide, at the last":       {casework.Clock{Name: casework.DecideClock, Due: at(5), Stopped: at(5)}, time.Time{}, true},
		"to finish, extended":          {casework.Clock{Name: casework.FinishClock, Due: at(5), Stopped: at(6), Replaced: true}, time.Time{}, false},
		"the reporter's own":           {casework.Clock{Name: casework.AnswerClock, Due: at(5)}, time.Time{}, false},
		"the house's own, missed":      {casework.Clock{Name: casework.TaskClock, Due: at(5), Stopped: at(9)}, time.Time{}, false},
		"held while merged, then late": {casework.Clock{Name: casework.FinishClock, Due: at(5), Stopped: at(9), Held: true}, time.Time{}, false},
	} {
		x := secret()
		x.Clocks = []casework.Clock{c.clock}
		if got, _ := view(t).Of(x); !got.Due.Equal(c.due) || got.Late != c.late {
			t.Errorf("%s: due %v, late %v", name, got.Due, got.Late)
		}
	}
}

// TestOf_WhatTheReporterDidIsToldByTheDay: when they withdrew, agreed or objected leads to who held the phone at that second.
func TestOf_WhatTheReporterDidIsToldByTheDay(t *testing.T) {
	second := monday.Add(5*time.Hour + 3*time.Minute + 27*time.Second)
	answered := monday.Add(2 * time.Hour)
	for name, spoil := range map[string]func(*casework.Case){
		"withdrew": func(c *casework.Case) { c.State, c.ClosedAt = casework.Withdrawn, second },
		"agreed": func(c *casework.Case) {
			c.State, c.ClosedAt = casework.Closed, answered
			c.Clocks = []casework.Clock{{Name: casework.ConfirmClock, Started: answered, Stopped: second}}
		},
		"objected": func(c *casework.Case) {
			c.State, c.Reopened = casework.Handling, 1
			c.Clocks = []casework.Clock{{Name: casework.FinishClock, Started: second, Due: second.Add(time.Hour)}}
		},
		"asked for review": func(c *casework.Case) {
			c.State, c.ClosedAt = casework.Reviewing, answered
			c.Clocks = []casework.Clock{{Name: casework.ReviewClock, Started: second}}
		},
	} {
		c := secret()
		spoil(&c)
		if got, _ := view(t).Of(c); got.Updated.Equal(second) || got.Closed.Equal(second) {
			t.Errorf("%s: updated %v, closed %v", name, got.Updated, got.Closed)
		}
	}
}

func TestSteps_TellNothingOfTheHouse(t *testing.T) {
	at := func(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }
	got := view(t).Steps([]casework.Event{
		{Action: casework.Submit, Arrived: at(0)},
		{Action: casework.Remind, Arrived: at(1)},
		{Action: casework.Accept, Arrived: at(2)},
		{Action: casework.Bar, Arrived: at(3)},
		{Action: casework.AskReporter, Arrived: at(4), Note: map[string]string{"words": "secret"}},
		{Action: casework.Reassign, Arrived: at(5), Note: map[string]string{"cell": "630202102200", "from": "630202102"}},
		{Action: casework.Take, Arrived: at(6)},
		{Action: casework.Close, Arrived: at(7)},
		{Action: casework.GiveName, Arrived: at(8)},
	})
	whats := make([]public.What, 0, len(got))
	for _, s := range got {
		whats = append(whats, s.What)
	}
	want := []public.What{public.WasReceived, public.WasAccepted, public.WasBegun, public.WasAnswered}
	if !slices.Equal(whats, want) {
		t.Errorf("told %v, want %v", whats, want)
	}
}

// TestIndex_IsWhatAListWouldBe: any sequence of puts and removals leaves what a plain map and a scan would say.
func TestIndex_IsWhatAListWouldBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, plain := public.NewIndex(), map[string]public.Case{}
		for range rapid.IntRange(0, 60).Draw(t, "n") {
			n := rapid.IntRange(1, 20).Draw(t, "case")
			report := "2026-" + strconv.Itoa(n)
			if rapid.IntRange(0, 4).Draw(t, "what") == 0 {
				x.Remove(report)
				delete(plain, report)
				continue
			}
			c := public.Case{
				Report: report, Number: rapid.SampledFrom([]string{report, "A" + report}).Draw(t, "number"), Opened: monday.Add(time.Duration(n%5) * time.Hour),
				Stage: rapid.SampledFrom(public.Stages()).Draw(t, "stage"), Township: rapid.SampledFrom([]grid.CellCode{"a", "b"}).Draw(t, "where"),
				Told: monday.AddDate(0, 0, rapid.IntRange(0, 9).Draw(t, "told")),
			}
			c.Updated = c.Opened.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "updated")) * time.Hour)
			x.Put(c)
			plain[report] = c
		}
		open := true
		q := public.Query{Township: "a", Open: &open, From: monday.Add(time.Hour), To: monday.Add(3 * time.Hour)}
		want := 0
		for _, c := range plain {
			if c.Township == "a" && c.Stage.Open() && !c.Opened.Before(q.From) && c.Opened.Before(q.To) {
				want++
			}
			if got, ok := x.Find(c.Number); !ok || got.Report != c.Report {
				t.Fatalf("%s is not found by %s", c.Report, c.Number)
			}
		}
		page, total := x.Select(q)
		if total != want || len(page) != want || !slices.IsSortedFunc(page, func(a, b public.Case) int { return b.Opened.Compare(a.Opened) }) {
			t.Fatalf("got %d in all and %v, want %d, the newest first", total, page, want)
		}
		q.Changed = true
		byChange := func(a, b public.Case) int { return b.Changed().Compare(a.Changed()) }
		if page, total = x.Select(q); total != want || len(page) != want || !slices.IsSortedFunc(page, byChange) {
			t.Fatalf("by change: got %d in all and %v, want %d", total, page, want)
		}
		if s := x.Summary("", time.Time{}, time.Time{}, monday); s.Received != len(plain) || s.Open+s.Done != len(plain) {
			t.Fatalf("%+v of %d", s, len(plain))
		}
		q.Skip, q.N = 1, 1
		if page, total = x.Select(q); total != want || len(page) != min(1, max(0, want-1)) {
			t.Fatalf("the second page holds %d of %d", len(page), total)
		}
	})
}

// TestSelect_ByChangeTellsNoHour: reports to which nothing happened yet stand in the order of their numbers below what the office did on
// their day, so that their place tells nothing of when they came.
func TestSelect_ByChangeTellsNoHour(t *testing.T) {
	x, v := public.NewIndex(), view(t)
	put := func(number string, opened time.Time, answered time.Duration) {
		c := secret()
		c.Number, c.CreatedAt, c.Told, c.Clocks, c.State = number, opened, opened, nil, casework.Registered
		if answered > 0 {
			c.State, c.ClosedAt, c.Told = casework.Closed, monday.Add(answered), monday.Add(answered)
		}
		shown, _ := v.Of(c)
		x.Put(shown)
	}
	put("1", monday.AddDate(0, -1, 0), 3*time.Hour)
	put("2", monday.AddDate(0, -1, 0), 0)
	put("3", monday.Add(2*time.Hour), 0)
	put("4", monday.Add(4*time.Hour), 0)
	page, _ := x.Select(public.Query{Changed: true})
	got := make([]string, 0, len(page))
	for _, c := range page {
		got = append(got, c.Report)
	}
	if want := []string{"1", "4", "3", "2"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestSelect_FirstAreEnough: whoever wants the newest few gets the same ones, and the others are not gone through.
func TestSelect_FirstAreEnough(t *testing.T) {
	x := public.NewIndex()
	for i := range 50 {
		x.Put(public.Case{Report: strconv.Itoa(i), Number: "A" + strconv.Itoa(i), Opened: monday.Add(time.Duration(i) * time.Minute)})
	}
	seen := 0
	q := public.Query{N: 3, Where: func(*public.Case) bool { seen++; return true }}
	all, total := x.Select(q)
	if total != 50 || seen != 50 {
		t.Fatalf("%d of %d, %d looked at", len(all), total, seen)
	}
	q.First, seen = true, 0
	if few, _ := x.Select(q); !slices.EqualFunc(few, all, func(a, b public.Case) bool { return a.Equal(b) }) || seen != 3 {
		t.Errorf("%v instead of %v, %d looked at", few, all, seen)
	}
}

// TestSummary_FollowsWhatChanges: counts that were asked for before cases came, went and became late are those of an index that is made anew.
func TestSummary_FollowsWhatChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, plain := public.NewIndex(), map[string]public.Case{}
		from, to := monday.Add(time.Hour), monday.Add(4*time.Hour)
		now := monday
		for range rapid.IntRange(0, 40).Draw(t, "n") {
			n := rapid.IntRange(1, 12).Draw(t, "case")
			report := strconv.Itoa(n)
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				x.Remove(report)
				delete(plain, report)
			case 1:
				now = now.Add(time.Duration(rapid.IntRange(1, 120).Draw(t, "minutes")) * time.Minute)
				x.Summary("a", from, to, now)
			default:
				c := public.Case{
					Report: report, Number: "A" + report, Opened: monday.Add(time.Duration(rapid.IntRange(0, 5).Draw(t, "hour")) * time.Hour),
					Stage: rapid.SampledFrom(public.Stages()).Draw(t, "stage"), Township: rapid.SampledFrom([]grid.CellCode{"a", "b"}).Draw(t, "where"),
					Categories: []string{rapid.SampledFrom([]string{"air", "water"}).Draw(t, "kind")}, Late: rapid.Bool().Draw(t, "late"),
					Due: monday.Add(time.Duration(rapid.IntRange(0, 10).Draw(t, "due")) * time.Hour),
				}
				x.Put(c)
				plain[report] = c
			}
		}
		anew := public.NewIndex()
		for _, c := range plain {
			anew.Put(c)
		}
		for _, town := range []grid.CellCode{"", "a", "b", "c"} {
			if got, want := x.Summary(town, from, to, now), anew.Summary(town, from, to, now); got != want {
				t.Fatalf("township %q: %+v, made anew %+v", town, got, want)
			}
		}
		if got, want := x.Categories(from, to, now), anew.Categories(from, to, now); !maps.Equal(got, want) {
			t.Fatalf("%v, made anew %v", got, want)
		}
		late := 0
		for _, c := range plain {
			if c.Stage.Open() && c.LateAt(now) && !c.Opened.Before(from) && c.Opened.Before(to) {
				late++
			}
		}
		if got := anew.Summary("", from, to, now).Late; got != late {
			t.Fatalf("%d are late, counted %d", late, got)
		}
	})
}

// BenchmarkSummary is what the front page counts of a hundred thousand cases when something has changed.
func BenchmarkSummary(b *testing.B) {
	x := public.NewIndex()
	for i := range 100_000 {
		x.Put(public.Case{Report: strconv.Itoa(i), Number: "A" + strconv.Itoa(i), Opened: monday.Add(time.Duration(i) * time.Minute), Township: grid.CellCode(strconv.Itoa(i % 20)), Stage: public.Closed})
	}
	for i := 0; b.Loop(); i++ {
		now := monday.Add(time.Duration(i) * time.Minute)
		for n := range 20 {
			if x.Summary(grid.CellCode(strconv.Itoa(n)), time.Time{}, time.Time{}, now).Received != 5000 {
				b.Fatal(n)
			}
		}
	}
}

// BenchmarkSelect is a page of a hundred thousand cases, filtered.
func BenchmarkSelect(b *testing.B) {
	x := public.NewIndex()
	for i := range 100_000 {
		x.Put(public.Case{Report: strconv.Itoa(i), Number: "A" + strconv.Itoa(i), Opened: monday.Add(time.Duration(i) * time.Minute), Township: grid.CellCode(strconv.Itoa(i % 20)), Stage: public.Closed})
	}
	for b.Loop() {
		if page, total := x.Select(public.Query{Township: "7", N: 20}); len(page) != 20 || total != 5000 {
			b.Fatal(len(page), total)
		}
	}
}

// BenchmarkPut fills an index of a hundred thousand cases that come in no order, as the store gives them.
func BenchmarkPut(b *testing.B) {
	for b.Loop() {
		x := public.NewIndex()
		for i := range 100_000 {
			n := i * 7919 % 100_000
			at := monday.Add(time.Duration(n) * time.Minute)
			x.Put(public.Case{Report: strconv.Itoa(n), Number: "A" + strconv.Itoa(n), Opened: at, Updated: at.AddDate(0, 0, n*31%90), Stage: public.Closed})
		}
	}
}

// TestSteps_AreTold: a step of the timeline moves the day by which whoever asks for what is new finds the case.
func TestSteps_AreTold(t *testing.T) {
	for _, r := range casework.Table() {
		steps := view(t).Steps([]casework.Event{{Action: r.Action, Note: map[string]string{"cell": "630202102", "from": "630202"}}})
		if len(steps) > 0 && !r.Action.Told() {
			t.Errorf("%s is a step and not told", r.Action)
		}
	}
}
