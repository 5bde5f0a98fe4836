package jobs

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Rules §12.1: registrations and accepted cases are two counts, and refusals are told by reason; a reason's own figure is not
// counted as a refusal again.
func TestCounts_TwoNumbersAndReasons(t *testing.T) {
	_, d := world(t)
	args := d.countArgs("zh-CN", map[string]int64{
		"reported/630202102": 5, "reported/630202103": 2, "accepted/630202102": 3, "refused/630202102": 3, "merged/630202103": 1,
		"refused_" + string(casework.NotEnvironment) + "/630202102": 2, "refused_" + string(casework.TooUnclear) + "/630202102": 1,
		"asked/630202102": 1, "closed/630202102": 2,
	})
	for key, want := range map[string]int64{"new": 7, "accepted": 3, "refused": 3, "merged": 1, "asked": 1, "closed": 2} {
		if args[key] != want {
			t.Errorf("%s: %v, want %d", key, args[key], want)
		}
	}
	if said := args["reasons"]; said == Raw("") {
		t.Error("no reasons are told")
	}
	if said := d.refusedBy("zh-CN", nil); said != "" {
		t.Errorf("nothing was refused, but told: %q", said)
	}
}
