package incident

// Rules are what a district says of incidents: its data, and the limits from its settings.
type Rules struct {
	Unit       Unit
	Criteria   []Criterion
	Recipients []Recipient
	Limits     Limits
}

// Unit is who reports (报告单位, Art 14).
type Unit struct {
	Name      string
	Document  string // how its reports are numbered, with {year} and {n}
	Letter    string // and its letters to neighbours
	Verifying string // what its documents say of a thing that is not known yet
	Contact   string // 联系人及联系方式, unless an officer gives another
}
