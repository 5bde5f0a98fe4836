package seeds

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// Table is the district's cells, categories, settings or roster as an administrator edits them. The wording is not the
// district's: its table is empty here.
func (d *District) Table(k sheet.Kind, now time.Time) sheet.Table {
	t := sheet.Table{Kind: k}
	switch k {
	case sheet.Cells:
		t.Rows = d.cells.Rows
	case sheet.Categories:
		t.Rows = d.categoryRows()
	case sheet.Settings:
		for _, s := range d.Settings.list {
			t.Rows = append(t.Rows, sheet.Row{Values: map[string]string{
				"name": s.Name, "meaning": s.Name, "value": s.cell, "unit": s.Unit, "source": s.Source, "status": s.Status, "note": s.Note,
			}})
		}
	case sheet.Roster:
		return sheet.FromRoster(grid.NewRoster(0, d.Officers), now, d.Settings.TimeZone)
	case sheet.Templates, sheet.Sites, sheet.Enterprises: // the catalogue's, and the register's
	}
	return t.Identify()
}

// DepartmentNames lists the bodies that a clerk can work for and that can lead.
func (d *District) DepartmentNames() []string {
	out := make([]string, 0, len(d.Departments))
	for _, x := range d.Departments {
		out = append(out, x.Name)
	}
	return out
}

func (d *District) categoryRows() []sheet.Row {
	var out []sheet.Row
	add := func(code, parent, lead string, names map[string]string, words, evidence []string) {
		out = append(out, sheet.Row{Values: map[string]string{
			"code": code, "parent": parent, "name_zh": names["zh-CN"], "name_en": names["en"], "lead": lead,
			"evidence": strings.Join(evidence, ";"), "words": strings.Join(words, " "),
		}})
	}
	for _, c := range d.Categories {
		add(c.Code, "", c.Lead, c.Names, c.Words, c.Evidence)
		for _, k := range c.Kinds {
			add(k.Code, c.Code, k.Lead, k.Names, k.Words, nil)
		}
	}
	return out
}

// cell is a value as one cell of a spreadsheet holds it: a list one entry a line, a ladder one step a line with its name,
// its time and whom to tell.
func (n node) cell() string {
	if n.kind() != "a list" {
		return strings.TrimSpace(n.at.Value)
	}
	lines := make([]string, 0, len(n.at.Content))
	for _, at := range n.at.Content {
		item := n.child(at)
		if item.kind() != "a block of keys" {
			lines = append(lines, strings.TrimSpace(at.Value))
			continue
		}
		step := make(map[string]string)
		for i := 0; i+1 < len(at.Content); i += 2 {
			step[at.Content[i].Value] = strings.ReplaceAll(item.child(at.Content[i+1]).shown(), ", ", ",")
		}
		words := []string{step["name"], step["after"], step["tell"]}
		for _, key := range stageOptions {
			if step[key] != "" {
				words = append(words, key+":"+step[key])
			}
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return strings.Join(lines, "\n")
}

// valueOf writes a cell as the file wants the value of that setting.
func valueOf(name, cell string) string {
	switch settingTypes[name] {
	case reflect.TypeFor[[]string](), reflect.TypeFor[[]int]():
		return flowList(lines(cell))
	case reflect.TypeFor[[]casework.StageRule]():
		steps := make([]string, 0, 5)
		for _, line := range lines(cell) {
			steps = append(steps, stepOf(line))
		}
		return "[" + strings.Join(steps, ", ") + "]"
	}
	return quoted(cell)
}

// stageOptions are what a step of a ladder may say beyond its name, its time and whom to tell: written key:value.
var stageOptions = []string{"copy", "rung", "does", "every"}

// stepOf writes one line of a ladder as the file wants it.
func stepOf(line string) string {
	f := append(strings.Fields(line), "", "")
	tell, more := "", make([]string, 0, len(stageOptions))
	var tellSb113 strings.Builder
	for _, word := range f[2:] {
		if key, value, ok := strings.Cut(word, ":"); ok && slices.Contains(stageOptions, key) {
			if key == "copy" {
				value = flowList(strings.Split(value, ","))
			} else {
				value = quoted(value)
			}
			more = append(more, ", "+key+": "+value)
			continue
		}
		tellSb113.WriteString(word)
	}
	tell += tellSb113.String()
	return fmt.Sprintf("{name: %s, after: %s, tell: %s%s}",
		quoted(f[0]), quoted(f[1]), flowList(slices.DeleteFunc(strings.Split(tell, ","), func(s string) bool { return s == "" })), strings.Join(more, ""))
}

// settingTypes are the types of the settings by their names.
var settingTypes = func() map[string]reflect.Type {
	out := make(map[string]reflect.Type)
	t := reflect.TypeFor[Settings]()
	for i := range t.NumField() {
		if name := t.Field(i).Tag.Get("setting"); name != "" {
			out[name] = t.Field(i).Type
		}
	}
	return out
}()

// lines are the entries of a cell that holds one a line.
func lines(cell string) []string {
	var out []string
	for line := range strings.Lines(cell) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
