package botapi

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Ensure that the embedded schema and the methods that are carried out are the same set.
func TestSchemaCoversMethods(t *testing.T) {
	methods := methodTable()
	methods["getUpdates"] = nil
	for name := range methods {
		if _, ok := schema().Methods[name]; !ok {
			t.Errorf("%s is not in schema.json", name)
		}
	}
	for name := range schema().Methods {
		if _, ok := methods[name]; !ok {
			t.Errorf("%s is in schema.json, but not carried out", name)
		}
	}
	if schema().Version == "" || schema().Source == "" {
		t.Error("schema.json does not say what it describes")
	}
}

// specification is what SOURCES.md says of the published Bot API: the part that schema.json names.
type specification struct {
	Version string
	Methods map[string]specified
	Types   map[string]specified
}

type specified struct {
	Fields []struct {
		Name     string
		Types    []string
		Required bool
	}
}

// Ensure that every method, parameter and type of ours stands so in the specification.
func TestSchemaAgreesWithSpecification(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "specification.json"))
	if err != nil {
		t.Fatal(err)
	}
	var spec specification
	if err = json.Unmarshal(data, &spec); err != nil {
		t.Fatal(err)
	}
	if spec.Version != schema().Version {
		t.Errorf("schema.json is %s, the specification %s", schema().Version, spec.Version)
	}
	compare(t, schema().Methods, spec.Methods)
	compare(t, schema().Types, spec.Types)
}

func compare(t *testing.T, ours map[string]map[string]string, theirs map[string]specified) {
	t.Helper()
	for name, fields := range ours {
		there, ok := theirs[name]
		if !ok {
			t.Errorf("%s does not exist", name)
			continue
		}
		known := map[string]string{}
		for _, f := range there.Fields {
			kind := strings.ReplaceAll(strings.Join(f.Types, "|"), "Array of ", "[]")
			if f.Required {
				kind += "!"
			}
			known[f.Name] = kind
		}
		for field, kind := range fields {
			if known[field] != kind {
				t.Errorf("%s.%s is %q, not %q", name, field, known[field], kind)
			}
		}
		if len(known) != len(fields) {
			t.Errorf("%s has %d fields, schema.json names %d", name, len(known), len(fields))
		}
	}
}
