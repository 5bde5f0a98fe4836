package seeds

// Department is a bureau, or another body, that the district's plan names.
type Department struct {
	Name     string   // as the plan writes it
	Aliases  []string // how people write it, and what it is called now
	Kind     string   // bureau, park, police, court, party
	Leads    []int    // items of the plan in which it leads (牵头部门)
	Supports []int    // items in which it supports (配合部门)
}
