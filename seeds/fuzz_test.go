package seeds_test

import (
	"maps"
	"testing"
	"testing/fstest"

	"github.com/gridwarden/gridwarden/seeds"
)

// Whatever stands in a file, loading ends with a district or with faults that say where, what and what was expected.
func fuzz(f *testing.F, file string, more ...string) {
	f.Helper()
	sound := tiny(f)
	if it, ok := sound[file]; ok {
		f.Add(it.Data)
	}
	for _, text := range more {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := maps.Clone(sound)
		fsys[file] = &fstest.MapFile{Data: data}
		d, err := seeds.Load(fsys)
		if (d == nil) == (err == nil) {
			t.Fatalf("district %v, error %v", d, err)
		}
		for _, fault := range faultsOf(t, err) {
			if fault.File == "" || fault.What == "" || fault.Want == "" || fault.Line < 0 {
				t.Errorf("fault %+v", fault)
			}
		}
		if d != nil && (d.Tree == nil || d.Calendar == nil) {
			t.Error("a district without a tree or calendar")
		}
	})
}

func FuzzCells(f *testing.F) {
	fuzz(f, "cells.csv", "", "code", "\xef\xbb\xbfcode,parent\n\"", "code,parent,level,kind,name,full_name,former,former_codes,lon,lat,centre\n9,,1,,,,,,NaN,0,guess")
}

func FuzzDistrict(f *testing.F) {
	fuzz(f, "district.yaml", "", "---", "a: &a [*a]", "names: !!binary x", "levels: [[]]\nnames: ~", "? {a: b}\n: c", "%YAML 1.2\n---\n- a\n...\n- b")
}

func FuzzSettings(f *testing.F) {
	fuzz(f, "settings.yaml", "time_zone: {value: Local, source: a, status: ours}")
}

func FuzzRoster(f *testing.F) { fuzz(f, "roster.yaml", "sample: true\nofficers: [{id: a}]") }

func FuzzPlaces(f *testing.F) {
	fuzz(f, "places.yaml", "places: [{name: a, kind: river, line: brook, point: [181, 0]}]")
}
