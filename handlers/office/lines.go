package office

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// shortest is how much of a long value is shown in a line, in characters.
const shortest = 60

// EditLines says each edit of a table in a line, as Telegram HTML.
func (o *Office) EditLines(lang texts.Lang, t sheet.Table, edits []sheet.Edit) []string {
	out := make([]string, len(edits))
	for i, e := range edits {
		row := o.row(lang, t, e)
		out[i] = o.Texts.T(lang, "sheet.edit."+string(e.Op), texts.Args{"row": row, "what": texts.Raw(o.what(lang, t.Kind, e))})
		if t.Kind == sheet.Roster && e.Op == sheet.Remove {
			out[i] = o.Texts.T(lang, "sheet.edit.end", texts.Args{"row": row})
		}
	}
	return out
}

// row tells which row an edit is about.
func (o *Office) row(lang texts.Lang, t sheet.Table, e sheet.Edit) string {
	k := t.Kind
	there, _ := t.Row(e.ID)
	if k == sheet.Roster {
		id := strings.Split(e.ID, "|")
		v := func(column string, i int) string {
			if i < len(id) {
				return o.value(lang, k, column, id[i])
			}
			return ""
		}
		return strings.TrimSpace(cmp.Or(e.After("name"), there.Values["name"]) + " " + v("officer", 0) + " " + v("role", 1) + " " + v("cell", 2) + " " + v("department", 3))
	}
	if meaning := "setting." + e.ID; k == sheet.Settings && o.Texts.Has(meaning) {
		return e.ID + " " + o.Texts.Plain(lang, meaning, nil)
	}
	for _, column := range []string{"name", "name_zh"} {
		if name := cmp.Or(there.Values[column], e.After(column)); name != "" && name != e.ID {
			return e.ID + " " + name
		}
	}
	return e.ID
}

// what says what an edit does to the values of its row.
func (o *Office) what(lang texts.Lang, k sheet.Kind, e sheet.Edit) string {
	var parts []string
	for _, f := range e.Fields {
		label := o.label(lang, k, f.Column)
		before, after := o.value(lang, k, f.Column, f.Before), o.value(lang, k, f.Column, f.After)
		switch {
		case form(k, f.Column) == sheet.Words:
			parts = append(parts, o.words(lang, label, f))
		case e.Op == sheet.Change:
			parts = append(parts, o.Texts.T(lang, "sheet.field.change", texts.Args{"column": label, "before": o.brief(lang, before), "after": o.brief(lang, after)}))
		case !told(k, f.Column) && e.Op == sheet.Add:
			parts = append(parts, o.Texts.T(lang, "sheet.field.add", texts.Args{"column": label, "after": o.brief(lang, after)}))
		}
	}
	return strings.Join(parts, o.Texts.T(lang, "sheet.field.separator", nil))
}

// told tells columns that say already which row it is.
func told(k sheet.Kind, column string) bool {
	switch k {
	case sheet.Roster:
		return slices.Contains([]string{"officer", "name", "role", "cell", "department"}, column)
	case sheet.Cells, sheet.Categories:
		return column == "code" || column == "name" || column == "name_zh"
	case sheet.Sites, sheet.Enterprises:
		return column == "number" || column == "name"
	default:
		return false
	}
}

// words says which words come and which go, for nobody finds them in the whole of a list.
func (o *Office) words(lang texts.Lang, label string, f sheet.Field) string {
	before, after := strings.Fields(f.Before), strings.Fields(f.After)
	less := func(a, b []string) string {
		var out []string
		for _, w := range a {
			if !slices.Contains(b, w) {
				out = append(out, w)
			}
		}
		return o.brief(lang, strings.Join(out, " "))
	}
	return o.Texts.T(lang, "sheet.field.words", texts.Args{"column": label, "gone": less(before, after), "come": less(after, before)})
}

// FaultLines says each fault in a line, as Telegram HTML: where, what stands there, and what would be right.
func (o *Office) FaultLines(lang texts.Lang, k sheet.Kind, faults []sheet.Fault) []string {
	out := make([]string, len(faults))
	for i, f := range faults {
		out[i] = o.faultLine(lang, k, f)
	}
	return out
}

