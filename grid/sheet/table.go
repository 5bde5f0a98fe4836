package sheet

import (
	"slices"
	"strings"
)

// Kind says what a table is of.
type Kind string

// The kinds.
const (
	Roster     Kind = "roster"     // appointments: who is what, where, from when until when
	Cells      Kind = "cells"      // the grid tree
	Categories Kind = "categories" // kinds of pollution with their words and departments
	Templates  Kind = "templates"  // the wording of notices and closing replies
	Settings   Kind = "settings"   // the numbers of law and practice
	Sites      Kind = "sites"      // what is inspected
	// Enterprises are the dossiers of those among them that discharge, pollute land or use much water.
	Enterprises Kind = "enterprises"
)

// Kinds lists every kind in the order in which people are shown them.
func Kinds() []Kind {
	return []Kind{Roster, Cells, Categories, Templates, Settings, Sites, Enterprises}
}

// Booked tells whether the kind is kept as edits over what the program or the district's folder brings. The roster and the
// registers are kept as themselves.
func (k Kind) Booked() bool { return k != Roster && k != Sites && k != Enterprises }

// ParseKind reads the name of a kind; false for anything else.
func ParseKind(s string) (Kind, bool) {
	k := Kind(strings.ToLower(strings.TrimSpace(s)))
	return k, slices.Contains(Kinds(), k)
}

// Fixed tells whether the rows of the kind are given by the program: their values change, none is added or taken away.
func (k Kind) Fixed() bool { return k == Templates || k == Settings }

// Form says how a column is written.
type Form string

// The forms.
const (
	Text    Form = "text"
	Code    Form = "code"    // digits or small letters that a spreadsheet must not take for a number
	Day     Form = "day"     // 2017-07-25
	Number  Form = "number"  // degrees
	Choice  Form = "choice"  // one of Of
	Choices Form = "choices" // some of Of, separated by semicolons
	Place   Form = "place"   // the code of a cell
	Bureau  Form = "bureau"  // the name of a department
	Named   Form = "named"   // the code of a kind of site
	Long    Form = "long"    // a text of several lines
	Words   Form = "words"   // many words, separated by blanks
)

// Column is one column of a kind's table.
type Column struct {
	Name  string
	Form  Form
	Shown bool     // for people to read only: it never differs
	Group string   // what the names of its codes begin with in the catalogue
	Of    []string // of a choice: the codes
}

// Columns lists a kind's columns in their order. The first ones tell which row it is.
func Columns(k Kind) []Column { return slices.Clone(columns[k]) }

