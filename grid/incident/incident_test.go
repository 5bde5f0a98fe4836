package incident_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/incident"
)

// known is 03:00 on the first day of National Day's holidays of 2017: hours do not pause for either.
var known = time.Date(2017, 10, 1, 3, 0, 0, 0, time.FixedZone("CST", 8*3600))

var limits = incident.Limits{Plain: calendar.Limit{N: 4, Unit: calendar.Hour}, Grave: calendar.Limit{N: 2, Unit: calendar.Hour}}

func graded(at time.Duration, g incident.Grading) incident.Graded {
	return incident.Graded{Grading: g, By: "desk-1", At: known.Add(at)}
}

func level(l incident.Level) incident.Grading { return incident.Grading{Level: l} }

func unclear(c ...incident.Sensitive) incident.Grading { return incident.Grading{Cases: c} }

func reported(at time.Duration, k incident.Kind, g incident.Grading) incident.Report {
	return incident.Report{Kind: k, Level: g, At: known.Add(at)}
}

// Levels IV and III have four hours, II and I two (Art 3); each of the six cases of an unclear level has two (Art 4), and
// an unclear level without any of them four.
func TestLimits_For(t *testing.T) {
	for _, c := range []struct {
		name  string
		g     incident.Grading
		hours int
	}{
		{"I", level(incident.LevelI), 2},
		{"II", level(incident.LevelII), 2},
		{"III", level(incident.LevelIII), 4},
		{"IV", level(incident.LevelIV), 4},
		{"IV beside a school", incident.Grading{Level: incident.LevelIV, Cases: []incident.Sensitive{incident.People}}, 4},
		{"water source", unclear(incident.WaterSource), 2},
		{"people", unclear(incident.People), 2},
		{"heavy metal", unclear(incident.HeavyMetal), 2},
		{"border", unclear(incident.Border), 2},
		{"crowd", unclear(incident.Crowd), 2},
		{"the bureau says so", unclear(incident.BureauSays), 2},
		{"unclear", unclear(), 4},
	} {
		if got := limits.For(c.g); got.N != c.hours || got.Unit != calendar.Hour {
			t.Errorf("%s: %s, want %dh", c.name, got, c.hours)
		}
	}
}

// The limit runs from knowing whatever is decided later, and from the change of level once a report was made; a further
// report at the same level is nobody's duty, and nothing follows the final one.
func TestIncident_Owes(t *testing.T) {
	days, err := calendar.New(known.Location())
	if err != nil {
		t.Fatal(err)
	}
	iv, iii, ii, i := level(incident.LevelIV), level(incident.LevelIII), level(incident.LevelII), level(incident.LevelI)
	for _, c := range []struct {
		name string
		inc  incident.Incident
		kind incident.Kind
		from time.Duration
		due  time.Duration // from knowing
	}{
		{"nobody decided", incident.Incident{}, incident.First, 0, 4 * time.Hour},
		{
			"nobody decided, a school is named",
			incident.Incident{Cases: []incident.Sensitive{incident.People}},
			incident.First, 0, 2 * time.Hour,
		},
		{
			"level IV beside a school",
			incident.Incident{
				Cases: []incident.Sensitive{incident.People}, Graded: []incident.Graded{graded(time.Hour, iv)},
			},
			incident.First, 0, 4 * time.Hour,
		},
		{
			"rises before any report",
			incident.Incident{Graded: []incident.Graded{graded(time.Hour, iv), graded(3*time.Hour, ii)}},
			incident.First, 0, 2 * time.Hour,
		},
		{
			"rises from IV to III after the first report",
			incident.Incident{
				Graded:  []incident.Graded{graded(time.Hour, iv), graded(5*time.Hour, iii)},
				Reports: []incident.Report{reported(2*time.Hour, incident.First, iv)},
			},
			incident.Further, 5 * time.Hour, 9 * time.Hour,
		},
		{
			"rises from III to II after the first report",
			incident.Incident{
				Graded:  []incident.Graded{graded(time.Hour, iii), graded(5*time.Hour, ii)},
				Reports: []incident.Report{reported(2*time.Hour, incident.First, iii)},
			},
			incident.Further, 5 * time.Hour, 7 * time.Hour,
		},
		{
			"rises twice before it is reported",
			incident.Incident{
				Graded:  []incident.Graded{graded(time.Hour, iv), graded(5*time.Hour, ii), graded(6*time.Hour, i)},
				Reports: []incident.Report{reported(2*time.Hour, incident.First, iv)},
			},
			incident.Further, 5 * time.Hour, 7 * time.Hour,
		},
		{
			"falls",
			incident.Incident{
				Graded:  []incident.Graded{graded(0, ii), graded(5*time.Hour, iv)},
				Reports: []incident.Report{reported(time.Hour, incident.First, ii)},
			},
			incident.Further, 5 * time.Hour, 9 * time.Hour,
		},
		{
			"the unclear level turns out to be IV",
			incident.Incident{
				Graded:  []incident.Graded{graded(0, unclear(incident.Border)), graded(3*time.Hour, iv)},
				Reports: []incident.Report{reported(time.Hour, incident.First, unclear(incident.Border))},
			},
			incident.Further, 3 * time.Hour, 7 * time.Hour,
		},
	} {
		c.inc.Known = known
		owed, ok := c.inc.Owes()
		if !ok || owed.Kind != c.kind || !owed.From.Equal(known.Add(c.from)) {
			t.Errorf("%s: owes %t %s from %s", c.name, ok, owed.Kind, owed.From.Sub(known))
			continue
		}
		due := days.Deadline(owed.From, limits.For(c.inc.Level())).At
		if !due.Equal(known.Add(c.due)) {
			t.Errorf("%s: due %s after knowing, want %s", c.name, due.Sub(known), c.due)
		}
	}
	for name, inc := range map[string]incident.Incident{
		"reported at its level": {
			Graded: []incident.Graded{graded(0, iv)}, Reports: []incident.Report{reported(1, incident.First, iv)},
		},
		"reported before anybody decided": {Reports: []incident.Report{reported(1, incident.First, unclear())}},
		"ended": {
			Graded:  []incident.Graded{graded(0, iv), graded(3, ii)},
			Reports: []incident.Report{reported(1, incident.First, iv), reported(2, incident.Final, iv)},
		},
	} {
		if owed, ok := inc.Owes(); ok {
			t.Errorf("%s: owes %v", name, owed)
		}
	}
}

