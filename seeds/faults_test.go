package seeds_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gridwarden/gridwarden/seeds"
)

// Each row breaks one thing in a folder that loads; exactly that is reported, with file, line, what and what was expected.
func TestLoad_Faults(t *testing.T) {
	for _, k := range []struct {
		name, file    string
		before, after string
		line          int
		what, want    string
	}{
		{"unknown key", "district.yaml", "levels:", "level:", 2, `unknown key "level"`, "names, levels"},
		{"missing key", "district.yaml", "levels: [市级网格, 社区网格]", "", 1, `key "levels" is missing`, "names, levels"},
		{"one level", "district.yaml", ", 社区网格", "", 2, "1 levels", "two levels"},
		{"no Chinese name", "district.yaml", "zh-CN: 小城市, ", "", 1, "no name in zh-CN", "zh-CN"},
		{"not YAML", "district.yaml", "names: {", "names: {{", 1, "yaml", "a YAML document"},
		{"two documents", "district.yaml", "levels:", "---\nlevels:", 2, "there is more", "one YAML document"},
		{"key twice", "district.yaml", "levels:", "names: {zh-CN: a}\nlevels:", 2, `"names" is there twice`, "each key once"},
		{"GBK", "neighbours.yaml", "大城市", "\xb4\xf3\xb3\xc7\xca\xd0", 2, "not UTF-8", "CSV UTF-8"},
		{"alias", "district.yaml", "levels: [", "levels: [&a x, *a, ", 2, "an alias", "a text"},

		{"no code", "cells.csv", "9901,99", ",99", 3, `code ""`, "digits"},
		{"letters", "cells.csv", "9902,99,2", "99x,99,2", 4, `code "99x"`, "digits"},
		{"code twice", "cells.csv", "9902,99", "9901,99", 4, "in line 3 already", "each code once"},
		{"unknown parent", "cells.csv", "9902,99,", "9902,98,", 4, "parent 98", "the code of another line"},
		{"wrong level", "cells.csv", "9902,99,2", "9902,99,1", 4, "of level 1 under a parent of level 1", "one level up"},
		{"level beyond", "cells.csv", "9902,99,2", "9902,99,3", 4, `level "3"`, "1 to 2"},
		{"code of another parent", "cells.csv", "9900,99,", "5500,99,", 5, "cell 5500", "begins with its parent's, 99"},
		{"second root", "cells.csv", "9902,99,2", "98,,1", 4, "99 is the root already", "one root"},
		{"no queue", "cells.csv", "2,queue", "2,quarter", 0, "no queue", "kind queue"},
		{"no name", "cells.csv", "quarter,西片", "quarter,", 4, "no name", "a name"},
		{"half a point", "cells.csv", "10.005,50.005", "10.005,", 3, `lat ""`, "both empty"},
		{"lat before lon", "cells.csv", "10.005,50.005", "50.005,100.005", 3, "latitude 100.005", "longitude first"},
		{"unknown centre", "cells.csv", "sourced", "measured", 3, `centre "measured"`, "sourced"},
		{"column missing", "cells.csv", "code,parent", "code", 1, `column "parent" is missing`, "columns"},
		{"value missing", "cells.csv", "9900,99,2,queue,待定,,,,,,", "9900,99,2,queue,待定", 5, "5 values for 11 columns", "columns"},
		{"bare quote", "cells.csv", "待定", `待"定`, 5, "quote", "quoted"},

		{"outline open", "outline.geojson", ", [9.99, 50]]]", "]]", 2, "not closed", "GeoJSON"},
		{"outline empty", "outline.geojson", `"Polygon"`, `"MultiPolygon"`, 2, "feature 0", "GeoJSON"},
		{"land of nobody", "cells.geojson", `"9902"`, `"9909"`, 3, `"9909" does not exist`, "cells.csv"},
		{"another name", "cells.geojson", "东片", "南片", 2, `called "南片"`, "东片"},
		{"land twice", "cells.geojson", `"9902"`, `"9901"`, 2, "9901 is there twice", "one feature for each cell"},
		{"not JSON", "cells.geojson", "[", "[[", 4, "line 4", "GeoJSON"},
		{"approx as text", "cells.geojson", `"approx": true`, `"approx": "yes"`, 3, "approx is yes", "true or false"},
		{"unused line", "places.yaml", "line: brook", "point: [10.002, 50.002]", 2, "no place refers to brook", "line: brook"},

		{"unknown line", "places.yaml", "line: brook", "line: book", 2, `line "book"`, "rivers.geojson"},
		{"unknown kind", "places.yaml", "landmark", "tower", 3, `kind "tower"`, "river, valley"},
		{"nowhere", "places.yaml", "10.002, 50.002", "11, 50", 3, "is in no cell", "inside the district"},
		{"unknown cell", "places.yaml", "point: [10.002, 50.002]", "cells: [9903]", 3, `"9903" does not exist`, "cells.csv"},
		{"name twice", "places.yaml", "塔,", "塔, aliases: [小溪],", 3, `"小溪" is in the entry of line 2`, "each name once"},
		{"direction", "neighbours.yaml", "direction: n", "direction: up", 2, `direction "up"`, "nw"},

		{"department kind", "departments.yaml", "bureau", "office", 2, `kind "office"`, "bureau"},
		{"item", "departments.yaml", "[1]", "[one]", 2, `"one"`, "whole number"},
		{"item led twice", "departments.yaml", "leads: [1]}", "leads: [1]}\n  - {name: b, kind: bureau, leads: [1]}", 3, "item 1 is led by 市环保局", "one leader"},
		{"category", "categories.yaml", "code: water", "code: fire", 2, `category "fire"`, "solid_waste"},
		{"lead", "categories.yaml", "lead: 市环保局", "lead: 环保局", 2, `"环保局" does not exist`, "departments.yaml"},
		{"word twice", "categories.yaml", "[脏水]", "[脏水 黑水 脏水]", 2, `"脏水" is there twice`, "each once"},
		{"word of a matter too", "matters.yaml", "[]", "[{code: a, names: {zh-CN: a}, authority: a, phone: a, words: [脏水]}]", 1, "categories.yaml:2", "one place"},
		{"code with a blank", "matters.yaml", "[]", "[{code: a b, names: {zh-CN: a}, authority: a, phone: a}]", 1, `"a b"`, "small letters"},
		{"evidence", "categories.yaml", "[after]", "[later]", 2, `evidence "later"`, "before, after, onsite"},
		{"matter", "matters.yaml", "[]", "[{code: a}]", 1, `key "names" is missing`, "authority"},

		{"authority", "authorities.yaml", "[]", "[{name: a, phone: a, claims: []}]", 1, `"a" does not exist`, "departments.yaml"},
		{"claim", "authorities.yaml", "[]", "[{name: a, phone: a, beyond_plan: true, claims: [{source: a, status: ours}]}]", 1, "a claim to nothing", "codes or words"},
		{"claimed code", "authorities.yaml", "[]", "[{name: a, phone: a, beyond_plan: true, claims: [{codes: [x], source: a, status: ours}]}]", 1, `"x" does not exist`, "categories.yaml"},
		{"claim's status", "authorities.yaml", "[]", "[{name: a, phone: a, beyond_plan: true, claims: [{words: [x], source: a, status: so}]}]", 1, `status "so"`, "certain"},

		{"role", "roster.yaml", "role: chief", "role: boss", 6, `role "boss"`, "inspector"},
		{"cell of nobody", "roster.yaml", `"99", "9901"`, `"99", "9909"`, 6, `"9909" does not exist`, "cells.csv"},
		{"cell twice", "roster.yaml", `"99", "9901"`, `"99", "99"`, 6, "99 is there twice", "each cell once"},
		{"ends before it begins", "roster.yaml", "until: 2021", "until: 2019", 6, "ends before it begins", "after from"},
		{"no day", "roster.yaml", "from: 2020-01-01,", "from: 2020-02-30,", 6, "2020-02-30", "2017-07-25"},
		{"id", "roster.yaml", "id: a", "id: A1", 3, `"A1"`, "small letters"},
		{"own deputy", "roster.yaml", "name: 甲", "name: 甲\n    deputy: a", 5, "own deputy", "another officer"},
		{"unknown deputy", "roster.yaml", "name: 甲", "name: 甲\n    deputy: b", 5, `"b" does not exist`, "another officer"},
		{"clerk of nothing", "roster.yaml", "role: inspector", "role: clerk", 7, "without a department", "department"},
		{"sample", "roster.yaml", "sample: false", "sample: maybe", 1, `"maybe"`, "true or false"},
	} {
		t.Run(k.name, func(t *testing.T) {
			fsys := tiny(t)
			replace(t, fsys, k.file, k.before, k.after)
			if k.name == "unused line" {
				k.file = "rivers.geojson"
			}
			_, err := seeds.Load(fsys)
			for _, f := range faultsOf(t, err) {
				if f.File == k.file && f.Line == k.line && strings.Contains(f.What, k.what) && strings.Contains(f.Want, k.want) {
					if !strings.HasPrefix(f.Error(), k.file) || !strings.Contains(f.Error(), "; expected ") {
						t.Errorf("Error() = %q", f.Error())
					}
					return
				}
			}
			t.Errorf("want %s:%d: …%s…; expected …%s…, got:\n%v", k.file, k.line, k.what, k.want, err)
		})
	}
}

