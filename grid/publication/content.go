package publication

import "maps"

// Words are words in several languages by tag; what stands under "" is the same in every language, such as a figure or the
// name of an enterprise. A language that is missing is read in zh-CN.
type Words map[string]string

// Same are words that are the same in every language.
func Same(s string) Words { return Words{"": s} }

// In is what a reader of that language reads.
func (w Words) In(lang string) string {
	for _, l := range []string{lang, "zh-CN", ""} {
		if s, ok := w[l]; ok {
			return s
		}
	}
	return ""
}

// Equal tells whether a reader of any language reads the same.
func (w Words) Equal(v Words) bool { return maps.Equal(w, v) }

// Content is what is published: it is frozen when it is drafted, in all languages, and sealed when it is published.
type Content struct {
	Title  Words   `json:"title"`
	Intro  Words   `json:"intro,omitempty"`
	Notes  []Words `json:"notes,omitempty"` // below the tables: how it was counted, what is missing and why
	Tables []Table `json:"tables,omitempty"`
}

// Table is one table. Its caption is unique in the content and, like its columns, the same in every issue: by it a table is
// compared with the one of the issue before.
type Table struct {
	Caption Words   `json:"caption"`
	Columns []Words `json:"columns"`
	Rows    []Row   `json:"rows,omitempty"`
}

// Row is a line of a table: as many cells as the table has columns.
type Row struct {
	Key   string  `json:"key"` // unique in the table; says in the next issue which row this one was
	Cells []Words `json:"cells"`
}

// Empty tells whether no table has a row: nothing is on record for the period.
func (c Content) Empty() bool {
	for _, t := range c.Tables {
		if len(t.Rows) > 0 {
			return false
		}
	}
	return true
}
