package category

import (
	"slices"
	"strings"
)

// Authority is a body that is in charge of what others report to us.
type Authority struct {
	Name   string
	Phone  string
	Claims []Claim
}

// Claim is what an authority is in charge of, and by which rule.
type Claim struct {
	Codes  []string // of kinds, or of whole categories
	Words  []string
	Source string // the law, or the item of the plan
	Leads  bool   // an environmental matter all the same: it is accepted, and they lead
}

// Option is an authority that may be in charge of one report.
type Option struct {
	Name   string `json:"n"`
	Phone  string `json:"p,omitempty"`
	Source string `json:"s,omitempty"`
	Leads  bool   `json:"l,omitempty"`
}

// Authorities lists who may be in charge of a report with these words, kinds and categories, the likeliest first: whose words
// it says, who has its kind, who has its category. Each body comes once.
func Authorities(all []Authority, text string, kinds, categories []string) []Option {
	var out []Option
	add := func(fits func(Claim) bool) {
		for _, a := range all {
			for _, c := range a.Claims {
				known := slices.ContainsFunc(out, func(o Option) bool { return o.Name == a.Name })
				if !known && fits(c) {
					out = append(out, Option{Name: a.Name, Phone: a.Phone, Source: c.Source, Leads: c.Leads})
				}
			}
		}
	}
	add(func(c Claim) bool {
		return slices.ContainsFunc(c.Words, func(w string) bool { return strings.Contains(text, w) })
	})
	for _, codes := range [][]string{kinds, categories} {
		for _, code := range codes {
			add(func(c Claim) bool { return slices.Contains(c.Codes, code) })
		}
	}
	return out
}