// A missing file is named, and all missing files at once.
func TestLoad_MissingFiles(t *testing.T) {
	_, err := seeds.Load(fstest.MapFS{})
	missing := make(map[string]bool)
	for _, f := range faultsOf(t, err) {
		if f.What == "the file is missing" {
			missing[f.File] = true
		}
	}
	for _, file := range []string{
		"district.yaml", "settings.yaml", "cells.csv", "outline.geojson", "cells.geojson", "places.yaml",
		"neighbours.yaml", "departments.yaml", "categories.yaml", "matters.yaml", "authorities.yaml", "roster.yaml",
	} {
		if !missing[file] {
			t.Errorf("%s is not reported as missing in:\n%v", file, err)
		}
	}
}

// Faults in several files come together, by file and line.
func TestLoad_AllFaultsAtOnce(t *testing.T) {
	fsys := tiny(t)
	replace(t, fsys, "cells.csv", "9902,99,2", "9902,98,3")
	replace(t, fsys, "departments.yaml", "bureau", "office")
	replace(t, fsys, "roster.yaml", "role: chief", "role: boss")
	_, err := seeds.Load(fsys)
	faults := faultsOf(t, err)
	got := make([]string, 0, len(faults))
	for _, f := range faults {
		got = append(got, f.File)
	}
	if want := "cells.csv cells.csv departments.yaml roster.yaml"; strings.Join(got, " ") != want {
		t.Errorf("faults in %v, want %s:\n%v", got, want, err)
	}
}
