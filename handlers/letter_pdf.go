package handlers

import (
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showLetter shows a numbered document again as a picture, with the button that brings it for the printer. of is what it is about.
func (s *scene) showLetter(l casework.Letter, of, data string) {
	s.say(flow.Reply{
		Key: "papers.one", Args: texts.Args{"number": l.No, "case": of, "at": s.moment(l.At)}, Paper: s.Head.Paper(l, l.At), Rows: printing(data),
	})
}

// printing is the button below a document that brings it for the printer.
func printing(data string) [][]flow.Choice {
	return [][]flow.Choice{{{Key: "button.letter_pdf", Data: data}}}
}

// bringLetter brings a numbered document for the printer. Whether the person may see it is the business of whoever calls it.
func (s *scene) bringLetter(l casework.Letter) error {
	data, err := letterhead.PDF(*s.Head.Paper(l, l.At), l.At)
	if err != nil {
		return err
	}
	document, err := s.document(l.No+".pdf", data)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "papers.pdf", Args: texts.Args{"number": l.No}, Document: document})
	return nil
}

// letterData is the button that brings the nth document of a case, counted from 1.
func letterData(id casework.CaseID, n int) string {
	return exportData("letter", string(id)+"."+strconv.Itoa(n))
}

// exportLetter brings a document of a case: to whoever sees the case, as its picture is shown.
func (s *scene) exportLetter(arg string) error {
	id, place, _ := strings.Cut(arg, ".")
	n, err := strconv.Atoi(place)
	if err != nil {
		return s.forged(s.msg.Data)
	}
	c, err := s.visible(casework.CaseID(id))
	if err != nil {
		return err
	}
	if n < 1 || n > len(c.Letters) {
		return s.forged(s.msg.Data)
	}
	return s.bringLetter(c.Letters[n-1])
}

// milestoneLetter brings the nth document of a milestone, counted from 1.
func (s *scene) milestoneLetter(id string, n int) error {
	l, err := s.milestone(id)
	if err != nil {
		return err
	}
	if n < 1 || n > len(l.Letters) {
		return s.forged(s.msg.Data)
	}
	return s.bringLetter(l.Letters[n-1])
}
