package letterhead

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Point words a point of an agenda, in the reference language: it stands in official documents. Of a case it says number and place.
func (h Head) Point(p meeting.Point) string {
	a := texts.Args{"ref": p.Ref, "title": p.Title, "lead": string(p.Lead), "days": p.Days, "cases": p.Cases, "place": h.Place(p.Cell)}
	if p.Lead == "" {
		a["lead"] = texts.Text{Key: "paper.nobody"}
	}
	return h.say("paper.point."+string(p.Source), a)
}

// Minutes words the minutes of a joint meeting (会议纪要): when and where, who came, what was on the agenda, what was decided, by
// whom it is done and until when.
func (h Head) Minutes(m meeting.Meeting, unit func(meeting.Unit) string, convener, marker string) casework.Letter {
	lines := []string{h.say("paper.minutes.opened", texts.Args{
		"when": m.When.In(h.Location).Format("2006-01-02 15:04"), "place": m.Place, "by": convener,
	})}
	for _, a := range []meeting.Answer{meeting.Comes, meeting.Sends, meeting.Excused} {
		if names := guests(m, a, unit); len(names) > 0 {
			lines = append(lines, h.say("paper.minutes."+string(a), texts.Args{"names": names}))
		}
	}
	lines = append(lines, h.say("paper.minutes.points", nil))
	for i, p := range m.Points {
		lines = append(lines, h.say("paper.minutes.point", texts.Args{"n": i + 1, "point": h.Point(p)}))
	}
	lines = append(lines, h.say("paper.minutes.decisions", nil))
	for i, d := range m.Decisions {
		lines = append(lines, h.say("paper.minutes.decision", texts.Args{
			"n": i + 1, "words": strings.TrimRight(strings.Join(strings.Fields(d.Words), " "), ".\u3002"), "owner": unit(d.Owner), "due": d.Due.String(),
		}))
	}
	return casework.Letter{Series: meeting.Series, No: marker, To: h.say("paper.bulletin.to", nil), Text: strings.Join(lines, "\n")}
}

func guests(m meeting.Meeting, answer meeting.Answer, unit func(meeting.Unit) string) texts.List {
	var out texts.List
	for _, g := range m.Guests {
		if g.Answer == answer {
			name := unit(g.Unit)
			if g.Words != "" {
				name += "(" + g.Words + ")"
			}
			out = append(out, name)
		}
	}
	return out
}
