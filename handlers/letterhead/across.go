package letterhead

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Across words the letter that hands a case or a failing section to a neighbour (跨界移交函): what it is about, where, what is asked,
// and until when a receipt and an answer are expected. Who reported it is not in the subject and so not in the letter.
func (h Head) Across(about border.Subject, to routing.Neighbour, bureau string, until border.Until, marker string) casework.Letter {
	place := about.Place
	if place == "" {
		place = h.Work.Tree.Root().Name
	}
	lines := []string{
		h.say("paper.across."+string(about.Kind), texts.Args{"name": about.Name, "neighbour": to.Name, "place": place}),
		h.say("paper.across.matter", texts.Args{"matter": strings.TrimRight(about.Matter, ".\u3002")}),
		h.say("paper.across.do", texts.Args{"receipt": h.lastDay(until.Receipt), "answer": h.lastDay(until.Answer)}),
	}
	if len(to.Shares) > 0 {
		lines = append(lines, h.say("paper.across.shares", texts.Args{"shares": strings.Join(to.Shares, "\u3001")}))
	}
	return casework.Letter{
		Series: casework.AcrossSeries, No: marker, To: h.say("paper.across.to", texts.Args{"bureau": bureau}), Text: strings.Join(lines, "\n"),
	}
}