func (o *Office) faultLine(lang texts.Lang, k sheet.Kind, f sheet.Fault) string {
	args := texts.Args{
		"value": o.brief(lang, o.value(lang, k, f.Column, f.Value)), "table": texts.Text{}, "detail": f.Detail,
		"rule": texts.Text{Key: "sheet.rule." + string(k)}, "row": o.brief(lang, strings.ReplaceAll(f.ID, "|", " ")),
		"line": f.Line, "column": texts.Text{}, "help": texts.Text{},
	}
	if f.Kind != "" {
		args["table"] = texts.Text{Key: "sheet.kind." + string(f.Kind)}
	}
	if f.Column != "" && f.Kind != "" {
		args["column"] = texts.Text{Key: "column." + string(f.Kind) + "." + f.Column}
		args["help"] = o.help(lang, f.Kind, f.Column)
	}
	sentence := o.Texts.T(lang, "sheet.fault."+string(f.Rule), args)
	switch {
	case f.Line > 0 && f.Column != "":
		return o.Texts.T(lang, "sheet.at.cell", args) + sentence
	case f.Line > 0:
		return o.Texts.T(lang, "sheet.at.line", args) + sentence
	}
	return sentence
}

func (o *Office) help(lang texts.Lang, k sheet.Kind, column string) string {
	for _, c := range sheet.Columns(k) {
		if c.Name == column {
			return strings.ReplaceAll(o.Words().Help(lang, k, c), "\n", o.Texts.Plain(lang, "sheet.field.separator", nil))
		}
	}
	return ""
}

func (o *Office) label(lang texts.Lang, k sheet.Kind, column string) string {
	return o.Texts.Plain(lang, "column."+string(k)+"."+column, nil)
}

func (o *Office) value(lang texts.Lang, k sheet.Kind, column, v string) string {
	for _, c := range sheet.Columns(k) {
		if c.Name == column {
			return o.Words().Shown(lang, c, v)
		}
	}
	return v
}

func form(k sheet.Kind, column string) sheet.Form {
	for _, c := range sheet.Columns(k) {
		if c.Name == column {
			return c.Form
		}
	}
	return ""
}

// brief is a value that fits a line; an empty one says that it is.
func (o *Office) brief(lang texts.Lang, v string) string {
	v = strings.Join(strings.Fields(v), " ")
	if v == "" {
		return o.Texts.Plain(lang, "sheet.nothing", nil)
	}
	if utf8.RuneCountInString(v) > shortest {
		return string([]rune(v)[:shortest]) + "\u2026"
	}
	return v
}

// Annotated is the table as a workbook with what was found in each row beside it: the rows that would go come last.
func (o *Office) Annotated(lang texts.Lang, p Proposal) ([]byte, error) {
	t := sheet.Table{Kind: p.Table.Kind, Rows: slices.Clone(p.Table.Rows)}
	remarks := make(map[int]string)
	const first = 2 // below the headings
	note := func(i int, line string) {
		remarks[i+first] = strings.TrimPrefix(remarks[i+first]+"\n"+Plain(line), "\n")
	}
	at := func(id string, line int) int {
		return slices.IndexFunc(t.Rows, func(r sheet.Row) bool { return line > 0 && r.Line == line || line == 0 && r.ID == id })
	}
	for i, line := range o.FaultLines(lang, t.Kind, p.Faults) {
		if row := at(p.Faults[i].ID, p.Faults[i].Line); row >= 0 {
			note(row, line)
		}
	}
	for i, line := range o.EditLines(lang, t, p.Edits) {
		e := p.Edits[i]
		row := at(e.ID, e.Line)
		if row < 0 {
			values := make(map[string]string)
			for _, f := range e.Fields {
				values[f.Column] = f.Before
			}
			t.Rows = append(t.Rows, sheet.Row{ID: e.ID, Values: values})
			row = len(t.Rows) - 1
		}
		note(row, line)
	}
	return o.Words().Write(lang, t, remarks)
}

var tagless = strings.NewReplacer("<b>", "", "</b>", "", "<i>", "", "</i>", "", "<code>", "", "</code>", "", "&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&")

// Plain is a line without Telegram's HTML.
func Plain(line string) string { return tagless.Replace(line) }
