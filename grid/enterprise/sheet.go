package enterprise

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
)

// yes stands in a column that is either ticked or empty.
const yes = "yes"

// ToTable is the register as an office edits it: one row for each enterprise on it. A row that is taken away takes the enterprise off
// the register; what was stays. names are those of their sites.
func ToTable(all []Enterprise, names map[site.Number]string) sheet.Table {
	t := sheet.Table{Kind: sheet.Enterprises}
	for _, e := range all {
		if e.Gone.IsZero() {
			t.Rows = append(t.Rows, sheet.Row{Values: e.values(names[e.Number])})
		}
	}
	slices.SortFunc(t.Rows, func(a, b sheet.Row) int { return cmp.Compare(a.Values["number"], b.Values["number"]) })
	return t.Identify()
}

func (e Enterprise) values(name string) map[string]string {
	v := map[string]string{
		"number": string(e.Number), "name": name, "code": string(e.Code), "permit": e.Permit, "trade": string(e.Trade),
		"exempt": string(e.Exempt), "colour": string(e.Colour()),
	}
	if e.Key {
		v["key"] = yes
	}
	if e.Duty != nil {
		v["disclose"], v["disclose_from"] = string(e.Duty.Every), e.Duty.From
	}
	if e.Land != nil {
		v["land"], v["land_since"], v["land_words"] = string(e.Land.Risk), e.Land.Since, e.Land.Words
	}
	if e.Water != nil {
		v["water"], v["water_permit"], v["water_quota"], v["water_used"] = yes, e.Water.Permit, amount(e.Water.Quota), amount(e.Water.Used)
	}
	return v
}

func amount(v float64) string {
	if v == 0 {
		return ""
	}
	return number(v)
}

// Put puts the values of a row into the enterprise and lists the columns that cannot be what they say.
func (e *Enterprise) Put(v map[string]string) (wrong []string) {
	check := func(column string, ok bool) {
		if !ok {
			wrong = append(wrong, column)
		}
	}
	e.Number, e.Code, e.Permit = site.Number(v["number"]), CreditCode(v["code"]), v["permit"]
	e.Trade, e.Exempt, e.Key = Trade(v["trade"]), Exemption(v["exempt"]), v["key"] != ""
	check("number", e.Number.Valid())
	check("code", e.Code == "" || e.Code.Valid())
	check("trade", slices.Contains(Trades(), e.Trade))
	check("exempt", e.Exempt == "" || slices.Contains(Exemptions(), e.Exempt))
	check("key", v["key"] == "" || v["key"] == yes)
	check("water", v["water"] == "" || v["water"] == yes)
	e.putDuty(v, check)
	e.Land, e.Water = nil, nil
	if v["land"] != "" {
		e.Land = &Land{Risk: Risk(v["land"]), Since: v["land_since"], Words: v["land_words"]}
		check("land", slices.Contains(Risks(), e.Land.Risk))
	}
	if v["water"] != "" {
		e.Water = &WaterUser{Permit: v["water_permit"]}
		var ok bool
		e.Water.Quota, ok = cubic(v["water_quota"])
		check("water_quota", ok)
		e.Water.Used, ok = cubic(v["water_used"])
		check("water_used", ok)
	}
	return wrong
}

func (e *Enterprise) putDuty(v map[string]string, check func(string, bool)) {
	if v["disclose"] == "" {
		e.Duty = nil
		check("disclose_from", v["disclose_from"] == "")
		return
	}
	d := Duty{Every: plan.Period(v["disclose"]), From: v["disclose_from"]}
	if e.Duty != nil && e.Duty.Every == d.Every {
		d.Told = e.Duty.Told
	}
	e.Duty = &d
	check("disclose", slices.Contains(DutyPeriods(), d.Every))
	_, err := calendar.ParseDate(d.From)
	check("disclose_from", err == nil)
}

func cubic(s string) (float64, bool) {
	if s == "" {
		return 0, true
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && v >= 0 && v < 1e12
}

// Judge finds what is wrong with a table of enterprises: values that cannot be, and numbers of which there is no site.
func Judge(t sheet.Table, sites func(site.Number) bool) []sheet.Fault {
	var out []sheet.Fault
	codes := make(map[string]bool)
	for _, r := range t.Rows {
		fault := func(column string) {
			out = append(out, sheet.Fault{
				Rule: sheet.RuleColumn, Kind: sheet.Enterprises, Line: r.Line, ID: r.ID, Column: column, Value: r.Values[column],
			})
		}
		var e Enterprise
		wrong := e.Put(r.Values)
		for _, column := range wrong {
			fault(column)
		}
		if !slices.Contains(wrong, "number") && !sites(e.Number) {
			fault("number")
		}
		if code := r.Values["code"]; code != "" && codes[code] {
			fault("code")
		}
		codes[r.Values["code"]] = true
	}
	return out
}

// Edited is the enterprise as an edit of its row leaves it: taking the row away takes it off the register, putting it back brings it
// back. What is on record of it stays.
func Edited(e Enterprise, edit sheet.Edit, now time.Time) (Enterprise, Event) {
	event := Event{Did: Change}
	switch {
	case edit.Op == sheet.Remove:
		e.Gone = now
		return e, Event{Did: Remove}
	case e.Number == "":
		event.Did, e.Added = Register, now
	case edit.Op == sheet.Add:
		event.Did, e.Gone = Restore, time.Time{}
	}
	values := e.values("")
	if event.Did != Change {
		values = make(map[string]string)
	}
	values["number"] = edit.ID
	for _, f := range edit.Fields {
		values[f.Column] = f.After
		event.Fields = append(event.Fields, site.Field{Name: f.Column, Before: f.Before, After: f.After})
	}
	e.Put(values)
	return e, event
}
