package enterprise_test

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/enterprise"
)

// A code is what its check digit says (GB 32100-2015); with any other, a letter that is not used or another length it is none.
func TestCreditCode(t *testing.T) {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for _, good := range []string{"91350100M000100Y43", "91110000802100433B"} {
		if !enterprise.CreditCode(good).Valid() {
			t.Errorf("%s is refused", good)
		}
		for _, digit := range alphabet {
			if c := good[:17] + string(digit); c != good && enterprise.CreditCode(c).Valid() {
				t.Errorf("%s is taken", c)
			}
		}
		for i := range good {
			for _, digit := range alphabet {
				if c := good[:i] + string(digit) + good[i+1:]; c != good && enterprise.CreditCode(c).Valid() {
					t.Errorf("one wrong character and taken: %s", c)
				}
			}
		}
	}
	for _, bad := range []string{"", "91350100M000100Y4", "91350100M000100Y433", "91350100O000100Y43", strings.ToLower("91350100M000100Y43"), "9135010 M000100Y43"} {
		if enterprise.CreditCode(bad).Valid() {
			t.Errorf("%q is taken", bad)
		}
	}
}
