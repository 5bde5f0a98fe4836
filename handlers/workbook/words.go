package workbook

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Lists are what may be chosen in the columns whose choices are the district's.
type Lists struct {
	Cells       []Cell
	Departments []string
	SiteKinds   []SiteKind
}

// Cell is a cell as it is chosen.
type Cell struct{ Code, Name string }

// SiteKind is a kind of site as it is chosen, by its names in every language.
type SiteKind struct {
	Code  string
	Names texts.Names
}

// Words reads and writes tables in the languages of the catalogue.
type Words struct {
	Catalogue *texts.Catalogue
	Lists     Lists
}

// label is the heading of a column.
func (w Words) label(lang texts.Lang, k sheet.Kind, c sheet.Column) string {
	return w.Catalogue.Plain(lang, "column."+string(k)+"."+c.Name, nil)
}

// Help says what goes into a column, with all that may be chosen where that is a closed set.
func (w Words) Help(lang texts.Lang, k sheet.Kind, c sheet.Column) string {
	help := w.Catalogue.Plain(lang, "column."+string(k)+"."+c.Name+".help", nil)
	if (c.Form == sheet.Choice || c.Form == sheet.Choices) && !c.Shown {
		help += "\n" + strings.Join(w.choices(lang, c), w.Catalogue.Plain(lang, "list.separator", nil))
	}
	return help
}

// Shown is a value as people read it in that language.
func (w Words) Shown(lang texts.Lang, c sheet.Column, v string) string {
	switch {
	case v == "":
		return ""
	case c.Form == sheet.Choice && slices.Contains(c.Of, v), c.Shown && c.Group != "" && w.Catalogue.Has(c.Group+v):
		return w.choice(lang, c, v)
	case c.Form == sheet.Choices:
		parts := strings.Split(v, ";")
		for i, p := range parts {
			if slices.Contains(c.Of, p) {
				parts[i] = w.choice(lang, c, p)
			}
		}
		return strings.Join(parts, w.Catalogue.Plain(lang, "list.separator", nil))
	case c.Form == sheet.Named:
		for _, k := range w.Lists.SiteKinds {
			if k.Code == v {
				return k.Names.In(lang)
			}
		}
	case c.Form == sheet.Place:
		for _, cell := range w.Lists.Cells {
			if cell.Code == v {
				return cell.Code + " " + cell.Name
			}
		}
	}
	return v
}

// choice is the name of a code of a closed set.
func (w Words) choice(lang texts.Lang, c sheet.Column, code string) string {
	return w.Catalogue.Plain(lang, c.Group+code, nil)
}

// choices are all that may be chosen in a column, as people read them.
func (w Words) choices(lang texts.Lang, c sheet.Column) []string {
	var out []string
	switch c.Form {
	case sheet.Choice, sheet.Choices:
		for _, code := range c.Of {
			out = append(out, w.choice(lang, c, code))
		}
	case sheet.Place:
		for _, cell := range w.Lists.Cells {
			out = append(out, w.Shown(lang, c, cell.Code))
		}
	case sheet.Named:
		for _, k := range w.Lists.SiteKinds {
			out = append(out, k.Names.In(lang))
		}
	case sheet.Bureau:
		out = w.Lists.Departments
	default: // anything may be written
	}
	return out
}

// value reads what somebody wrote into a cell; what it cannot make sense of stays as it is, for the judge to refuse.
func (w Words) value(c sheet.Column, v string, date1904 bool) string {
	v = clean(v)
	if c.Form != sheet.Long {
		v = strings.Join(strings.Fields(v), " ")
	}
	switch c.Form {
	case sheet.Choice:
		return w.code(c, v)
	case sheet.Choices:
		parts := strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(separators, r) })
		for i, p := range parts {
			parts[i] = w.code(c, p)
		}
		return strings.Join(parts, ";")
	case sheet.Code:
		return digits(v)
	case sheet.Place:
		return w.place(v)
	case sheet.Named:
		return w.siteKind(v)
	case sheet.Day:
		return day(v, date1904)
	default:
		return v
	}
}

// separators stand between the parts of a value, on any keyboard.
const separators = ";,\u3001\uFF0C\uFF1B/ \n"

// code finds what a choice is called in any language.
func (w Words) code(c sheet.Column, v string) string {
	for _, code := range c.Of {
		for _, lang := range texts.Langs() {
			if strings.EqualFold(v, w.choice(lang, c, code)) {
				return code
			}
		}
	}
	return strings.ToLower(v)
}

// siteKind finds what a kind of site is called in any language.
func (w Words) siteKind(v string) string {
	for _, k := range w.Lists.SiteKinds {
		for _, lang := range texts.Langs() {
			if strings.EqualFold(v, k.Names.In(lang)) || v == k.Code {
				return k.Code
			}
		}
	}
	return v
}

// place takes the code before a cell's name, or finds the one cell of that name.
func (w Words) place(v string) string {
	head, _, _ := strings.Cut(v, " ")
	head = digits(head)
	found := ""
	for _, cell := range w.Lists.Cells {
		switch {
		case cell.Code == head:
			return head
		case cell.Name == v && found != "":
			return v // two are called so
		case cell.Name == v:
			found = cell.Code
		}
	}
	if found != "" {
		return found
	}
	return v
}

// digits mends a code that a spreadsheet took for a number.
func digits(v string) string {
	if !strings.ContainsAny(v, ".eE") || strings.Trim(v, "0123456789.eE+") != "" {
		return v
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f != float64(int64(f)) {
		return v
	}
	return strconv.FormatInt(int64(f), 10)
}

// dayForms are how people write a day.
var dayForms = []string{time.DateOnly, "2006/1/2", "2006-1-2", "2006.1.2", "2006\u5E741\u67082\u65E5", "20060102", "2006-01-02 15:04:05", time.RFC3339}

// Day reads a day as people write it, or as the number that a spreadsheet keeps; anything else stays as it is.
func Day(v string, date1904 bool) string { return day(clean(v), date1904) }

// day reads a day as people write it, or as the number that a spreadsheet keeps.
func day(v string, date1904 bool) string {
	for _, form := range dayForms {
		if t, err := time.Parse(form, v); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	const first, last = 20000, 80000 // 1954 to 2119: no number of another kind
	if n, err := strconv.ParseFloat(v, 64); err == nil && n > first && n < last {
		if t, err := excelize.ExcelDateToTime(n, date1904); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return v
}