var columns = map[Kind][]Column{
	Roster: {
		{Name: "officer", Form: Code},
		{Name: "name", Form: Text},
		{Name: "title", Form: Text},
		{Name: "role", Form: Choice, Group: "role.", Of: roles()},
		{Name: "cell", Form: Place},
		{Name: "department", Form: Bureau},
		{Name: "from", Form: Day},
		{Name: "until", Form: Day},
		{Name: "deputy", Form: Code},
		{Name: "account", Form: Choice, Group: "choice.account.", Of: []string{"present", "absent", "blocked"}, Shown: true},
	},
	Cells: {
		{Name: "code", Form: Code},
		{Name: "parent", Form: Code},
		{Name: "level", Form: Code},
		{Name: "kind", Form: Choice, Group: "choice.cellkind.", Of: []string{"district", "street", "town", "township", "village", "residents", "park", "queue"}},
		{Name: "name", Form: Text},
		{Name: "full_name", Form: Text},
		{Name: "former", Form: Text},
		{Name: "former_codes", Form: Code},
		{Name: "lon", Form: Number},
		{Name: "lat", Form: Number},
		{Name: "centre", Form: Choice, Group: "choice.centre.", Of: []string{"sourced", "stand_in", "guess"}},
	},
	Categories: {
		{Name: "code", Form: Code},
		{Name: "parent", Form: Code},
		{Name: "name_zh", Form: Text},
		{Name: "name_en", Form: Text},
		{Name: "lead", Form: Bureau},
		{Name: "evidence", Form: Choices, Group: "choice.evidence.", Of: []string{"before", "after", "onsite"}},
		{Name: "words", Form: Words},
	},
	Templates: {
		{Name: "key", Form: Code},
		{Name: "zh", Form: Long},
		{Name: "en", Form: Long},
		{Name: "places", Form: Text, Shown: true},
		{Name: "original", Form: Long, Shown: true},
	},
	Sites: {
		{Name: "number", Form: Code},
		{Name: "kind", Form: Named},
		{Name: "name", Form: Text},
		{Name: "cell", Form: Place},
		{Name: "lon", Form: Number},
		{Name: "lat", Form: Number},
		{Name: "address", Form: Text},
		{Name: "zone", Form: Choice, Group: "zone.", Of: []string{"ban", "limit", "fit", "source"}},
		{Name: "state", Form: Choice, Group: "choice.sitestate.", Of: []string{"active", "suspended"}},
		{Name: "items", Form: Text},
		{Name: "barred", Form: Text},
		{Name: "note", Form: Text},
		{Name: "inspected", Form: Day, Shown: true},
		{Name: "due", Form: Day, Shown: true},
	},
	Enterprises: {
		{Name: "number", Form: Code},
		{Name: "name", Form: Text, Shown: true},
		{Name: "code", Form: Code},
		{Name: "permit", Form: Code},
		{Name: "trade", Form: Choice, Group: "choice.trade.", Of: []string{"food", "metal", "building", "works", "waste", "power", "mining", "fuel", "farm", "other"}},
		{Name: "exempt", Form: Choice, Group: "choice.exempt.", Of: []string{"sewage", "garbage", "hazardous", "public", "safety"}},
		{Name: "key", Form: Choice, Group: "choice.tick.", Of: []string{"yes"}},
		{Name: "disclose", Form: Choice, Group: "choice.every.", Of: []string{"month", "quarter", "half-year", "year"}},
		{Name: "disclose_from", Form: Day},
		{Name: "land", Form: Choice, Group: "choice.risk.", Of: []string{"high", "middle", "low"}},
		{Name: "land_since", Form: Text},
		{Name: "land_words", Form: Text},
		{Name: "water", Form: Choice, Group: "choice.tick.", Of: []string{"yes"}},
		{Name: "water_permit", Form: Code},
		{Name: "water_quota", Form: Number},
		{Name: "water_used", Form: Number},
		{Name: "colour", Form: Choice, Group: "choice.colour.", Of: []string{"yellow", "red"}, Shown: true},
	},
	Settings: {
		{Name: "name", Form: Code},
		{Name: "meaning", Form: Text, Group: "setting.", Shown: true},
		{Name: "value", Form: Long},
		{Name: "unit", Form: Code},
		{Name: "source", Form: Text},
		{Name: "status", Form: Choice, Group: "choice.status.", Of: []string{"certain", "local", "unverified", "ours"}},
		{Name: "note", Form: Text},
	},
}

// Row is one line of a table.
type Row struct {
	ID     string
	Values map[string]string // by column; empty ones may be missing
	Line   int               // where it stands in the file that it was read from; 0 for no file
}

// Table is the rows of one kind.
type Table struct {
	Kind Kind
	Rows []Row
}

// Row finds a row by its ID.
func (t Table) Row(id string) (Row, bool) {
	if i := t.index(id); i >= 0 {
		return t.Rows[i], true
	}
	return Row{}, false
}

func (t Table) index(id string) int {
	return slices.IndexFunc(t.Rows, func(r Row) bool { return r.ID == id })
}

// Identify gives every row its ID by what stands in it.
func (t Table) Identify() Table {
	rows := slices.Clone(t.Rows)
	for i := range rows {
		rows[i].ID = identity(t.Kind, rows[i].Values)
	}
	t.Rows = rows
	return t
}

const (
	identitySeparator = "|"
	identityParts     = 5 // of an appointment
)

// identity is what makes a row the same as an earlier one. An appointment is the same one when person, role, cell,
// department and first day are: whoever changes one of those ends it and begins another.
func identity(k Kind, v map[string]string) string {
	if k == Roster {
		return strings.Join([]string{v["officer"], v["role"], v["cell"], v["department"], v["from"]}, identitySeparator)
	}
	return v[columns[k][0].Name]
}
