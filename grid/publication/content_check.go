package publication

import "fmt"

// Check refuses a content that could not be compared or read: tables are told apart by their captions and rows by their keys,
// and a row fills its columns. An error of ours: whoever draws it up is a part of the program.
func (c Content) Check() error {
	wrong := func(form string, args ...any) error {
		return fmt.Errorf("publication: "+form, args...)
	}
	if len(c.Title) == 0 {
		return wrong("no title")
	}
	for i, t := range c.Tables {
		rows := make(map[string]bool)
		for _, r := range t.Rows {
			if r.Key == "" || rows[r.Key] || len(r.Cells) != len(t.Columns) {
				return wrong("table %d, row %q: no key, one that is taken, or %d cells for %d columns", i, r.Key, len(r.Cells), len(t.Columns))
			}
			rows[r.Key] = true
		}
		for _, other := range c.Tables[:i] {
			if other.Caption.Equal(t.Caption) {
				return wrong("table %d has the caption of another", i)
			}
		}
	}
	return nil
}
