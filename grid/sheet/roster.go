package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

func roles() []string {
	out := make([]string, 0, len(grid.Roles()))
	for _, r := range grid.Roles() {
		out = append(out, string(r))
	}
	return out
}

// FromRoster is the roster as a table: one row for each appointment that has not ended. What has ended is history, which
// no table can change.
func FromRoster(r *grid.Roster, now time.Time, loc *time.Location) Table {
	t := Table{Kind: Roster}
	for _, o := range r.Officers() {
		for _, a := range o.Appointments {
			if ended(a, now) {
				continue
			}
			t.Rows = append(t.Rows, Row{Values: map[string]string{
				"officer": string(o.ID), "name": o.Name, "title": o.Title, "deputy": string(o.Deputy), "account": account(o),
				"role": string(a.Role), "cell": string(a.Cell), "department": string(a.Department),
				"from": day(a.From, loc), "until": day(a.Until, loc),
			}})
		}
	}
	return distinct(t.Identify())
}

// distinct drops appointments that say the same twice: made on the same day, one of them holds what both do.
func distinct(t Table) Table {
	seen := make(map[string]bool, len(t.Rows))
	t.Rows = slices.DeleteFunc(t.Rows, func(r Row) bool {
		twice := seen[r.ID]
		seen[r.ID] = true
		return twice
	})
	return t
}

func ended(a grid.Appointment, now time.Time) bool { return !a.Until.IsZero() && !now.Before(a.Until) }

func account(o grid.Officer) string {
	switch {
	case o.Reachable():
		return "present"
	case o.Blocked:
		return "blocked"
	}
	return "absent"
}

func day(t time.Time, loc *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(loc).Format(time.DateOnly)
}

// NameNew gives everybody who has no ID yet one that follows from the name, so that the same sheet read twice means the
// same people. A new person with the name of somebody on the roster is a fault: it may be the same one.
func NameNew(t Table, r *grid.Roster) (Table, []Fault) {
	names := make(map[string]bool)
	for _, o := range r.Officers() {
		names[o.Name] = true
	}
	var faults []Fault
	rows := slices.Clone(t.Rows)
	for i, row := range rows {
		name := row.Values["name"]
		if row.Values["officer"] != "" || name == "" {
			continue
		}
		if names[name] {
			faults = append(faults, Fault{Rule: RuleNamesake, Kind: Roster, Line: row.Line, Column: "officer", Value: name})
		}
		sum := sha256.Sum256([]byte(name))
		rows[i] = Edit{Line: row.Line, Fields: []Field{{Column: "officer", After: "o" + hex.EncodeToString(sum[:4])}}}.on(row)
	}
	t.Rows = rows
	return t.Identify(), faults
}

// OnePerson finds rows of one person that say different things of them.
func OnePerson(t Table) []Fault {
	first := make(map[string]Row)
	var out []Fault
	for _, r := range t.Rows {
		id := r.Values["officer"]
		before, again := first[id]
		if !again {
			first[id] = r
			continue
		}
		for _, column := range []string{"name", "title", "deputy"} {
			if r.Values[column] != before.Values[column] {
				out = append(out, Fault{Rule: RuleOnePerson, Kind: Roster, Line: r.Line, ID: id, Column: column, Value: r.Values[column]})
			}
		}
	}
	return out
}

// Officers are the entries of the roster that the edits change, as they leave them. A row that is taken away ends the
// appointment at now: nothing of who was responsible when is ever deleted.
func Officers(r *grid.Roster, edits []Edit, now time.Time, loc *time.Location) []grid.Officer {
	changed := make(map[grid.OfficerID]*grid.Officer)
	var order []grid.OfficerID
	for _, e := range edits {
		a, id := appointment(e, loc)
		o, ok := changed[id]
		if !ok {
			entry, _ := r.Officer(id)
			entry.ID, entry.Appointments = id, slices.Clone(entry.Appointments)
			o = &entry
			changed[id], order = o, append(order, id)
		}
		e.describe(o)
		e.appoint(o, a, now, loc)
	}
	out := make([]grid.Officer, 0, len(order))
	for _, id := range order {
		out = append(out, *changed[id])
	}
	return out
}

