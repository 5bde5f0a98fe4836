package plan_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
)

const (
	root    = grid.CellCode("630202")
	bureau  = grid.Department("bureau")
	water   = grid.Department("water")
	housing = grid.Department("housing")
)

var ledu = time.FixedZone("CST", 8*3600)

// day reads a date of a test.
func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// morning is 08:40 of a day.
func morning(s string) time.Time { return day(s).In(ledu).Add(8*time.Hour + 40*time.Minute) }

// small is a plan with one milestone of each sort.
func small() plan.Plan {
	return plan.Plan{Issued: day("2017-07-25"), Measures: []plan.Measure{
		{Item: 22, Chapter: "water bodies", Lead: housing, Supports: []grid.Department{water, bureau}, Covers: []string{"black_water"}, Milestones: []plan.Milestone{
			{ID: "22-1", By: day("2017-12-31")},
			{ID: "22-2", By: day("2020-12-31")},
			{ID: "22-3", Every: plan.HalfYear},
		}},
		{Item: 23, Chapter: "water bodies", Lead: bureau, Supports: []grid.Department{water}, Covers: []string{"outfall"}, Milestones: []plan.Milestone{
			{ID: "23-1", By: day("2017-12-31")},
		}},
		{Item: 12, Chapter: "drinking water", Lead: bureau, Covers: []string{"drinking_water"}, Milestones: []plan.Milestone{
			{ID: "12-1", From: day("2018-01-01"), Every: plan.Regularly},
			{ID: "12-2"},
		}},
	}}
}

func work(t *testing.T) plan.Work {
	t.Helper()
	tree, err := grid.NewTree([]string{"district", "township"}, []grid.Cell{
		{Code: root, Level: 1, Name: "Ledu"},
		{Code: "630202102", Level: 2, Parent: root, Name: "Shoule"},
		{Code: "630202000", Level: 2, Parent: root, Name: "none", Kind: grid.UnassignedKind},
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan.Work{Plan: small(), Tree: tree, Location: ledu, Rules: plan.Rules{
		Regularly: plan.Quarterly, Soon: 30, Before: []int{90, 30, 7, 1}, Urge: 1, Order: 10, Press: 30, CatchUp: 7,
		Receipt: 24 * time.Hour, Own: bureau,
	}}
}

// people: a supervisor, somebody at the desk, and clerks.
func people() *grid.Roster {
	officer := func(id string, role grid.Role, d grid.Department) grid.Officer {
		return grid.Officer{ID: grid.OfficerID(id), Person: grid.PersonID("p-" + id), Appointments: []grid.Appointment{{Role: role, Cell: root, Department: d}}}
	}
	both := officer("both", grid.Supervisor, "")
	both.Appointments = append(both.Appointments, grid.Appointment{Role: grid.Clerk, Cell: root, Department: housing})
	return grid.NewRoster(1, []grid.Officer{
		officer("boss", grid.Supervisor, ""), officer("desk", grid.Desk, ""), officer("clerk-housing", grid.Clerk, housing),
		officer("clerk-water", grid.Clerk, water), officer("chief", grid.Chief, ""), both,
	})
}

// of finds an occurrence of the small plan.
func of(t *testing.T, w plan.Work, id, today string) plan.Occurrence {
	t.Helper()
	l, ok := w.Overview(nil, nil, morning(today)).Line(id)
	if !ok {
		t.Fatalf("no occurrence %s on %s", id, today)
	}
	return l.Occurrence
}
