package jobs

import (
	"maps"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// countArgs are the two counts that are kept apart, registrations (登记) and accepted cases (举报件), with what became of the
// others: refused by reason, merged, asked for more (rules: 受理/未受理 counted apart).
func (d Deps) countArgs(lang string, counts map[string]int64) map[string]any {
	return map[string]any{
		"new": total(counts, "reported/"), "accepted": total(counts, "accepted/"), "refused": total(counts, "refused/"),
		"reasons": Raw(d.refusedBy(lang, counts)), "merged": total(counts, "merged/"), "asked": total(counts, "asked/"),
		"closed": total(counts, "closed/"),
	}
}

// refusedBy lists the refusals by reason, those that occurred.
func (d Deps) refusedBy(lang string, counts map[string]int64) string {
	var parts []string
	for _, r := range casework.Refusals() {
		if n := total(counts, "refused_"+string(r)+"/"); n > 0 {
			reason := d.Words.T(lang, "disposition."+string(r), nil)
			parts = append(parts, d.Words.T(lang, "count.reason", map[string]any{"reason": Raw(reason), "n": n}))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return d.Words.T(lang, "count.reasons", map[string]any{"list": Raw(strings.Join(parts, d.Words.T(lang, "list.separator", nil)))})
}

// with adds more to what a sentence is given.
func with(args, more map[string]any) map[string]any {
	maps.Copy(args, more)
	return args
}
