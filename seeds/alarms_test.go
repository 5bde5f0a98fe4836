package seeds_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/incident"
)

// alarmLine is a line of testdata/alarms.tsv: what it raises (a trigger, or -), cases of article 4, the words.
type alarmLine struct{ trigger, cases, text string }

func alarmLines(t *testing.T, file string) []alarmLine {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []alarmLine
	for s := bufio.NewScanner(f); s.Scan(); {
		if s.Text() == "" || strings.HasPrefix(s.Text(), "#") {
			continue
		}
		p := strings.Split(s.Text(), "\t")
		out = append(out, alarmLine{p[0], p[1], p[len(p)-1]})
	}
	return out
}

// Everything in the table that is an alarm calls the duty officers, and nothing that is everyday talk does.
func TestLedu_Alarms(t *testing.T) {
	finder := incident.NewFinder(mustLedu(t).Alarms)
	for _, l := range alarmLines(t, "testdata/alarms.tsv") {
		a := finder.Find(l.text, nil)
		if a.Calls != (l.trigger != "-") {
			t.Errorf("%q calls: %t, hits %v", l.text, a.Calls, a.Triggers)
			continue
		}
		if !a.Calls {
			continue
		}
		if !slices.Contains(a.Triggers, l.trigger) {
			t.Errorf("%q hits %v, want %s", l.text, a.Triggers, l.trigger)
		}
		cases := make([]string, len(a.Cases))
		for i, c := range a.Cases {
			cases[i] = string(c)
		}
		if got := strings.Join(cases, " "); got != l.cases && l.cases != "*" {
			t.Errorf("%q has cases %q of article 4, want %q", l.text, got, l.cases)
		}
	}
}

// One person's dizziness and the smell of gas call nobody out of bed, but whoever writes it is told whom to call.
func TestLedu_WarnsWithoutCalling(t *testing.T) {
	finder := incident.NewFinder(mustLedu(t).Alarms)
	for _, text := range []string{"闻了头晕恶心", "楼道里有煤气味", "救命", "喘不上气", "山上起火了", "有人呕吐"} {
		if a := finder.Find(text, nil); !a.Hit() || a.Calls {
			t.Errorf("%q: %+v", text, a)
		}
	}
}

// A kind that was chosen by a button counts like words.
func TestLedu_KindAlarms(t *testing.T) {
	finder := incident.NewFinder(mustLedu(t).Alarms)
	if a := finder.Find("河边", []string{"fish_kill"}); !a.Calls || a.Triggers[0] != "dead_fish" {
		t.Errorf("fish_kill: %+v", a)
	}
	if a := finder.Find("河边", []string{"sewage"}); a.Hit() {
		t.Errorf("sewage: %+v", a)
	}
}

// Of the complaints that teach the categories, which are everyday ones, at most one in fifty calls the duty officers.
func TestLedu_AlarmsAreRare(t *testing.T) {
	finder := incident.NewFinder(mustLedu(t).Alarms)
	lines := alarmLines(t, "../grid/category/testdata/complaints.tsv")
	lines = append(lines, alarmLines(t, "../grid/category/testdata/published.tsv")...)
	called := 0
	for _, l := range lines {
		if a := finder.Find(l.text, nil); a.Calls {
			called++
			t.Logf("%v: %s", a.Triggers, l.text)
		}
	}
	if len(lines) < 200 || called*50 > len(lines) {
		t.Errorf("%d of %d everyday complaints call the duty officers", called, len(lines))
	}
}
