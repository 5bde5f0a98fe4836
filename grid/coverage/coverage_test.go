package coverage_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
)

var ledu = time.FixedZone("CST", 8*60*60)

// on is an hour of 2026.
func on(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, ledu)
}

func book(t interface{ Fatal(...any) }) coverage.Book {
	tree, err := grid.NewTree([]string{"一级网格", "二级网格", "三级网格"}, []grid.Cell{
		{Code: "63", Level: 1, Name: "区"},
		{Code: "6301", Parent: "63", Level: 2, Name: "寿乐镇"},
		{Code: "630101", Parent: "6301", Level: 3, Name: "土官口村"},
		{Code: "6302", Parent: "63", Level: 2, Name: "高庙镇"},
		{Code: "6399", Parent: "63", Level: 2, Name: "待定", Kind: grid.UnassignedKind},
	})
	if err != nil {
		t.Fatal(err)
	}
	winter := site.Season{From: site.Day{Month: time.November, Day: 16}, Until: site.Day{Month: time.March, Day: 15}}
	return coverage.Book{
		Tree: tree, Location: ledu,
		Rhythms: []coverage.Rhythm{
			{Of: coverage.Cell, Warm: []int{90, 15, 2}, Complained: []int{7, 3, 2}},
			{Of: coverage.River, Warm: []int{90, 30, 7}, Cold: []int{90, 0, 0}, Season: site.Season{From: site.Day{Month: 1, Day: 1}, Until: site.Day{Month: 2, Day: 28}}},
		},
		Reaches: []coverage.Reach{{River: "湟水", Cell: "6301", Line: geo.Line{{Lon: 102, Lat: 36}}}, {River: "湟水", Cell: "6302"}},
		Sites: site.Rules{
			Kinds: []site.Kind{{Code: "outfall", Prefix: "PW", Warm: []int{30, 15, 7}}}, Complained: 3, Cold: winter, Location: ledu,
		},
	}
}

func roster() *grid.Roster {
	officer := func(id grid.OfficerID, role grid.Role, cell grid.CellCode) grid.Officer {
		return grid.Officer{ID: id, Name: string(id), Appointments: []grid.Appointment{{Role: role, Cell: cell}}}
	}
	return grid.NewRoster(1, []grid.Officer{officer("li", grid.Inspector, "6301"), officer("chief", grid.Chief, "6301"), officer("boss", grid.Supervisor, "63")})
}

// duty finds one by its object.
func duty(t *testing.T, all []coverage.Duty, object string) coverage.Duty {
	t.Helper()
	i := slices.IndexFunc(all, func(d coverage.Duty) bool { return d.Object == object })
	if i < 0 {
		t.Fatalf("no duty %s in %+v", object, all)
	}
	return all[i]
}

func nobody(time.Time) []grid.OfficerID { return nil }

// Only cells that somebody has are duties; sites are always. A complaint brings the day nearer, but never into the past.
func TestDuties(t *testing.T) {
	b := book(t)
	outfall := site.Site{Number: "PW0001", Kind: "outfall", Name: "土官口排口", Cell: "630101", State: site.Active, Added: on(6, 1, 9)}
	closed := site.Site{Number: "PW0002", Kind: "outfall", Cell: "630101", State: site.Closed}
	g := coverage.Ground{At: on(6, 10, 9), Roster: roster(), Sites: []site.Site{outfall, closed}}
	all := b.Duties(g)
	if len(all) != 3 {
		t.Fatalf("%+v", all)
	}
	cell, river, spot := duty(t, all, "cell/6301"), duty(t, all, "river/湟水/6301"), duty(t, all, "site/PW0001")
	for _, x := range []struct {
		what string
		d    coverage.Duty
		from time.Time
		want time.Time
	}{
		{"a township every 15 days", cell, on(6, 1, 9), on(6, 17, 0)},
		{"a river monthly", river, on(6, 1, 9), on(7, 2, 0)},
		{"a river rests in January", river, on(1, 10, 9), on(3, 32, 0)},
		{"an outfall in a village weekly", spot, on(6, 1, 9), on(6, 9, 0)},
	} {
		if got := x.d.Due(x.from); !got.Equal(x.want) {
			t.Errorf("%s: due %v, want %v", x.what, got, x.want)
		}
	}
	g.Open = map[grid.CellCode]time.Time{"6301": on(6, 12, 9)}
	g.Sites[0].Cases = []site.Link{{Case: "c", At: on(6, 7, 10)}}
	all = b.Duties(g)
	if got, want := duty(t, all, "cell/6301").Due(on(6, 1, 9)), on(6, 16, 0); !got.Equal(want) {
		t.Errorf("three days after the complaint: %v, want %v", got, want)
	}
	if got, want := duty(t, all, "site/PW0001").Due(on(6, 5, 9)), on(6, 11, 0); !got.Equal(want) {
		t.Errorf("three days after the case: %v, want %v", got, want)
	}
}

