package web

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// sectionReadings is every public reading of a section's months that are over, the oldest first, for spreadsheets: UTF-8 with the mark
// that they look for, and nothing that one would take for a formula.
func (s *Site) sectionReadings(v *visit) (page, error) {
	x, months, err := s.askedSection(v)
	if err != nil {
		return page{}, err
	}
	var readings []water.PublicReading
	for _, j := range months {
		for _, r := range j.Readings {
			if p, ok := r.Public(); ok {
				readings = append(readings, p)
			}
		}
	}
	slices.SortStableFunc(readings, func(a, b water.PublicReading) int { return cmp.Compare(a.Day, b.Day) })
	return page{file: &download{name: x.ID + ".csv", kind: "text/csv; charset=utf-8", data: s.readingsTable(v, x, readings)}}, nil
}

// readingsTable writes the items that any of the readings has, or the counts of samples where the section is counted.
func (s *Site) readingsTable(v *visit, x water.Section, readings []water.PublicReading) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	line := func(cells []string) {
		for i := range cells {
			cells[i] = publication.AsText(cells[i])
		}
		_ = w.Write(cells) // into memory
	}
	items := slices.DeleteFunc(slices.Clone(s.o.Water.Rules.Standard.Items), func(i water.Item) bool {
		return !slices.ContainsFunc(readings, func(r water.PublicReading) bool { _, ok := r.Values[i.Code]; return ok })
	})
	head := []string{v.t("web.section.name"), v.t("web.section.day")}
	for _, i := range items {
		name := texts.Names(i.Names).In(v.lang)
		if i.Unit != "" {
			name += " (" + i.Unit + ")"
		}
		head = append(head, name)
	}
	line(append(head, v.t("web.section.tested"), v.t("web.section.passed"), v.t("web.section.corrected")))
	for _, r := range readings {
		cells := []string{texts.Names(x.Names).In(v.lang), r.Day}
		for _, i := range items {
			value, ok := r.Values[i.Code]
			if !ok {
				cells = append(cells, "")
				continue
			}
			cells = append(cells, value.String())
		}
		tested, passed, corrected := "", "", ""
		if r.Check != nil {
			tested, passed = strconv.Itoa(r.Check.Tested), strconv.Itoa(r.Check.Passed)
		}
		if r.Corrected {
			corrected = v.t("web.section.is_corrected")
		}
		line(append(cells, tested, passed, corrected))
	}
	w.Flush()
	return b.Bytes()
}
