package sheet

import (
	"cmp"
	"maps"
	"slices"
)

// Op is what happens to a row.
type Op string

// The operations.
const (
	Add    Op = "add"
	Change Op = "change"
	Remove Op = "remove"
)

// Edit is what happens to one row.
type Edit struct {
	Op     Op      `json:"o"`
	ID     string  `json:"id"`
	At     int     `json:"at,omitempty"` // place in the table: after an addition, before a removal
	Fields []Field `json:"f"`
	Line   int     `json:"-"` // of the file that it was read from; 0 for a removal
}

// Field is one value before and after.
type Field struct {
	Column string `json:"c"`
	Before string `json:"b,omitempty"`
	After  string `json:"a,omitempty"`
}

// Diff lists what makes one table of the other, removals first, then what stays or comes in the order of after. The
// order of rows alone is no difference.
func Diff(before, after Table) []Edit {
	was, will := positions(before), positions(after)
	var out []Edit
	for i, r := range before.Rows {
		if _, stays := will[r.ID]; !stays {
			out = append(out, Edit{Op: Remove, ID: r.ID, At: i, Fields: fields(before.Kind, r.Values, nil)})
		}
	}
	for i, r := range after.Rows {
		at, had := was[r.ID]
		if !had {
			out = append(out, Edit{Op: Add, ID: r.ID, At: i, Line: r.Line, Fields: fields(after.Kind, nil, r.Values)})
			continue
		}
		if f := fields(after.Kind, before.Rows[at].Values, r.Values); len(f) > 0 {
			out = append(out, Edit{Op: Change, ID: r.ID, Line: r.Line, Fields: f})
		}
	}
	return out
}

func positions(t Table) map[string]int {
	out := make(map[string]int, len(t.Rows))
	for i, r := range t.Rows {
		out[r.ID] = i
	}
	return out
}

// fields lists the values that differ, in the order of the columns.
func fields(k Kind, before, after map[string]string) []Field {
	var out []Field
	for _, c := range columns[k] {
		if !c.Shown && before[c.Name] != after[c.Name] {
			out = append(out, Field{Column: c.Name, Before: before[c.Name], After: after[c.Name]})
		}
	}
	return out
}

// Invert lists what undoes the edits.
func Invert(edits []Edit) []Edit {
	opposite := map[Op]Op{Add: Remove, Remove: Add, Change: Change}
	out := make([]Edit, len(edits))
	for i, e := range edits {
		inverse := Edit{Op: opposite[e.Op], ID: e.ID, At: e.At, Fields: make([]Field, len(e.Fields))}
		for j, f := range e.Fields {
			inverse.Fields[j] = Field{Column: f.Column, Before: f.After, After: f.Before}
		}
		out[i] = inverse
	}
	return out
}

// Stale tells which edits were made from something else than the table says now: somebody changed it since.
func Stale(t Table, edits []Edit) []Edit {
	at := positions(t)
	var out []Edit
	for _, e := range edits {
		i, there := at[e.ID]
		if there == (e.Op == Add) || there && !unchanged(t.Rows[i], e.Fields) {
			out = append(out, e)
		}
	}
	return out
}

func unchanged(r Row, fields []Field) bool {
	return !slices.ContainsFunc(fields, func(f Field) bool { return r.Values[f.Column] != f.Before })
}

// Apply makes the edits, whatever the table says now: a row that is gone is not changed, and one that is there already
// is changed instead of added. Ask Stale before where that matters.
func Apply(t Table, edits []Edit) Table {
	out := Table{Kind: t.Kind, Rows: slices.Clone(t.Rows)}
	var added []Edit
	gone := make(map[string]bool)
	at := positions(t)
	for _, e := range edits {
		i, there := at[e.ID]
		switch {
		case e.Op == Remove:
			gone[e.ID] = true
		case there:
			out.Rows[i] = e.on(out.Rows[i])
		case e.Op == Add:
			added = append(added, e)
		}
	}
	out.Rows = slices.DeleteFunc(out.Rows, func(r Row) bool { return gone[r.ID] })
	slices.SortStableFunc(added, func(a, b Edit) int { return cmp.Compare(a.At, b.At) })
	for _, e := range added {
		out.Rows = slices.Insert(out.Rows, min(e.At, len(out.Rows)), e.on(Row{ID: e.ID}))
	}
	return out
}

// on is the row as the edit leaves it.
func (e Edit) on(r Row) Row {
	values := maps.Clone(r.Values)
	if values == nil {
		values = make(map[string]string, len(e.Fields))
	}
	for _, f := range e.Fields {
		values[f.Column] = f.After
	}
	return Row{ID: r.ID, Values: values, Line: e.Line}
}

// After is the value of a column that the edit brings, or the one that it takes away.
func (e Edit) After(column string) string {
	for _, f := range e.Fields {
		if f.Column == column {
			return cmp.Or(f.After, f.Before)
		}
	}
	return ""
}
