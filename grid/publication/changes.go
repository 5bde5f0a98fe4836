package publication

import "slices"

// Changes is what became of the tables since another issue. Rows are known by their keys, so their order does not count.
type Changes struct {
	Tables []TableChange `json:"tables,omitempty"` // those in which something changed
}

// TableChange is what became of one table.
type TableChange struct {
	Caption Words       `json:"caption"`
	Columns []Words     `json:"columns"`
	New     bool        `json:"new,omitempty"` // there was none with these columns
	End     bool        `json:"end,omitempty"` // there is none any more
	Added   []Row       `json:"added,omitempty"`
	Gone    []Row       `json:"gone,omitempty"`
	Changed []RowChange `json:"changed,omitempty"`
}

// RowChange is what became of a row that is in both.
type RowChange struct {
	Key   string       `json:"key"`
	Name  Words        `json:"name"` // its first cell, as it is now
	Cells []CellChange `json:"cells"`
}

// CellChange is a cell that is not what it was.
type CellChange struct {
	Column int   `json:"column"` // from 0
	Was    Words `json:"was"`
	Now    Words `json:"now"`
}

// Empty tells whether nothing changed.
func (c Changes) Empty() bool { return len(c.Tables) == 0 }

// Count is how many rows came, went and changed.
func (c Changes) Count() (added, gone, changed int) {
	for _, t := range c.Tables {
		added, gone, changed = added+len(t.Added), gone+len(t.Gone), changed+len(t.Changed)
	}
	return added, gone, changed
}

// Compare tells what changed from one content to the next.
func Compare(before, after Content) Changes {
	var out Changes
	for _, t := range after.Tables {
		was, ok := tableOf(before, t)
		change := TableChange{Caption: t.Caption, Columns: t.Columns, New: !ok, Added: missing(t.Rows, was.Rows), Gone: missing(was.Rows, t.Rows)}
		for _, r := range t.Rows {
			if old, there := rowOf(was.Rows, r.Key); there {
				if cells := differ(old, r); len(cells) > 0 {
					change.Changed = append(change.Changed, RowChange{Key: r.Key, Name: r.name(), Cells: cells})
				}
			}
		}
		if !ok || len(change.Added)+len(change.Gone)+len(change.Changed) > 0 {
			out.Tables = append(out.Tables, change)
		}
	}
	for _, t := range before.Tables {
		if _, stays := tableOf(after, t); !stays {
			out.Tables = append(out.Tables, TableChange{Caption: t.Caption, Columns: t.Columns, End: true, Gone: t.Rows})
		}
	}
	return out
}

func (r Row) name() Words {
	if len(r.Cells) == 0 {
		return Same(r.Key)
	}
	return r.Cells[0]
}

// tableOf finds the table with the caption and the columns of t.
func tableOf(c Content, t Table) (Table, bool) {
	i := slices.IndexFunc(c.Tables, func(x Table) bool {
		return x.Caption.Equal(t.Caption) && slices.EqualFunc(x.Columns, t.Columns, Words.Equal)
	})
	if i < 0 {
		return Table{}, false
	}
	return c.Tables[i], true
}

func rowOf(rows []Row, key string) (Row, bool) {
	i := slices.IndexFunc(rows, func(r Row) bool { return r.Key == key })
	if i < 0 {
		return Row{}, false
	}
	return rows[i], true
}

// missing are the rows whose keys the others lack.
func missing(rows, others []Row) []Row {
	have := make(map[string]bool, len(others))
	for _, r := range others {
		have[r.Key] = true
	}
	var out []Row
	for _, r := range rows {
		if !have[r.Key] {
			out = append(out, r)
		}
	}
	return out
}

// differ lists the cells in which two rows of the same columns are not the same.
func differ(was, now Row) []CellChange {
	var out []CellChange
	for i := range now.Cells {
		if !was.Cells[i].Equal(now.Cells[i]) {
			out = append(out, CellChange{Column: i, Was: was.Cells[i], Now: now.Cells[i]})
		}
	}
	return out
}

// Apply makes the tables after of those before; rows that came stand behind those that stayed.
func (c Changes) Apply(before Content) Content {
	after := Content{Title: before.Title, Intro: before.Intro, Notes: before.Notes}
	for _, t := range before.Tables {
		i := slices.IndexFunc(c.Tables, func(x TableChange) bool {
			return x.Caption.Equal(t.Caption) && slices.EqualFunc(x.Columns, t.Columns, Words.Equal)
		})
		switch {
		case i < 0:
			after.Tables = append(after.Tables, t)
		case !c.Tables[i].End:
			after.Tables = append(after.Tables, c.Tables[i].apply(t))
		}
	}
	for _, t := range c.Tables {
		if t.New {
			after.Tables = append(after.Tables, Table{Caption: t.Caption, Columns: t.Columns, Rows: t.Added})
		}
	}
	return after
}

func (c TableChange) apply(t Table) Table {
	rows := make([]Row, 0, len(t.Rows)+len(c.Added))
	for _, r := range missing(t.Rows, c.Gone) {
		cells := slices.Clone(r.Cells)
		for _, x := range c.Changed {
			if x.Key == r.Key {
				for _, cell := range x.Cells {
					cells[cell.Column] = cell.Now
				}
			}
		}
		rows = append(rows, Row{Key: r.Key, Cells: cells})
	}
	return Table{Caption: t.Caption, Columns: t.Columns, Rows: append(rows, c.Added...)}
}
