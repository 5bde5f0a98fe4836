package seeds_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/seeds"
)

// The numbers of the annex of 令第17号: "以上" includes the number, "以下" does not.
func TestLedu_Grades(t *testing.T) {
	criteria := mustLedu(t).Incidents.Criteria
	count := func(m incident.Measure, n int) incident.Facts {
		return incident.Facts{Count: map[incident.Measure]int{m: n}}
	}
	for _, c := range []struct {
		name  string
		facts incident.Facts
		want  incident.Level
	}{
		{"nothing is known", incident.Facts{}, incident.LevelIV},
		{"nobody died", count(incident.Dead, 0), incident.LevelIV},
		{"1 died", count(incident.Dead, 1), incident.LevelIII},
		{"2 died", count(incident.Dead, 2), incident.LevelIII},
		{"3 died", count(incident.Dead, 3), incident.LevelII},
		{"9 died", count(incident.Dead, 9), incident.LevelII},
		{"10 died", count(incident.Dead, 10), incident.LevelI},
		{"9 poisoned", count(incident.Poisoned, 9), incident.LevelIV},
		{"10 poisoned", count(incident.Poisoned, 10), incident.LevelIII},
		{"49 poisoned", count(incident.Poisoned, 49), incident.LevelIII},
		{"50 poisoned", count(incident.Poisoned, 50), incident.LevelII},
		{"99 poisoned", count(incident.Poisoned, 99), incident.LevelII},
		{"100 poisoned", count(incident.Poisoned, 100), incident.LevelI},
		{"4999 moved", count(incident.Moved, 4999), incident.LevelIV},
		{"5000 moved", count(incident.Moved, 5000), incident.LevelIII},
		{"9999 moved", count(incident.Moved, 9999), incident.LevelIII},
		{"10000 moved", count(incident.Moved, 10000), incident.LevelII},
		{"49999 moved", count(incident.Moved, 49999), incident.LevelII},
		{"50000 moved", count(incident.Moved, 50000), incident.LevelI},
		{"4999999 yuan", count(incident.Loss, 4_999_999), incident.LevelIV},
		{"5 million yuan", count(incident.Loss, 5_000_000), incident.LevelIII},
		{"19999999 yuan", count(incident.Loss, 19_999_999), incident.LevelIII},
		{"20 million yuan", count(incident.Loss, 20_000_000), incident.LevelII},
		{"99999999 yuan", count(incident.Loss, 99_999_999), incident.LevelII},
		{"100 million yuan", count(incident.Loss, 100_000_000), incident.LevelI},
		{"a township's intake", incident.Facts{Holds: []string{"intake_3"}}, incident.LevelIII},
		{"the county town's intake", incident.Facts{Holds: []string{"intake_2"}}, incident.LevelII},
		{"a city's intake", incident.Facts{Holds: []string{"intake_1"}}, incident.LevelI},
		{"across the province's border", incident.Facts{Holds: []string{"border_2"}}, incident.LevelII},
		{"across the prefecture's border", incident.Facts{Holds: []string{"border_3"}}, incident.LevelIII},
		{
			"the gravest counts", incident.Facts{
				Count: map[incident.Measure]int{incident.Dead: 1, incident.Poisoned: 50}, Holds: []string{"border_3"},
			}, incident.LevelII,
		},
	} {
		if got := incident.Grade(criteria, c.facts); got.Level != c.want || (c.want != incident.LevelIV) != (len(got.Reasons) > 0) {
			t.Errorf("%s: %s %v, want %s", c.name, got.Level, got.Reasons, c.want)
		}
	}
}

// Levels IV and III go to government and the bureau above; II and I to province and ministry as well (Art 3).
func TestLedu_Recipients(t *testing.T) {
	r := mustLedu(t).Incidents
	for level, want := range map[incident.Level]string{
		incident.LevelIV: "government prefecture", incident.LevelII: "government prefecture province ministry",
	} {
		inc := incident.Incident{Graded: []incident.Graded{{Grading: incident.Grading{Level: level}}}}
		var got []string
		for _, x := range inc.Recipients(r.Recipients) {
			got = append(got, x.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("level %s goes to %v", level, got)
		}
	}
	if r.Limits.Plain.String() != "4h" || r.Limits.Grave.String() != "2h" || r.Unit.Name == "" || r.Unit.Contact == "" {
		t.Errorf("limits %v, unit %+v", r.Limits, r.Unit)
	}
}

// What is wrong in the two files is told with its line.
func TestIncidents_Faults(t *testing.T) {
	for _, k := range []struct{ file, before, after, what string }{
		{"alarms.yaml", "case: people", "case: dogs", `case "dogs"`},
		{"alarms.yaml", "words: [泄漏]", "kinds: [nothing]", `kind "nothing" does not exist`},
		{"alarms.yaml", "together: [[鱼], [死]]", "together: [[鱼]]", "one list"},
		{"alarms.yaml", ", words: [泄漏]", "", "nothing raises spill"},
		{"incidents.yaml", "level: III", "level: V", `level "V"`},
		{"incidents.yaml", "measure: dead", "measure: cows", `measure "cows"`},
		{"incidents.yaml", ", from: 1", "", "criterion dead_3 counts from nothing"},
		{"incidents.yaml", "grave: true", "grave: false", "a level of which nobody is told"},
	} {
		fsys := tiny(t)
		replace(t, fsys, k.file, k.before, k.after)
		_, err := seeds.Load(fsys)
		if !slices.ContainsFunc(faultsOf(t, err), func(f *seeds.Fault) bool { return f.What == k.what && f.Line > 0 }) {
			t.Errorf("%s with %q instead of %q: %v", k.file, k.after, k.before, err)
		}
	}
}
