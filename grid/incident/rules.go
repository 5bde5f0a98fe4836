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
	Name     string
	Document string // the abbreviation of its reports' series, as in X〔2026〕1号
	Letter   string // and of its letters to neighbours
	Contact  string // 联系人及联系方式, unless an officer gives another
}
