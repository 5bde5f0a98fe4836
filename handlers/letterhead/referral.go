package letterhead

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/referral"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Referral words the letter that hands a case to the police or the prosecutors (案件移送函): the matter by number, kind and place, why, by
// which law, and the file that goes with it, named by its hash so that anybody can tell whether it is that file.
func (h Head) Referral(x referral.Referral, c casework.Case, why string, b referral.Bundle, basis, marker string) casework.Letter {
	exhibits := 0
	for _, name := range b.Files {
		if strings.HasPrefix(name, "evidence/") {
			exhibits++
		}
	}
	lines := []string{
		h.say("paper.matter", texts.Args{"number": c.Shown(), "category": h.kinds(c), "cell": h.Place(c.Cell)}),
		h.say("paper.referral."+string(x.Ground), texts.Args{"why": strings.TrimRight(strings.Join(strings.Fields(why), " "), ".\u3002")}),
		h.say("paper.referral.file", texts.Args{"files": len(b.Files), "exhibits": exhibits, "hash": b.SHA256}),
		h.say("paper.referral.do", nil), h.say("paper.basis", texts.Args{"basis": basis}),
	}
	return casework.Letter{
		Series: referral.Series, No: marker, To: h.say("paper.referral.to."+string(x.Ground.To()), texts.Args{"district": h.Work.Tree.Root().Name}),
		Text: strings.Join(lines, "\n"),
	}
}
