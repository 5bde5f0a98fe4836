package routing_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/routing"
)

func classifier() *category.Classifier {
	return category.NewClassifier([]category.Category{
		{Code: category.Water, Kinds: []category.Kind{{Code: "livestock"}}}, {Code: category.Air}, {Code: category.SolidWaste},
	}, []category.Matter{{Code: "utilities"}}, ledu().book.Names()...)
}

func TestDecideLine(t *testing.T) {
	c := classifier()
	for in, want := range map[string]string{
		`{"text":"寿乐镇土官口村养猪场粪水流进河里"}`: `{"category":"water","categories":["water"],"kinds":["livestock"],` +
			`"cells":[{"code":"630202102200","name":"土官口村"}],"ask":false,"out_of_area":false,"scope":"environment"}`,
		`{"text":"雨润镇羊圈村","id":7}`: `{"category":"","categories":[],"kinds":[],` +
			`"cells":[{"code":"630202101203","name":"羊圈村"}],"ask":false,"out_of_area":false,"scope":"unclear"}`,
		`{"text":"家里停水了","lon":116.4,"lat":39.9}`: `{"category":"","categories":[],"kinds":[],"cells":[],` +
			`"ask":false,"out_of_area":true,"scope":"elsewhere"}`,
		`{}`: `{"category":"","categories":[],"kinds":[],"cells":[],"ask":true,"out_of_area":false,"scope":"unclear"}`,
		`{"text":"臭","lon":102.404,"lat":36.5377}`: `{"category":"air","categories":["air"],"kinds":[],` +
			`"cells":[{"code":"630202102","name":"寿乐镇"}],"ask":false,"out_of_area":false,"scope":"environment"}`,
	} {
		if got := string(routing.DecideLine(ledu().book, c, 1, []byte(in))); got != want {
			t.Errorf("%s:\n%s, want\n%s", in, got, want)
		}
	}
}

func TestDecideLineNamesTheFault(t *testing.T) {
	c := classifier()
	for in, want := range map[string]string{
		`{"text":`:                        "JSON",
		`{"text":5}`:                      "field text: expected string, got number",
		`[]`:                              "expected",
		`{"lon":102.4}`:                   "lon and lat belong together",
		`{"lon":36.4,"lat":102.4}`:        "error.point",
		`{"lon":1,"lat":1,"accuracy":-1}`: "error.accuracy",
	} {
		var got routing.TrialError
		if err := json.Unmarshal(routing.DecideLine(ledu().book, c, 12, []byte(in)), &got); err != nil {
			t.Fatal(err)
		}
		if got.Line != 12 || !strings.Contains(got.Error, want) {
			t.Errorf("%s: %+v, want line 12 and %q", in, got, want)
		}
	}
}

func FuzzDecideLine(f *testing.F) {
	for _, s := range []string{`{"text":"寿乐镇"}`, `{"lon":1e999}`, `{"lon":102,"lat":36,"accuracy":1e308}`, "\xff"} {
		f.Add([]byte(s))
	}
	c := classifier()
	f.Fuzz(func(t *testing.T, data []byte) {
		line := routing.DecideLine(ledu().book, c, 3, data)
		var d routing.Decision
		if err := json.Unmarshal(line, &d); err != nil || strings.ContainsRune(string(line), '\n') {
			t.Fatalf("%q: %q: %v", data, line, err)
		}
	})
}
