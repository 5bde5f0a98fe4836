package seeds

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/category"
)

const authoritiesFile = "authorities.yaml"

// loadAuthorities reads who is in charge of what the bureau is not, and by which rule (环境保护部令第15号 Art 8: a refusal says
// whose matter it is). A body is one of departments.yaml, unless it says that the plan does not name it.
func (l *loader) loadAuthorities() {
	f, ok := l.open(authoritiesFile, "authorities")
	if !ok {
		return
	}
	taken := words{}
	for _, n := range f.items("authorities") {
		e := n.fields([]string{"name", "phone", "claims"}, "beyond_plan")
		a := category.Authority{Name: e.text("name"), Phone: e.text("phone")}
		if e.has("name") {
			taken.claim(e.byKey["name"], []string{a.Name})
		}
		if !e.truth("beyond_plan") {
			l.department(e, "name")
		}
		for _, c := range e.items("claims") {
			a.Claims = append(a.Claims, l.claim(c))
		}
		l.d.Authorities = append(l.d.Authorities, a)
	}
}

func (l *loader) claim(n node) category.Claim {
	e := n.fields([]string{"source", "status"}, "codes", "words", "leads")
	c := category.Claim{Codes: e.texts("codes"), Words: e.words("words"), Source: e.text("source"), Leads: e.truth("leads")}
	for i, code := range c.Codes {
		if !l.d.knowsCode(code) {
			e.items("codes")[i].fault("a category or kind of "+categoriesFile, "%q does not exist", code)
		}
	}
	if len(c.Codes)+len(c.Words) == 0 {
		e.fault("codes or words", "a claim to nothing")
	}
	if s := e.text("status"); e.has("status") && !slices.Contains(statuses, s) {
		e.byKey["status"].fault("one of certain, local, unverified, ours", "status %q", s)
	} else if s == StatusUnverified {
		l.d.Unverified = append(l.d.Unverified, authoritiesFile+": "+c.Source)
	}
	return c
}

// knowsCode tells whether a category or a kind has that code.
func (d *District) knowsCode(code string) bool {
	return slices.ContainsFunc(d.Categories, func(c category.Category) bool {
		return c.Code == code || slices.ContainsFunc(c.Kinds, func(k category.Kind) bool { return k.Code == code })
	})
}
