package jobs

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/grid/referral"
)

// A kind that renames its shelf would never be swept again, and nothing else would tell.
func TestSweepDossiers_EveryKindStandsOnTheShelfThatIsSwept(t *testing.T) {
	for kind, shelf := range map[ledger.DossierKind]ledger.Shelf{
		enterprise.Kind: enterprise.Due, hearing.Kind: hearing.Due, consultation.Kind: consultation.Due, muster.Kind: muster.Due,
		meeting.Kind: meeting.Due, referral.Kind: referral.Due, border.Kind: border.Due,
	} {
		if shelf != dueShelf {
			t.Errorf("%s stands on %q", kind, shelf)
		}
	}
}
