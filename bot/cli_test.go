package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/seeds"
)

// call runs the program as from a shell, in process.
func call(t *testing.T, input string, args ...string) (code int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), args, streams{in: strings.NewReader(input), out: &stdout, err: &stderr})
	return code, stdout.String(), stderr.String()
}

func TestDeadline_PrintsTheDateAndWhy(t *testing.T) {
	for _, c := range []struct{ from, limit, want string }{
		{"2026-02-13", "3wd", "2026-02-25"},
		{"2026-02-13", "7wd", "2026-03-02"},
		{"2026-02-13", "15d", "2026-02-28"},
		{"2026-01-31", "15d", "2026-02-24"},
		{"2026-08-04", "60d", "2026-10-08"},
		{"2026-04-03", "30d", "2026-05-06"},
		{"2026-09-30", "2wd", "2026-10-09"},
		{"2026-04-30", "15wd", "2026-05-25"},
		{"2026-09-30T23:30", "4h", "2026-10-01 03:30"},
	} {
		code, out, errs := call(t, "", "deadline", "--from", c.from, "--limit", c.limit)
		date, why, _ := strings.Cut(out, "\n")
		if code != 0 || date != c.want || strings.TrimSpace(why) == "" {
			t.Errorf("from %s, %s: %d %q %q, want %s and why", c.from, c.limit, code, out, errs, c.want)
		}
	}
}

func TestDeadline_UnknownYearIsProvisional(t *testing.T) {
	_, out, _ := call(t, "", "deadline", "--from", "2031-09-29", "--limit", "5wd", "--lang", "en")
	if !strings.Contains(out, "provisional") {
		t.Errorf("not marked as provisional:\n%s", out)
	}
}

func TestMistakesAreAnsweredByASentence(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"deadline", "--from", "gestern", "--limit", "3wd"}, "expected 2026-02-13"},
		{[]string{"deadline", "--from", "2026-02-30", "--limit", "3wd"}, "expected 2026-02-13"},
		{[]string{"deadline", "--from", "2026-02-13", "--limit", "3x"}, "such as 3wd"},
		{[]string{"deadline"}, "--from"},
		{[]string{"route", "--seeds", filepath.Join(os.TempDir(), "no-such-district")}, "no-such-district"},
		{[]string{"serve"}, "TELEGRAM_TOKEN"},
		{[]string{"serve", "--token", "1:x"}, "--data"},
		{[]string{"job", "run", "nothing", "--token", "1:x"}, "--data"},
		{[]string{"dance"}, "--help"},
	} {
		code, out, errs := call(t, "", c.args...)
		if code == 0 || !strings.Contains(out+errs, c.want) {
			t.Errorf("%v: %d %q, want a word about %q", c.args, code, out+errs, c.want)
		}
	}
}

func TestRoute_LineByLine(t *testing.T) {
	input := `{"text":"寿乐镇土官口村有人把污水直接排到引胜沟里"}

{"lon":102.404,"lat":36.538,"accuracy":10}
{"text":"西宁市城东区有人乱倒垃圾"}
not json
{"text":"老板拖欠工资不给"}
{"lon":"NaN"}
`
	code, out, errs := call(t, input, "route")
	if code != 0 {
		t.Fatal(errs)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 6 {
		t.Fatalf("%d lines for 6 reports:\n%s", len(lines), out)
	}
	type answer struct {
		Category string `json:"category"`
		Cells    []struct {
			Code string `json:"code"`
			Name string `json:"name"`
		} `json:"cells"`
		Ask   bool   `json:"ask"`
		Away  bool   `json:"out_of_area"`
		Scope string `json:"scope"`
		Line  int    `json:"line"`
		Error string `json:"error"`
	}
	got := make([]answer, len(lines))
	for i, l := range lines {
		if err := json.Unmarshal([]byte(l), &got[i]); err != nil {
			t.Fatalf("%s: %v", l, err)
		}
	}
	if a := got[0]; a.Category != "water" || len(a.Cells) != 1 || a.Cells[0].Code != "630202102200" || a.Ask || a.Scope != "environment" {
		t.Errorf("words: %+v", a)
	}
	if a := got[1]; len(a.Cells) == 0 || a.Cells[0].Name != "寿乐镇" || a.Away {
		t.Errorf("point: %+v", a)
	}
	if a := got[2]; !a.Away || a.Category != "solid_waste" {
		t.Errorf("elsewhere: %+v", a)
	}
	if a := got[3]; a.Line != 5 || a.Error == "" {
		t.Errorf("bad line: %+v", a)
	}
	if a := got[4]; a.Scope != "elsewhere" || a.Category != "" {
		t.Errorf("wages: %+v", a)
	}
	if a := got[5]; a.Error == "" {
		t.Errorf("no number: %+v", a)
	}
}

func TestDoctor_ListsBlindSpotsOffline(t *testing.T) {
	code, out, _ := call(t, "", "doctor", "--offline")
	if code != 0 || !strings.Contains(out, "盲区") || !strings.Contains(out, "→") {
		t.Errorf("%d\n%s", code, out)
	}
}

func TestDoctor_SaysHowToMendWhatIsMissing(t *testing.T) {
	t.Setenv("REDIS_URL", "")
	t.Setenv("TELEGRAM_TOKEN", "")
	code, out, _ := call(t, "", "doctor", "--lang", "en", "--redis-url", "redis://127.0.0.1:1")
	for _, want := range []string{"Redis is away", "no token", "no key", "no folder for evidence"} {
		if !strings.Contains(out, want) {
			t.Errorf("not found: %q", want)
		}
	}
	if code == 0 {
		t.Errorf("well in spite of all:\n%s", out)
	}
}

// A machine without redis-server is told so before serve --data fails on it.
func TestDoctor_MissesTheRedisServer(t *testing.T) {
	t.Setenv("REDIS_URL", "")
	t.Setenv("TELEGRAM_TOKEN", "")
	t.Setenv("PATH", t.TempDir())
	code, out, _ := call(t, "", "doctor", "--data", t.TempDir())
	if code == 0 || !strings.Contains(out, "本机没有安装 redis-server") || !strings.Contains(out, "apt install redis-server") {
		t.Errorf("%d\n%s", code, out)
	}
}

func TestSeedsOfAnotherDistrict(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, seeds.Ledu); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "settings.yaml")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(raw, []byte("value: 2wd"), []byte("value: two days"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, _ := call(t, "", "doctor", "--offline", "--seeds", dir)
	if code == 0 || !strings.Contains(out, "settings.yaml:") || !strings.Contains(out, "two days") || !strings.Contains(out, "expected") {
		t.Errorf("a broken folder: %d\n%s", code, out)
	}
}

func TestJobs_Listed(t *testing.T) {
	_, out, _ := call(t, "", "job")
	for _, want := range []string{"deadlines", "daily_digest", "0 8 * * *", "weekly_digest"} {
		if !strings.Contains(out, want) {
			t.Errorf("not listed: %q\n%s", want, out)
		}
	}
}