// appointment reads what the edit's row is: its ID has all of it but the end.
func appointment(e Edit, loc *time.Location) (grid.Appointment, grid.OfficerID) {
	v := strings.Split(e.ID, identitySeparator)
	for len(v) < identityParts {
		v = append(v, "")
	}
	return grid.Appointment{
		Role: grid.Role(v[1]), Cell: grid.CellCode(v[2]), Department: grid.Department(v[3]), From: parseDay(v[4], loc),
		Until: parseDay(e.until(), loc),
	}, grid.OfficerID(v[0])
}

func (e Edit) until() string {
	for _, f := range e.Fields {
		if f.Column == "until" {
			return f.After
		}
	}
	return ""
}

func parseDay(s string, loc *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, loc)
	if err != nil {
		return time.Time{}
	}
	return t
}

// describe changes what the roster says of the person.
func (e Edit) describe(o *grid.Officer) {
	if e.Op == Remove {
		return
	}
	for _, f := range e.Fields {
		switch f.Column {
		case "name":
			o.Name = f.After
			o.Sample = o.Sample && f.Before == "" // a name that was put in by hand is nobody's invention
		case "title":
			o.Title = f.After
		case "deputy":
			o.Deputy = grid.OfficerID(f.After)
		}
	}
}

// appoint begins an appointment, ends it or sets its end. One that has ended is history: it is begun anew, not gone on
// with, and not before it had ended.
func (e Edit) appoint(o *grid.Officer, a grid.Appointment, now time.Time, loc *time.Location) {
	lasts := false
	for i, b := range o.Appointments {
		switch {
		case !alike(a, b):
		case ended(b, now):
			a.From = latest(a.From, b.Until)
		case day(b.From, loc) != day(a.From, loc):
		case e.Op == Remove:
			o.Appointments[i].Until = latest(now, b.From)
		default:
			lasts = true
			if e.Op == Add || e.changes("until") {
				o.Appointments[i].Until = a.Until
			}
		}
	}
	if e.Op == Add && !lasts {
		o.Appointments = append(o.Appointments, a)
	}
}

// alike tells whether two appointments are to the same role in the same place.
func alike(a, b grid.Appointment) bool {
	return a.Role == b.Role && a.Cell == b.Cell && a.Department == b.Department
}

func (e Edit) changes(column string) bool {
	return slices.ContainsFunc(e.Fields, func(f Field) bool { return f.Column == column })
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// History finds edits that would rewrite who was responsible: an end that is over, or a beginning in a time for which
// the roster has the same appointment already.
func History(r *grid.Roster, edits []Edit, now time.Time, loc *time.Location) []Fault {
	var out []Fault
	for _, e := range edits {
		a, id := appointment(e, loc)
		o, _ := r.Officer(id)
		fault := Fault{Rule: RuleHistory, Kind: Roster, Line: e.Line, ID: e.ID}
		if e.Op != Remove && e.changes("until") && !a.Until.IsZero() && !now.Before(a.Until) {
			fault.Column, fault.Value = "until", day(a.Until, loc)
			out = append(out, fault)
		}
		over := func(b grid.Appointment) bool {
			return alike(a, b) && ended(b, now) && day(a.From, loc) < day(b.Until, loc)
		}
		if e.Op == Add && slices.ContainsFunc(o.Appointments, over) {
			fault.Column, fault.Value = "from", day(a.From, loc)
			out = append(out, fault)
		}
	}
	return out
}

// Restore makes the inverse of edits fit for today: an appointment that was ended begins anew, now.
func Restore(edits []Edit, now time.Time, loc *time.Location) []Edit {
	today := day(now, loc)
	out := slices.Clone(edits)
	for i, e := range out {
		if e.Op != Add || e.After("from") >= today {
			continue
		}
		out[i].Fields = slices.Clone(e.Fields)
		values := make(map[string]string)
		for j, f := range out[i].Fields {
			if f.Column == "from" {
				out[i].Fields[j].After = today
			}
			values[f.Column] = out[i].Fields[j].After
		}
		out[i].ID = identity(Roster, values)
	}
	return out
}
