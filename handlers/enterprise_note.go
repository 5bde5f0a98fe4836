package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// noted takes a line about an enterprise: part is what of it was asked.
type noted func(d enterpriseDossier, part, words string) error

// enterpriseNotes are what is written about enterprises, by what was asked for. What each is for is authorised when it is done.
func (s *scene) enterpriseNotes() map[string]func(flow.Worded) error {
	all := map[string]noted{
		"ent_fact": s.noteFact, "ent_measured": s.noteFact, "ent_strike": s.strikeFact, "ent_disclose": s.noteDisclosure, "ent_other": s.beginCard,
		"ent_red": s.proposeRed, "ent_press": s.proposePress,
		"ent_object": func(d enterpriseDossier, year, words string) error {
			return s.noteGrade(d, enterprise.Object, year, words)
		},
		"ent_answer": func(d enterpriseDossier, year, words string) error {
			return s.noteGrade(d, enterprise.Answer, year, words)
		},
	}
	for _, a := range notedActs {
		all["ent_"+string(a)] = func(d enterpriseDossier, card, words string) error { return s.noteCard(d, a, card, words) }
	}
	out := make(map[string]func(flow.Worded) error, len(all))
	for what, take := range all {
		out[what] = func(n flow.Worded) error { return s.notedEnterprise(n, take) }
	}
	return out
}

// notedEnterprise gives a line to whoever takes it, with the enterprise that it is about.
func (s *scene) notedEnterprise(n flow.Worded, take noted) error {
	number, part, _ := strings.Cut(n.Ref, ".")
	d, err := s.enterprise(site.Number(number))
	switch {
	case err != nil:
		return err
	case !s.seesEnterprise(d) || d.read.Version == 0:
		return grid.Fail(grid.Forbidden, "error.role")
	}
	return take(d, part, strings.Join(strings.Fields(n.Words), " "))
}
