package seeds

import (
	"slices"
	"strings"
)

const departmentsFile = "departments.yaml"

// Department is a bureau, or another body, that the district's plan names.
type Department struct {
	Name     string   // as the plan writes it
	Aliases  []string // how people write it, and what it is called now
	Kind     string   // bureau, park, police, court, party, townships
	Leads    []int    // items of the plan in which it leads (牵头部门)
	Supports []int    // items in which it supports (配合部门)
	Own      bool     // the bureau whose grid this is: what it leads is handled by the cells
}

// townships is the kind of all townships together, which are cells and no office.
const townships = "townships"

var departmentKinds = []string{"bureau", "park", "police", "court", "party", townships}

// loadDepartments reads the bodies that the plan names. An item of the plan has one leader.
func (l *loader) loadDepartments() {
	f, ok := l.open(departmentsFile, "departments")
	if !ok {
		return
	}
	taken, led := make(map[string]int), make(map[int]string)
	for _, n := range f.items("departments") {
		e := n.fields([]string{"name", "kind"}, "aliases", "leads", "supports", "own")
		d := Department{
			Name: e.text("name"), Aliases: e.texts("aliases"), Kind: e.text("kind"),
			Leads: e.integers("leads"), Supports: e.integers("supports"), Own: e.truth("own"),
		}
		if e.has("kind") && !slices.Contains(departmentKinds, d.Kind) {
			e.byKey["kind"].fault("one of "+strings.Join(departmentKinds, ", "), "kind %q", d.Kind)
		}
		for _, item := range d.Leads {
			if other, twice := led[item]; twice {
				e.fault("one leader for each item", "item %d is led by %s already", item, other)
			}
			led[item] = d.Name
		}
		l.claimNames(n, taken, d.Name, d.Aliases)
		l.d.Departments = append(l.d.Departments, d)
	}
}

// department reads the name of a department; one that is not in departments.yaml is a fault.
func (l *loader) department(f fields, key string) string {
	name := f.text(key)
	known := func(d Department) bool { return d.Name == name }
	if name != "" && !slices.ContainsFunc(l.d.Departments, known) {
		f.byKey[key].fault("a name in "+departmentsFile, "department %q does not exist", name)
	}
	return name
}
