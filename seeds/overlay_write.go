package seeds

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// page is a file made of a table, which remembers what stands in which line.
type page struct {
	file   string
	kind   sheet.Kind
	text   strings.Builder
	line   int
	spots  map[int]spot
	faults []sheet.Fault // that the file cannot even express
}

type spot struct {
	row    sheet.Row
	column string
}

func (p *page) bytes() []byte { return []byte(p.text.String()) }

// put writes one line, which stands for a column of a row.
func (p *page) put(at spot, line string, args ...any) {
	fmt.Fprintf(&p.text, line+"\n", args...)
	p.line++
	if at.row.Values != nil {
		p.spots[p.line] = at
	}
}

// write makes the file of a table; nil for a kind that has none.
func write(t sheet.Table) *page {
	p := &page{kind: t.Kind, spots: make(map[int]spot)}
	switch t.Kind {
	case sheet.Cells:
		p.file = cellsFile
		p.cells(t)
	case sheet.Categories:
		p.file = categoriesFile
		p.categories(t)
	case sheet.Settings:
		p.file = settingsFile
		p.settings(t)
	case sheet.Roster:
		p.file = rosterFile
		p.roster(t)
	default:
		return nil
	}
	return p
}

func (p *page) cells(t sheet.Table) {
	columns := sheet.Columns(sheet.Cells)
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.Name
	}
	p.put(spot{}, "%s", csvLine(record))
	for _, r := range t.Rows {
		for i, c := range columns {
			record[i] = strings.Join(strings.Fields(r.Values[c.Name]), " ")
		}
		p.put(spot{row: r}, "%s", csvLine(record))
	}
}

func csvLine(record []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(record) // into memory: cannot fail
	w.Flush()
	line := strings.TrimSuffix(b.String(), "\n")
	if strings.HasPrefix(line, "#") { // no remark
		line = `"` + strings.Replace(line, ",", `",`, 1)
	}
	return line
}

func (p *page) settings(t sheet.Table) {
	for _, r := range t.Rows {
		v := r.Values
		p.put(spot{r, "name"}, "%s:", quoted(v["name"]))
		p.put(spot{r, "value"}, "  value: %s", valueOf(v["name"], v["value"]))
		if v["unit"] != "" {
			p.put(spot{r, "unit"}, "  unit: %s", quoted(v["unit"]))
		}
		p.put(spot{r, "source"}, "  source: %s", quoted(v["source"]))
		p.put(spot{r, "status"}, "  status: %s", quoted(v["status"]))
		if v["note"] != "" {
			p.put(spot{r, "note"}, "  note: %s", quoted(v["note"]))
		}
	}
}

func (p *page) categories(t sheet.Table) {
	p.put(spot{}, "categories:")
	kinds := make(map[string][]sheet.Row)
	for _, r := range t.Rows {
		parent := r.Values["parent"]
		if parent == "" {
			continue
		}
		if above, ok := t.Row(parent); !ok || above.Values["parent"] != "" {
			p.faults = append(p.faults, sheet.Fault{
				Rule: sheet.RuleColumn, Kind: p.kind, Line: r.Line, ID: r.ID, Column: "parent", Value: parent,
			})
		}
		kinds[parent] = append(kinds[parent], r)
	}
	for _, r := range t.Rows {
		if r.Values["parent"] != "" {
			continue
		}
		p.category(r, "  ")
		p.put(spot{r, "evidence"}, "    evidence: %s", flowList(parts(r.Values["evidence"])))
		if len(kinds[r.ID]) > 0 {
			p.put(spot{}, "    kinds:")
		}
		for _, k := range kinds[r.ID] {
			p.category(k, "      ")
		}
	}
}

// category writes what a category and a kind have in common.
func (p *page) category(r sheet.Row, indent string) {
	v := r.Values
	p.put(spot{r, "code"}, "%s- code: %s", indent, quoted(v["code"]))
	names := "zh-CN: " + quoted(v["name_zh"])
	if v["name_en"] != "" {
		names += ", en: " + quoted(v["name_en"])
	}
	p.put(spot{r, "name_zh"}, "%s  names: {%s}", indent, names)
	if v["lead"] != "" || v["parent"] == "" {
		p.put(spot{r, "lead"}, "%s  lead: %s", indent, quoted(v["lead"]))
	}
	p.put(spot{r, "words"}, "%s  words: %s", indent, flowList(strings.Fields(v["words"])))
}

// roster writes a person's rows as one entry. It is never a sample: who it is about is known by other means.
func (p *page) roster(t sheet.Table) {
	p.put(spot{}, "sample: false")
	if len(t.Rows) == 0 {
		p.put(spot{}, "officers: []")
		return
	}
	p.put(spot{}, "officers:")
	var order []string
	rows := make(map[string][]sheet.Row)
	for _, r := range t.Rows {
		id := r.Values["officer"]
		if rows[id] == nil {
			order = append(order, id)
		}
		rows[id] = append(rows[id], r)
	}
	for _, id := range order {
		first := rows[id][0]
		p.put(spot{first, "officer"}, "  - id: %s", quoted(id))
		p.put(spot{first, "name"}, "    name: %s", quoted(first.Values["name"]))
		for _, column := range []string{"title", "deputy"} {
			if v := first.Values[column]; v != "" {
				p.put(spot{first, column}, "    %s: %s", column, quoted(v))
			}
		}
		p.put(spot{}, "    appointments:")
		for _, r := range rows[id] {
			p.appointment(r)
		}
	}
}

func (p *page) appointment(r sheet.Row) {
	v := r.Values
	begins := spot{r, "role"}
	if grid.Role(v["role"]) == grid.Clerk && v["department"] == "" {
		begins.column = "department" // what is missing is a fault of the entry, which begins here
	}
	p.put(begins, "      - role: %s", quoted(v["role"]))
	p.put(spot{r, "cell"}, "        cells: [%s]", quoted(v["cell"]))
	p.put(spot{r, "from"}, "        from: %s", quoted(v["from"]))
	if v["department"] != "" {
		p.put(spot{r, "department"}, "        department: %s", quoted(v["department"]))
	}
	if v["until"] != "" {
		p.put(spot{r, "until"}, "        until: %s", quoted(v["until"]))
	}
}

// parts are the entries of a value that semicolons separate.
func parts(s string) []string {
	return slices.DeleteFunc(strings.Split(s, ";"), func(p string) bool { return strings.TrimSpace(p) == "" })
}

func flowList(items []string) string {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = quoted(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// quoted is a text that YAML reads as it is.
func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil && !errors.Is(err, io.EOF) {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