// A chain begins with the first report and ends with the final one (Art 12).
func TestIncident_Kinds(t *testing.T) {
	var inc incident.Incident
	want := [][]incident.Kind{
		{incident.First}, {incident.Further, incident.Final}, {incident.Further, incident.Final}, nil,
	}
	for n, k := range []incident.Kind{incident.First, incident.Further, incident.Final, ""} {
		if got := inc.Kinds(); !slices.Equal(got, want[n]) {
			t.Errorf("after %d reports: %v, want %v", n, got, want[n])
		}
		inc.Reports = append(inc.Reports, incident.Report{Kind: k})
	}
}

// Government and the bureau above hear of every level; province and ministry of II, I and of the six unclear cases; and
// who was told of a grave one hears that it fell.
func TestIncident_Recipients(t *testing.T) {
	all := []incident.Recipient{
		{Code: "government", Plain: true, Grave: true},
		{Code: "prefecture", Plain: true},
		{Code: "province", Grave: true},
		{Code: "ministry", Grave: true},
	}
	codes := func(i incident.Incident) (out []string) {
		for _, r := range i.Recipients(all) {
			out = append(out, r.Code)
		}
		return out
	}
	plain, grave := []string{"government", "prefecture"}, []string{"government", "province", "ministry"}
	for _, c := range []struct {
		name string
		g    incident.Grading
		want []string
	}{
		{"IV", level(incident.LevelIV), plain},
		{"III", level(incident.LevelIII), plain},
		{"II", level(incident.LevelII), grave},
		{"I", level(incident.LevelI), grave},
		{"unclear at the border", unclear(incident.Border), grave},
		{"unclear", unclear(), plain},
	} {
		if got := codes(incident.Incident{Graded: []incident.Graded{{Grading: c.g}}}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	fallen := incident.Incident{
		Graded:  []incident.Graded{{Grading: level(incident.LevelII)}, {Grading: level(incident.LevelIV)}},
		Reports: []incident.Report{{Kind: incident.First, Level: level(incident.LevelII), To: grave}},
	}
	if got := codes(fallen); !slices.Equal(got, []string{"government", "prefecture", "province", "ministry"}) {
		t.Errorf("fallen from II to IV: %v", got)
	}
}

// What is going up: a graver level, or from four hours to two.
func TestGrading_Rises(t *testing.T) {
	for _, c := range []struct {
		from, to incident.Grading
		rises    bool
	}{
		{level(incident.LevelIV), level(incident.LevelIII), true},
		{level(incident.LevelIII), level(incident.LevelI), true},
		{level(incident.LevelII), level(incident.LevelII), false},
		{level(incident.LevelII), level(incident.LevelIII), false},
		{unclear(), unclear(incident.Crowd), true},
		{unclear(incident.Crowd), level(incident.LevelIV), false},
		{level(incident.LevelIV), unclear(incident.WaterSource), true},
		{unclear(incident.WaterSource), level(incident.LevelI), false},
	} {
		if got := c.to.Rises(c.from); got != c.rises {
			t.Errorf("from %+v to %+v rises: %t", c.from, c.to, got)
		}
	}
}

// A first report must say the fourteen things of Art 13, a final one five, and each carries unit, signer and contact (Art
// 14). Blank is not said; "not known yet" is.
func TestReport_Missing(t *testing.T) {
	for k, n := range map[incident.Kind]int{incident.First: 14, incident.Further: 1, incident.Final: 5} {
		r := incident.Report{Kind: k, Says: map[incident.Field]string{}}
		if got := r.Missing(); len(got) != n || !slices.Equal(got, incident.Fields(k)) {
			t.Errorf("an empty %s report misses %v", k, got)
		}
		for i, f := range incident.Fields(k) {
			r.Says[f] = " \n"
			if got := r.Missing(); got[0] != f {
				t.Errorf("a blank %s counts as said", f)
			}
			r.Says[f] = "正在核实"
			if got := len(r.Missing()); got != n-i-1 {
				t.Errorf("%s: %d missing after %s", k, got, f)
			}
		}
	}
	signed := incident.Report{Unit: "乐都区环境保护局", Signer: "王某", Contact: "值班室"}
	if signed.Unsigned() {
		t.Error("signed counts as unsigned")
	}
	for _, r := range []incident.Report{
		{Signer: "王某", Contact: "值班室"}, {Unit: "局", Contact: "值班室"}, {Unit: "局", Signer: "王某", Contact: " "},
	} {
		if !r.Unsigned() {
			t.Errorf("%+v counts as signed", r)
		}
	}
}