// What was missed stays missed, whoever comes later, and however early they say that they came.
func TestRound_MissedStaysMissed(t *testing.T) {
	b := book(t)
	cell := duty(t, b.Duties(coverage.Ground{At: on(6, 1, 0), Roster: roster()}), "cell/6301")
	who := func(time.Time) []grid.OfficerID { return []grid.OfficerID{"li"} }
	r := coverage.Round{Object: cell.Object}
	if m := r.Close(cell, on(6, 1, 1), who); len(m) != 0 || !r.Began.Equal(on(6, 1, 1)) {
		t.Fatalf("the first night: %+v", r)
	}
	r.Visit(coverage.Visit{At: on(6, 10, 9), By: "li", Patrol: "p1"})
	if m := r.Close(cell, on(6, 17, 1), who); len(m) != 0 {
		t.Errorf("visited, and missed: %+v", m)
	}
	m := r.Close(cell, on(6, 26, 1), who)
	if len(m) != 1 || !m[0].From.Equal(on(6, 10, 9)) || !m[0].Until.Equal(on(6, 26, 0)) || len(m[0].Who) != 1 {
		t.Fatalf("nobody came in 15 days: %+v", m)
	}
	r.Visit(coverage.Visit{At: on(6, 20, 9), Arrived: on(6, 27, 9), By: "li", Patrol: "p2"})
	if r.Misses != 1 || r.Missed[0].Late == nil || !r.Began.Equal(on(6, 26, 0)) {
		t.Errorf("a visit that was told of too late healed it: %+v", r)
	}
	r.Visit(coverage.Visit{At: on(6, 28, 9), By: "li", Patrol: "p3"})
	if r.Misses != 1 || !r.Began.Equal(on(6, 28, 9)) {
		t.Errorf("a later visit: %+v", r)
	}
	if r.Visit(coverage.Visit{At: on(6, 28, 10), By: "li", Patrol: "p3"}) {
		t.Error("one patrol came twice")
	}
}

// However visits and nights follow each other: what was missed is never less than before, a missed period holds no visit that was
// known when it ended, and no time longer than a period goes by without a visit or a miss.
func TestRound_AnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := book(t)
		all := b.Duties(coverage.Ground{At: on(6, 1, 0), Roster: roster()})
		cell := all[slices.IndexFunc(all, func(d coverage.Duty) bool { return d.Object == "cell/6301" })]
		r := coverage.Round{Object: cell.Object}
		now := on(6, 1, 1)
		r.Close(cell, now, nobody)
		covered := r.Began
		for i := range rapid.IntRange(1, 40).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(1, 9*24).Draw(t, "hours")) * time.Hour)
			before := r.Misses
			if rapid.Bool().Draw(t, "visit") {
				ago := time.Duration(rapid.IntRange(0, 30*24).Draw(t, "ago")) * time.Hour
				r.Visit(coverage.Visit{At: now.Add(-ago), Arrived: now, By: "li", Patrol: string(rune('a' + i))})
			}
			known := slices.Clone(r.Visits)
			for _, m := range r.Close(cell, now, nobody) {
				for _, v := range known {
					if v.At.After(m.From) && v.At.Before(m.Until) {
						t.Fatalf("missed %v to %v, though %v was known", m.From, m.Until, v.At)
					}
				}
				if m.Until.Sub(m.From) > 17*24*time.Hour || m.From.Before(covered) {
					t.Fatalf("a period from %v to %v after %v", m.From, m.Until, covered)
				}
				covered = m.Until
			}
			if r.Misses < before {
				t.Fatalf("%d misses became %d", before, r.Misses)
			}
			if due := cell.Due(r.Began); !due.After(now) {
				t.Fatalf("due on %v, and now it is %v", due, now)
			}
		}
	})
}

// The table says what is missing, what is due and where nobody ever was, by township and by person.
func TestStand(t *testing.T) {
	b := book(t)
	spot := site.Site{Number: "PW0001", Kind: "outfall", Cell: "630101", State: site.Active, Added: on(6, 1, 9)}
	g := coverage.Ground{At: on(6, 20, 9), Roster: roster(), Sites: []site.Site{spot}}
	duties := b.Duties(g)
	rounds := make(map[string]coverage.Round)
	for _, d := range duties {
		r := coverage.Round{Object: d.Object}
		r.Close(d, on(6, 1, 1), nobody)
		if d.Kind == coverage.Cell {
			r.Visit(coverage.Visit{At: on(6, 5, 9), By: "li"})
		}
		r.Close(d, on(6, 20, 1), nobody)
		rounds[d.Object] = r
	}
	all := b.Stand(g, duties, rounds)
	towns := b.ByTownship(all, on(6, 22, 0))
	want := coverage.Tally{All: 3, Visited: 1, Missing: 1, Soon: 1, Never: 2}
	if len(towns) != 1 || towns[0].Tally != want || towns[0].Cell != "6301" {
		t.Errorf("%+v, want %+v", towns, want)
	}
	people := coverage.ByOfficer(all, on(6, 22, 0))
	if len(people) != 1 || people[0].Officer.ID != "li" || people[0].Tally != want {
		t.Errorf("%+v", people)
	}
}

// What was missed is taken off the days, once, as far as it lies in the stretch; of what is not known nothing is said.
func TestRound_Covered(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 7, n, 0, 0, 0, 0, time.UTC) }
	miss := func(from, until int) coverage.Miss { return coverage.Miss{From: day(from), Until: day(until)} }
	visit := coverage.Visit{At: day(3), By: "li"}
	for name, tt := range map[string]struct {
		round    coverage.Round
		days, of int
	}{
		"never followed":       {},
		"always visited":       {coverage.Round{Began: day(29), Visits: []coverage.Visit{visit}}, 28, 28},
		"missed in the middle": {coverage.Round{Began: day(20), Visits: []coverage.Visit{visit}, Missed: []coverage.Miss{miss(10, 20)}, Misses: 1}, 18, 28},
		"missed across an end": {coverage.Round{Began: day(35), Visits: []coverage.Visit{visit}, Missed: []coverage.Miss{miss(28, 35)}, Misses: 1}, 25, 28},
		"older ones forgotten": {coverage.Round{Began: day(21), Missed: []coverage.Miss{miss(16, 21)}, Misses: 9}, 10, 15},
		"begun afterwards":     {coverage.Round{Began: day(40)}, 0, 0},
	} {
		if days, of := tt.round.Covered(day(1), day(31)); days != tt.days || of != tt.of {
			t.Errorf("%s: %d of %d days, want %d of %d", name, days, of, tt.days, tt.of)
		}
	}
}
