package seeds_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/seeds"
)

// What the law and the plan give a period for has that period.
func TestLedu_OwesWhatThePlanPromises(t *testing.T) {
	book := mustLedu(t).Duties()
	for id, every := range map[string]string{
		"drinking": "quarter", "black_odorous": "half", "assessment": "year", "hotline": "year", "cards": "quarter", "sections": "quarter",
		"contaminated": "year", "water_users": "year", "inspections": "quarter", "measures": "quarter",
	} {
		d, ok := book.Duty(id)
		if !ok || string(d.Every) != every || len(d.Items) == 0 || d.Names.In("en") == d.Names.In("zh-CN") {
			t.Errorf("%s: %+v", id, d)
		}
	}
	if !slices.Contains(mustLedu(t).Unverified, "publications.yaml hotline due") {
		t.Error("nobody is told to look up when the hotline's report is due")
	}
}

// A district may owe nothing.
func TestTiny_OwesNothing(t *testing.T) {
	d, err := seeds.Load(tiny(t))
	if err != nil || len(d.Duties().Duties) != 0 {
		t.Errorf("%+v, %v", d.Duties().Duties, err)
	}
}

func TestFaults_OfPublicationsNameTheirLine(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"id: drinking", "id: sections", "sections"},
		{"id: drinking", "id: Drinking.Water", "small letters"},
		{"every: half", "every: fortnight", "month, quarter, half or year"},
		{"due: 90d", "due: 90h", "days or working days"},
		{"due: 90d", "due: soon", "limit"},
		{"department: 区水务局", "department: 区水利部", "does not exist"},
		{"drafts: {role: publisher}", "drafts: {role: chief}", "publisher, supervisor, or clerk"},
		{"approves: {role: supervisor}", "approves: {role: publisher}", "supervisor, or clerk"},
		{"due_status: unverified", "due_status: maybe", `status "maybe"`},
	} {
		f := copyOf(t, seeds.Ledu)
		replace(t, f, "publications.yaml", c.before, c.after)
		_, err := seeds.Load(f)
		found := faultsOf(t, err)
		if !slices.ContainsFunc(found, func(x *seeds.Fault) bool {
			return x.File == "publications.yaml" && x.Line > 0 && strings.Contains(x.Error(), c.want)
		}) {
			t.Errorf("%s: found %v, want %s", c.after, err, c.want)
		}
	}
}
