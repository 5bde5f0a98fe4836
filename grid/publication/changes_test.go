package publication_test

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/publication"
)

// content draws a content of a few tables, among which rows come, go and change.
func content(rt *rapid.T, label string) publication.Content {
	c := publication.Content{Title: publication.Words{"zh-CN": "断面", "en": "sections"}}
	for n := range 3 {
		if !rapid.Bool().Draw(rt, label+" has a table") {
			continue
		}
		columns := rapid.IntRange(1, 3).Draw(rt, label+" columns")
		t := publication.Table{Caption: publication.Same(strconv.Itoa(n))}
		for i := range columns {
			t.Columns = append(t.Columns, publication.Same("c"+strconv.Itoa(i)))
		}
		for key := range 5 {
			if !rapid.Bool().Draw(rt, label+" has a row") {
				continue
			}
			r := publication.Row{Key: strconv.Itoa(key)}
			for range columns {
				r.Cells = append(r.Cells, publication.Words{"": rapid.SampledFrom([]string{"II", "III", "IV"}).Draw(rt, label+" cell")})
			}
			t.Rows = append(t.Rows, r)
		}
		c.Tables = append(c.Tables, t)
	}
	return c
}

// sorted is a content whose tables and rows stand in the order of their names.
func sorted(c publication.Content) string {
	tables := slices.Clone(c.Tables)
	for i := range tables {
		tables[i].Rows = append([]publication.Row{}, tables[i].Rows...)
		slices.SortFunc(tables[i].Rows, func(a, b publication.Row) int { return cmp.Compare(a.Key, b.Key) })
	}
	slices.SortFunc(tables, func(a, b publication.Table) int { return cmp.Compare(a.Caption.In(""), b.Caption.In("")) })
	line, _ := json.Marshal(tables)
	return string(line)
}

// What changed, done to the issue before, makes the issue after; and nothing changed exactly when both are the same.
func TestChanges_MakeTheNextOutOfTheLast(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		before, after := content(rt, "before"), content(rt, "after")
		changes := publication.Compare(before, after)
		if got := changes.Apply(before); sorted(got) != sorted(after) {
			rt.Fatalf("%s\nis not\n%s\nby %+v", sorted(got), sorted(after), changes)
		}
		if changes.Empty() != (sorted(before) == sorted(after)) {
			rt.Fatalf("%s\nto\n%s: %+v", sorted(before), sorted(after), changes)
		}
		if !publication.Compare(after, after).Empty() {
			rt.Fatal("something changed by itself")
		}
	})
}

func TestChanges_SayWhatAReaderLooksFor(t *testing.T) {
	row := func(key, name, class string) publication.Row {
		return publication.Row{Key: key, Cells: []publication.Words{publication.Same(name), publication.Same(class)}}
	}
	table := func(rows ...publication.Row) publication.Content {
		return publication.Content{Tables: []publication.Table{{
			Caption: publication.Same("断面"), Columns: []publication.Words{publication.Same("断面"), publication.Same("类别")}, Rows: rows,
		}}}
	}
	c := publication.Compare(table(row("a", "老鸦峡口", "IV"), row("b", "土官口", "III")), table(row("b", "土官口", "IV"), row("c", "入湟口", "IV")))
	added, gone, changed := c.Count()
	if added != 1 || gone != 1 || changed != 1 {
		t.Fatalf("%+v", c)
	}
	x := c.Tables[0].Changed[0]
	if x.Name.In("") != "土官口" || x.Cells[0].Column != 1 || x.Cells[0].Was.In("") != "III" || x.Cells[0].Now.In("") != "IV" {
		t.Errorf("%+v", x)
	}
}
