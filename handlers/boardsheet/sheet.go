// Package boardsheet draws public boards (公示牌) as sheets of A3 that an office prints and hangs: in Chinese, for that is what
// people on the river bank read, with a QR code that opens the bot at that very place.
package boardsheet

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/handlers/paper"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Sheet is what stands on a board beside its own data.
type Sheet struct {
	Board    board.Board
	Face     board.Face
	Township string
	District string
	Office   string // who had it made
	Hotline  string
	Link     string // what the code says
	Made     time.Time
	Location *time.Location
}

// Lengths, in points. A board is read standing, from some steps away.
const (
	edge     = 40
	title    = 46
	label    = 24
	words    = 22
	small    = 15
	codeSide = 190
	between  = 14
	bar      = 110
)

var blue = paper.Color{R: 16, G: 84, B: 150}

// Draw makes the PDF. It fails when the words do not fit one sheet.
func Draw(c *texts.Catalogue, s Sheet) ([]byte, error) {
	say := func(key string, args texts.Args) string { return c.Plain(texts.Reference, key, args) }
	head := say("board.sheet."+string(s.Board.Form), texts.Args{"river": s.Board.River, "township": s.Township})
	doc, err := paper.New(paper.A3, head, s.Made)
	if err != nil {
		return nil, err
	}
	doc.BlankPage()
	width := paper.A3.Width
	doc.Box(0, 0, width, bar, blue, blue)
	doc.TextAt(edge, 30, width-2*edge, head, paper.Style{Size: title, Align: paper.Centre, Color: paper.White})
	y := bar + 24.0
	for _, r := range rows(say, s) {
		y = row(doc, y, width-2*edge, r[0], r[1])
	}
	foot := paper.A3.Height - codeSide - edge
	if y > foot {
		return nil, paper.ErrLong
	}
	doc.Line(edge, foot-12, width-edge, foot-12, 2, blue)
	doc.CodeAt(width-edge-codeSide, foot, codeSide, s.Link)
	room := width - 3*edge - codeSide
	y = doc.TextAt(edge, foot+16, room, say("board.sheet.scan", nil), paper.Style{Size: 28, Color: blue})
	y = doc.TextAt(edge, y+10, room, say("board.sheet.hotline", texts.Args{"hotline": s.Hotline}), paper.Style{Size: label})
	doc.TextAt(edge, y+14, room, say("board.sheet.made", texts.Args{
		"office": s.Office, "day": s.Made.In(s.Location).Format("2006-01-02"), "id": string(s.Board.ID),
	}), paper.Style{Size: small, Color: paper.Gray})
	var out bytes.Buffer
	if _, err := doc.WriteTo(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// row writes one label and its words, and returns where the next begins.
func row(doc *paper.Doc, y, width float64, name, text string) float64 {
	const left = 150
	doc.TextAt(edge, y, left-10, name, paper.Style{Size: label, Color: blue})
	end := doc.TextAt(edge+left, y, width-left, text, paper.Style{Size: words})
	doc.Line(edge, end+between/2, edge+width, end+between/2, 0.7, paper.Pale)
	return end + between
}

// rows are the labels and words of the board's form.
func rows(say func(string, texts.Args) string, s Sheet) [][2]string {
	b := s.Board
	extent := b.Extent
	if b.Length > 0 {
		extent += say("board.length", texts.Args{"km": strconv.FormatFloat(b.Length, 'f', -1, 64)})
	}
	target := say("board.class", texts.Args{"class": say("water.class."+b.Target, nil)})
	out := [][2]string{
		{say("board.label.water", nil), s.District + s.Township + " · " + b.River},
		{say("board.label.extent", nil), extent},
		{say("board.label.now", nil), quality(say, s.Face.Water, s.Location)},
		{say("board.label.target", nil), target},
	}
	out = append(out, answers(say, s)...)
	out = append(out, [2]string{say("board.label.duties", nil), numbered(b.Duties)})
	if len(b.Goals) > 0 {
		out = append(out, [2]string{say("board.label.goals", nil), numbered(b.Goals)})
	}
	if len(b.Rules) > 0 {
		out = append(out, [2]string{say("board.label.rules", nil), numbered(b.Rules)})
	}
	return out
}

// answers says who answers for the reach: the township's head, or the river chief with post and telephone.
func answers(say func(string, texts.Args) string, s Sheet) [][2]string {
	person := s.Face.Person
	if person == "" {
		person = say("board.nobody", nil)
	}
	if s.Board.Form != board.OfChief {
		return [][2]string{{say("board.label.plan.person", nil), say("board.person", texts.Args{"name": person, "township": s.Township})}}
	}
	return [][2]string{
		{say("board.label.chief.person", nil), say("board.chief", texts.Args{"name": person, "title": cmp.Or(s.Board.Title, unknown)})},
		{say("board.label.contact", nil), cmp.Or(s.Board.Phone, unknown)},
	}
}

const unknown = "—" // where nobody said

// quality is what the last readings say, with their day: a board without a day could be of any year.
func quality(say func(string, texts.Args) string, w board.Water, loc *time.Location) string {
	if w.Asof.IsZero() || w.Class == "" {
		return say("board.no_reading", nil)
	}
	key := "board.quality.missed"
	if w.Met {
		key = "board.quality.met"
	}
	worst := ""
	if len(w.Worst) > 0 {
		items := make(texts.List, len(w.Worst))
		for i, names := range w.Worst {
			items[i] = texts.Names(names)
		}
		worst = say("board.worst", texts.Args{"items": items})
	}
	return say(key, texts.Args{"class": say("water.class."+w.Class, nil), "day": w.Asof.In(loc).Format("2006-01-02"), "worst": worst})
}

func numbered(list []string) string {
	var b strings.Builder
	for i, line := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strconv.Itoa(i+1) + ". " + line)
	}
	return b.String()
}
