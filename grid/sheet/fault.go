package sheet

import (
	"cmp"
	"slices"
)

// Fault is one thing that keeps a table from counting.
type Fault struct {
	Rule   Rule
	Kind   Kind   // whose rule it is; another kind than the table's when that contradicts it
	Line   int    // of the file; 0 when no single line is meant
	ID     string // of the row
	Column string // "" when the row as a whole is meant
	Value  string // what stands there
	Detail string // for whoever maintains the district's files, in English: what a file besides the tables says
}

// Rule is what a fault breaks. The sentence for each is in the catalogue, under "sheet.fault." and the rule.
type Rule string

// The rules.
const (
	RuleColumn    Rule = "column"     // the value is not as the column wants it
	RuleRow       Rule = "row"        // the row contradicts another
	RuleTable     Rule = "table"      // the table as a whole, or another file that refers to it
	RuleTwice     Rule = "twice"      // the row is there twice
	RuleMissing   Rule = "missing"    // a row that the program needs was taken away
	RuleUnknown   Rule = "unknown"    // a row that the program does not know
	RuleOnePerson Rule = "one_person" // two rows of one person say different things of them
	RuleNamesake  Rule = "namesake"   // a new person is called like somebody on the roster
	RuleLastAdmin Rule = "last_admin" // nobody could administer any more
	RuleRoot      Rule = "root"       // the district's own code names where everything is stored
	RuleHistory   Rule = "history"    // what was is not rewritten
	RuleInUse     Rule = "in_use"     // cases refer to what would be removed
	RulePlaces    Rule = "places"     // a text has not the places of the original
	RuleMarkup    Rule = "markup"     // a text is not what Telegram takes
)

// Sort orders faults as people read a sheet: by line, then by column.
func Sort(k Kind, faults []Fault) {
	order := make(map[string]int)
	for i, c := range columns[k] {
		order[c.Name] = i
	}
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(order[a.Column], order[b.Column]))
	})
}

// Check finds what is wrong with a table without knowing the district: rows that are there twice, and rows of a fixed
// kind that came or went.
func Check(before, after Table) []Fault {
	var out []Fault
	seen := make(map[string]bool, len(after.Rows))
	first := columns[after.Kind][0].Name
	for _, r := range after.Rows {
		fault := Fault{Kind: after.Kind, Line: r.Line, ID: r.ID, Column: first, Value: r.Values[first]}
		_, known := before.Row(r.ID)
		switch {
		case seen[r.ID]:
			fault.Rule = RuleTwice
		case after.Kind.Fixed() && !known:
			fault.Rule = RuleUnknown
		}
		seen[r.ID] = true
		if fault.Rule != "" {
			out = append(out, fault)
		}
	}
	for _, r := range before.Rows {
		if after.Kind.Fixed() && !seen[r.ID] {
			out = append(out, Fault{Rule: RuleMissing, Kind: after.Kind, ID: r.ID, Column: first, Value: r.ID})
		}
	}
	return out
}
