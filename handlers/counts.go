package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// countsToday are the two counts that are kept apart, registrations (登记) and accepted cases (举报件), and what became of the
// others today: refused by reason, merged, asked for more.
func (s *scene) countsToday() (texts.Text, error) {
	counts, err := s.Store.Counts(s.ctx, s.today())
	sum := func(what string) (n int64) {
		for field, v := range counts {
			if strings.HasPrefix(field, what+"/") {
				n += v
			}
		}
		return n
	}
	var list texts.List
	for _, d := range casework.Refusals() {
		if n := sum("refused_" + string(d)); n > 0 {
			list = append(list, texts.Text{Key: "count.reason", Args: texts.Args{"reason": name("disposition", string(d)), "n": n}})
		}
	}
	reasons := texts.Text{}
	if len(list) > 0 {
		reasons = texts.Text{Key: "count.reasons", Args: texts.Args{"list": list}}
	}
	return texts.Text{Key: "count.line", Args: texts.Args{
		"new": sum("reported"), "accepted": sum("accepted"), "refused": sum("refused"), "reasons": reasons, "merged": sum("merged"),
		"asked": sum("asked"),
	}}, err
}
