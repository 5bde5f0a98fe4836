package public_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/public"
)

// A township's chief is public by name; of its inspectors, those of its villages included, only their number; of the rest nothing.
func TestPeopleOf(t *testing.T) {
	const root, town, village = grid.CellCode("630202"), grid.CellCode("630202102"), grid.CellCode("630202102200")
	tree, err := grid.NewTree([]string{"district", "township", "village"}, []grid.Cell{
		{Code: root, Level: 1, Name: "Ledu"},
		{Code: town, Level: 2, Parent: root, Name: "Shoule"},
		{Code: village, Level: 3, Parent: town, Name: "Tuguankou"},
		{Code: "630202000", Level: 2, Parent: root, Name: "none", Kind: grid.UnassignedKind},
	})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	officer := func(name string, sample bool, until time.Time, role grid.Role, cells ...grid.CellCode) grid.Officer {
		o := grid.Officer{ID: grid.OfficerID(name), Name: name, Title: "head of " + name, Sample: sample}
		for _, c := range cells {
			o.Appointments = append(o.Appointments, grid.Appointment{Role: role, Cell: c, Until: until})
		}
		return o
	}
	r := grid.NewRoster(1, []grid.Officer{
		officer("qi", false, time.Time{}, grid.Chief, town), officer("former", false, now, grid.Chief, town), officer("above", false, time.Time{}, grid.Chief, root),
		officer("bai", true, time.Time{}, grid.Inspector, village, town), officer("han", false, time.Time{}, grid.Inspector, village),
		officer("wide", false, time.Time{}, grid.Inspector, root), officer("desk", false, time.Time{}, grid.Desk, town),
	})
	got := public.PeopleOf(r, tree, town, now)
	if len(got.Chiefs) != 1 || got.Chiefs[0] != (public.Chief{Name: "qi", Title: "head of qi"}) || got.Inspectors != 2 || !got.Sample {
		t.Errorf("told as %+v", got)
	}
}
