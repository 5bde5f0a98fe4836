package seeds_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

// Every number has a source and says how far it can be trusted, and whoever doubts it finds the line.
func TestSettings_Sources(t *testing.T) {
	d := mustLedu(t)
	list := d.Settings.List()
	if len(list) < 40 {
		t.Fatalf("%d settings", len(list))
	}
	for i, s := range list {
		if s.Name == "" || s.Value == "" || s.Source == "" || s.Status == "" || s.Line == 0 {
			t.Errorf("setting %+v", s)
		}
		if i > 0 && list[i-1].Line >= s.Line {
			t.Errorf("%s is not in the order of the file", s.Name)
		}
		if strings.Contains(s.Source, "福建") && s.Status != seeds.StatusLocal {
			t.Errorf("%s comes from another province and is %s", s.Name, s.Status)
		}
	}
	i := slices.IndexFunc(list, func(s seeds.Setting) bool { return s.Name == "start_stages" })
	if !strings.HasPrefix(list[i].Value, "name before, after -39h, tell handler, ") {
		t.Errorf("start_stages is shown as %q", list[i].Value)
	}
}

func TestSettings_Values(t *testing.T) {
	s := mustLedu(t).Settings
	for name, pair := range map[string][2]string{
		"decide":    {s.DecideLimit.String(), "2wd"},
		"start":     {s.StartLimit.String(), "2wd"},
		"finish":    {s.FinishLimit.String(), "30d"},
		"law":       {s.FinishLawLimit.String(), "60d"},
		"zone":      {s.TimeZone.String(), "Asia/Shanghai"},
		"quiet":     {s.QuietHours.String(), "22:00-07:00"},
		"daily":     {string(s.DailyDigest), "0 8 * * *"},
		"hotline":   {s.Hotline, "12345"},
		"emergency": {strings.Join(s.EmergencyNumbers, " "), "119 110 120"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %s, want %s", name, pair[0], pair[1])
		}
	}
	if s.DuplicateRadius != 250 || s.DuplicateWindow != 7*24*time.Hour || s.MinHan != 5 || !s.MainlandDatumSlip {
		t.Errorf("%+v", s)
	}
	if r := s.Routing(); r.NearBoundary != 1500 || r.NearGuessed != 4000 || r.MaxOffered != 3 {
		t.Errorf("routing %+v", r)
	}
	rules := s.Casework()
	for _, name := range casework.ClockNames() {
		stages := rules.Stages[name]
		if !rules.Limits[name].Valid() || len(stages) == 0 {
			t.Errorf("clock %s has limit %v and %d stages", name, rules.Limits[name], len(stages))
		}
		for i := 1; i < len(stages); i++ {
			later := stages[i].Later.N > stages[i-1].Later.N // days and working days come behind lengths of time
			if !later && stages[i].After <= stages[i-1].After {
				t.Errorf("clock %s: stage %s comes too early", name, stages[i].Name)
			}
		}
	}
}

func TestSettings_Faults(t *testing.T) {
	for _, k := range []struct{ before, after, what, want string }{
		{"value: Europe/Berlin", "value: Local", `"Local"`, "Asia/Shanghai"},
		{"value: Europe/Berlin", "value: Mars/Base", `"Mars/Base"`, "Asia/Shanghai"},
		{"value: 2wd", "value: 2 days", `limit "2 days"`, "3wd"},
		{"value: 30d", "value: 90d", "finish_limit is 90d", "finish_law_limit, 60d"},
		{"value: 22:00-07:00", "value: at night", `"at night"`, "22:00-07:00"},
		{"value: 0 8 * * *", "value: daily", `"daily"`, "five cron fields"},
		{"value: 24h", "value: -24h", `"-24h"`, "24h, 90m"},
		{"value: 24h", "value: [24h]", "a list", "a text"},
		{"value: 5\n", "value: five\n", `"five"`, "whole number"},
		{"value: 250", "value: .inf", `".inf"`, "0 to a million"},
		{"value: 250", "value: NaN", `"NaN"`, "0 to a million"},
		{"value: 4000", "value: 40", "near_guessed is 40", "near_boundary"},
		{"value: [court]", "value: [gossip]", `unseal_silent names "gossip"`, "call_back, reward, danger, court"},
		{"value: true", "value: perhaps", `"perhaps"`, "true or false"},
		{"unit: m\n", "unit: km\n", `unit "km"`, "unit: m"},
		{"  unit: characters\n", "", `unit ""`, "unit: characters"},
		{"status: local", "status: maybe", `status "maybe"`, "certain, local, unverified, ours"},
		{"  status: local\n", "", `key "status" is missing`, "value, source, status"},
		{"decide_limit:", "decision_limit:", `unknown key "decision_limit"`, "decide_limit"},
		{"decide_limit:", "decision_limit:", `key "decide_limit" is missing`, "decide_limit"},
		{"name: before, after: -39h, tell: [desk]", "name: later, after: -39h, tell: [desk]", `stage "later"`, "before, due"},
		{"after: -15h, tell: [desk]", "after: -50h, tell: [desk]", "not later than the one before", "earliest first"},
		{"after: -15h, tell: [desk]", "after: never, tell: [desk]", `after "never"`, "24h"},
		{"after: -15h, tell: [desk]", "after: -15h, tell: [mayor]", `tell "mayor"`, "handler"},
		{"name: due, after: -15h, tell: [desk]", "name: before, after: -15h, tell: [desk]", "before is there twice", "each stage once"},
	} {
		t.Run(k.what, func(t *testing.T) {
			fsys := tiny(t)
			replace(t, fsys, "settings.yaml", k.before, k.after)
			_, err := seeds.Load(fsys)
			if !slices.ContainsFunc(faultsOf(t, err), func(f *seeds.Fault) bool {
				return f.File == "settings.yaml" && f.Line > 0 && strings.Contains(f.What, k.what) && strings.Contains(f.Want, k.want)
			}) {
				t.Errorf("want …%s…; expected …%s…, got:\n%v", k.what, k.want, err)
			}
		})
	}
}
