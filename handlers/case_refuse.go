package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// refuse does not accept a report; whoever reported it is told why, and what they can do instead. What is another
// authority's is moved there by letter in the same step.
func (s *scene) refuse(a flow.Refuse) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{
		Action: casework.Refuse, Disposition: a.Disposition, Onward: onward(a), Reply: s.reply(a.Reply, a.Notice), At: a.At,
	})
	if err != nil {
		return err
	}
	s.count("refused", c.Cell)
	s.count("refused_"+string(a.Disposition), c.Cell)
	switch {
	case a.Authority != nil:
		err = s.moveOut(c, a.Authority.Name, a.Authority.Source, a.Authority.Phone)
	case a.Away != "" && a.Disposition == casework.OtherArea:
		err = s.moveOut(c, a.Away, "", s.phoneOf(a.Away))
	default:
		s.say(flow.Reply{Key: "notice.done.refuse", Args: s.caseArgs(c), Hide: true})
	}
	if err != nil {
		return err
	}
	return s.tellRefused(c, a)
}

// onward is what the refusal names: another authority or area, or the number of the same matter.
func onward(a flow.Refuse) string {
	switch {
	case a.Authority != nil:
		return a.Authority.Name
	case a.Same != nil:
		return a.Same.Number
	case a.Disposition == casework.OtherArea:
		return a.Away
	}
	return ""
}

// phoneOf is the telephone of a neighbour, or the hotline.
func (s *scene) phoneOf(neighbour string) string {
	if n, ok := s.Book.Neighbour(neighbour); ok && n.Phone != "" {
		return n.Phone
	}
	return s.Book.Rules().Hotline
}

// tellRefused tells who reported it. Followers of a report that repeats its reporter's own are told only that it was not
// accepted: the other report is none of theirs.
func (s *scene) tellRefused(c casework.Case, a flow.Refuse) error {
	args := texts.Args{"reply": wording(a.Reply, a.Notice)}
	if a.Same == nil {
		return s.tellReporters(c, "notice.reporter.refused", args)
	}
	args["number"] = c.Shown()
	rows := [][]flow.Choice{{{Key: "button.timeline", Data: caseData("history", a.Same.Case)}}}
	if a.Same.Next == nextReview || a.Same.Next == nextRereview {
		rows = append([][]flow.Choice{{reviewButton(a.Same.Case, a.Same.Next)}}, rows...)
	}
	if err := s.tell(c.Reporter, c, flow.Reply{Key: "notice.reporter.refused", Args: args, Rows: rows}); err != nil {
		return err
	}
	for _, p := range c.Followers {
		if err := s.tell(p, c, flow.Reply{Key: "notice.follower.refused", Args: texts.Args{"number": c.Shown()}}); err != nil {
			return err
		}
	}
	return nil
}

// moveOut gives a matter to whoever is in charge of it (移送): a numbered letter, to the department's clerks where it has any
// here, else for the desk to send.
func (s *scene) moveOut(c casework.Case, to, source, phone string) error {
	marker := ledger.LetterMarker(casework.MoveSeries)
	c, err := s.act(c, casework.Act{Action: casework.MoveOut, Letter: &casework.Letter{
		To: to, No: marker, Text: s.Texts.Plain(texts.Reference, "letter.move_body", s.letterArgs(c, to, source)),
	}})
	if err != nil {
		return err
	}
	year := s.now.In(s.Rules.Location).Year()
	s.change.Numbers = append(s.change.Numbers, ledger.Number{
		Series: "letter/" + string(casework.MoveSeries), Year: year, Format: "%d", Marker: marker,
	})
	s.count("moved", c.Cell)
	letter, _ := c.LetterOf(casework.MoveSeries)
	no := s.letterNo(letter)
	if err := s.trackLetter(c, to, letter, s.Texts.Plain(texts.Reference, no.Key, no.Args)); err != nil {
		return err
	}
	args := texts.Args{"number": c.Shown(), "to": to, "phone": phone, "letter": s.letterText(letter)}
	clerks := slices.DeleteFunc(casework.Clerks(s.roster, grid.Department(to), s.now), func(o grid.Officer) bool { return s.Work.Excluded(c, o, s.now) })
	for _, o := range clerks {
		r := flow.Reply{Key: "notice.department.moved", Args: args, Rows: s.caseButtons(c, o.Person), Photos: photos(c)}
		if err := s.tell(o.Person, c, r); err != nil {
			return err
		}
	}
	r := flow.Reply{Key: "notice.done.moved", Args: args, Hide: true}
	if len(clerks) == 0 {
		r.Key, r.Hide = "notice.done.letter", false
		r.Rows = [][]flow.Choice{{{Key: "button.receipt_told", Data: caseData(string(casework.Receipt), c.ID)}}}
	}
	s.say(r)
	return nil
}

// letterArgs is what a letter tells of a case: the matter, never who reported it.
func (s *scene) letterArgs(c casework.Case, to, source string) texts.Args {
	args := texts.Args{
		"to": to, "number": c.Number, "day": s.now.In(s.Rules.Location).Format("2006-01-02"), "text": excerpt(c.Text, cardText),
		"place": s.Work.Tree.PathName(c.Cell), "category": s.categories(c.Categories), "office": s.Rules.OfficeName,
		"at": s.moment(c.CreatedAt), "basis": texts.Text{},
	}
	if c.Place != "" {
		args["place"] = excerpt(c.Place, cardPlace)
	}
	if source != "" {
		args["basis"] = texts.Text{Key: "letter.basis", Args: texts.Args{"source": source}}
	}
	return args
}

// letterText is a letter with its number, as it is read and sent.
func (s *scene) letterText(l casework.Letter) texts.Text {
	return texts.Text{Key: "letter.move", Args: texts.Args{"no": s.letterNo(l), "text": l.Text}}
}

// letterNo is the number of a letter as documents write it: prefix〔2026〕12号.
func (s *scene) letterNo(l casework.Letter) texts.Text {
	return texts.Text{Key: "letter.no", Args: texts.Args{
		"prefix": s.Rules.MoveLetter, "year": l.At.In(s.Rules.Location).Format("2006"), "no": l.No,
	}}
}

// receipt records that the other authority has the letter, by its clerk or by the desk that was told.
func (s *scene) receipt(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Receipt})
	if err != nil {
		return err
	}
	letter, _ := c.LetterOf(casework.MoveSeries)
	args := texts.Args{"number": c.Shown(), "to": letter.To, "no": s.letterNo(letter)}
	s.say(flow.Reply{Key: "notice.done.receipt", Args: args, Rows: s.caseButtons(c, s.me), Edit: true})
	if err := s.receivedAcross(c); err != nil {
		return err
	}
	if s.deskWorker() {
		return nil
	}
	return s.tellDeskAs(c, "notice.desk.received", args)
}

// acceptLed accepts a report that another department leads by the plan, and names it the lead.
func (s *scene) acceptLed(a flow.AcceptLed) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	err = s.accept(c.ID)
	if err != nil {
		return err
	}
	if c, err = s.load(a.Case); err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Assign, Lead: a.Lead})
	if err != nil {
		return err
	}
	return s.tellAll(casework.Clerks(s.roster, a.Lead, s.now), c, "notice.cell.new")
}
