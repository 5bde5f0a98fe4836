package texts

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
)

func TestEveryNameOfTheDomainIsThere(t *testing.T) {
	c := load(t)
	keys := make([]string, 0, 100)
	for _, r := range grid.Roles() {
		keys = append(keys, "role."+string(r))
	}
	for _, s := range casework.States() {
		keys = append(keys, "state."+string(s))
	}
	for _, r := range casework.Table() {
		keys = append(keys, "action."+string(r.Action))
	}
	for _, n := range casework.ClockNames() {
		keys = append(keys, "clock."+string(n))
	}
	for _, d := range append(casework.Refusals(), casework.AcceptIt) {
		keys = append(keys, "disposition."+string(d))
	}
	for _, d := range casework.Refusals() {
		keys = append(keys, "notice."+string(d))
	}
	for _, s := range []casework.Stage{casework.AsReported, casework.Before, casework.After} {
		keys = append(keys, "stage."+string(s))
	}
	for _, source := range []casework.Source{casework.FromCitizen, casework.FromInspector, casework.FromSite, casework.FromOpen311} {
		keys = append(keys, "source."+string(source))
	}
	for _, z := range site.Zones() {
		keys = append(keys, "zone."+string(z))
	}
	for _, v := range site.Verdicts() {
		keys = append(keys, "inspection.verdict."+string(v))
	}
	for _, s := range []site.State{site.Active, site.Suspended, site.Closed} {
		keys = append(keys, "site.state."+string(s))
	}
	for _, d := range []site.Deed{
		site.Added, site.Changed, site.Suspend, site.Resume, site.Close, site.Reopen, site.Visited, site.Inspected, site.Drawn, site.Linked, site.Unlinked,
	} {
		keys = append(keys, "site.did."+string(d))
	}
	for d := geo.North; d <= geo.NorthWest; d++ {
		keys = append(keys, "compass."+d.String())
	}
	for _, l := range Langs() {
		keys = append(keys, l.Own())
	}
	for _, key := range keys {
		if !c.Has(key) {
			t.Errorf("there is no text %q", key)
		}
	}
}
