package handlers

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// handByNumber is /borders A2026-00007.
func (s *scene) handByNumber(number string) error {
	id, err := s.Store.CaseByNumber(s.ctx, strings.ToUpper(number))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.find.unknown")
	}
	if err != nil {
		return err
	}
	return s.askNeighbour(id)
}

// askNeighbour offers the neighbours to whom a case can be handed.
func (s *scene) askNeighbour(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	likely, err := s.atEdge(c)
	if err != nil {
		return err
	}
	about := s.caseSubject(c)
	s.say(flow.Reply{Key: "border.ask_to", Args: texts.Args{"name": about.Name, "kind": texts.Text{Key: "border.kind.case"}}, Rows: s.neighbourRows(about, likely)})
	return nil
}

// borderRows shows the desk what was handed to neighbours about a case, and offers to hand over one at the edge.
func (s *scene) borderRows(c casework.Case) ([][]flow.Choice, error) {
	if !s.deskWorker() {
		return nil, nil
	}
	about := s.caseSubject(c)
	all, err := onShelf[border.Handover](s, border.Kind, border.About(about), 0, math.MaxInt64, listedHandovers)
	if err != nil {
		return nil, err
	}
	rows := make([][]flow.Choice, 0, len(all)+1)
	for _, h := range all {
		rows = append(rows, []flow.Choice{{Key: "button.border_of", Args: s.handoverArgs(h.it), Data: borderData("open", h.it.ID)}})
	}
	if len(rows) > 0 || c.Point == nil {
		return rows, nil
	}
	if likely, err := s.atEdge(c); err == nil && likely != "" {
		rows = append(rows, []flow.Choice{{Key: "button.border_edge", Args: texts.Args{"to": likely}, Data: borderData("case", string(c.ID))}})
	}
	return rows, nil
}

// atEdge is the neighbour beyond the nearest line, as far as that is known. Conflict: the case lies farther inside than a handover makes
// sense, or is not decided yet. A case without a point is left to the judgement of the desk.
func (s *scene) atEdge(c casework.Case) (string, error) {
	if !s.Work.May(c, casework.HandAcross, s.me, s.roster, s.now) {
		return "", grid.Fail(grid.Conflict, "error.border.undecided", "number", c.Shown())
	}
	if c.Point == nil {
		return "", nil
	}
	likely, metres := s.Borders.Edge(*c.Point)
	if metres > s.Rules.Border.Edge {
		return "", grid.Fail(grid.Conflict, "error.border.inside", "number", c.Shown(), "metres", strconv.Itoa(int(metres)), "edge", strconv.Itoa(int(s.Rules.Border.Edge)))
	}
	return likely, nil
}

// neighbourRows offers all neighbours for a subject, the likely one first.
func (s *scene) neighbourRows(about border.Subject, likely string) [][]flow.Choice {
	var all []flow.Choice
	for _, n := range s.Borders.Neighbours() {
		c := flow.Choice{Key: "button.border_to", Args: texts.Args{"to": n.Name}, Data: borderData("to", n.Name+":"+string(about.Kind)+":"+about.ID)}
		if n.Name == likely {
			all = append([]flow.Choice{c}, all...)
		} else {
			all = append(all, c)
		}
	}
	return pairs(all)
}

// caseSubject is a case as the subject of a handover, without what is wrong: that is written by whoever hands it over.
func (s *scene) caseSubject(c casework.Case) border.Subject {
	return border.Subject{Kind: border.Case, ID: string(c.ID), Name: c.Shown(), Place: s.Head.Place(c.Cell)}
}

// subjectOf finds the subject that a button names.
func (s *scene) subjectOf(kind border.SubjectKind, id string) (border.Subject, error) {
	if kind == border.Section {
		about, _, err := s.sectionSubject(id)
		return about, err
	}
	if kind != border.Case {
		return border.Subject{}, s.forged(s.msg.Data)
	}
	c, err := s.visible(casework.CaseID(id))
	if err != nil {
		return border.Subject{}, err
	}
	if _, err = s.atEdge(c); err != nil {
		return border.Subject{}, err
	}
	return s.caseSubject(c), nil
}

// beginAcross is the button of a neighbour: what a case's letter says is asked for, a section's is known.
func (s *scene) beginAcross(arg string) error {
	to, about, err := s.acrossOf(arg)
	if err != nil || about.ID == "" {
		return err
	}
	if about.Matter == "" {
		return s.askNote("border_matter", arg)
	}
	return s.handAcross(about, to)
}

// acrossOf reads to whom a button hands what.
func (s *scene) acrossOf(arg string) (string, border.Subject, error) {
	to, rest, _ := strings.Cut(arg, ":")
	kind, id, _ := strings.Cut(rest, ":")
	about, err := s.subjectOf(border.SubjectKind(kind), id)
	return to, about, err
}

// matterAcross takes what the letter says of a case, and hands it over.
func (s *scene) matterAcross(n flow.Worded) error {
	to, about, err := s.acrossOf(n.Ref)
	if err != nil || about.ID == "" {
		return err
	}
	about.Matter = n.Words
	return s.handAcross(about, to)
}

// handAcross hands a case or a failing section to a neighbour: a numbered letter, whose receipt and answer are waited for. Forbidden but
// for the desk and supervisors; Invalid for an unknown neighbour; Conflict when that neighbour has it already and has not answered.
func (s *scene) handAcross(about border.Subject, to string) error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	all := s.Borders.Neighbours()
	i := slices.IndexFunc(all, func(n routing.Neighbour) bool { return n.Name == to })
	if i < 0 {
		return grid.Fail(grid.Invalid, "error.border.unknown", "to", to)
	}
	if err := s.notTwice(about, to); err != nil {
		return err
	}
	until := border.Until{Receipt: s.Work.Calendar.Deadline(s.now, s.Rules.Border.Receipt).At, Answer: s.Work.Calendar.Deadline(s.now, s.Rules.Border.Answer).At}
	letter := s.Head.Across(about, all[i], s.bureauOf(to), until, ledger.LetterMarker(casework.AcrossSeries))
	letter.At, letter.By = s.now, s.officer.ID
	s.change.Numbers = append(s.change.Numbers, s.Head.Number(casework.AcrossSeries, letter.No, s.now))
	h, err := s.trackAcross(about, to, letter)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "border.sent", Args: s.handoverArgs(h), Paper: s.Head.Paper(letter, s.now), Hide: true})
	s.say(s.handoverCard("border.card", h))
	if about.Kind != border.Case {
		return nil
	}
	c, err := s.load(casework.CaseID(about.ID))
	if err != nil {
		return err
	}
	if c, err = s.act(c, casework.Act{Action: casework.HandAcross, Told: to, Letter: &letter}); err != nil {
		return err
	}
	return s.tellReporters(c, "border.reporter.sent", texts.Args{"to": to})
}

// notTwice refuses to hand the same over to the same neighbour again while the first letter has no answer.
func (s *scene) notTwice(about border.Subject, to string) error {
	before, err := onShelf[border.Handover](s, border.Kind, border.About(about), 0, math.MaxInt64, mostHandovers)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(before, func(h opened[border.Handover]) bool { return h.it.To == to && h.it.Open() }) {
		return grid.Fail(grid.Conflict, "error.border.twice", "to", to)
	}
	return nil
}

// trackAcross keeps what comes of a letter to a neighbour, whichever verb wrote it.
func (s *scene) trackAcross(about border.Subject, to string, letter casework.Letter) (border.Handover, error) {
	h, event := border.Send(s.code(10), about, to, letter, s.Rules.Border, s.Work.Calendar, s.now)
	event.Via = s.via()
	return h, s.keepHandover(ledger.Dossier{Kind: border.Kind, ID: h.ID}, h, event)
}

// trackLetter keeps what comes of a letter about a case to a neighbour; one to somebody else is none of the border's.
func (s *scene) trackLetter(c casework.Case, to string, letter casework.Letter, no string) error {
	if _, ok := s.Book.Neighbour(to); !ok {
		return nil
	}
	letter.No = no
	_, err := s.trackAcross(s.caseSubject(c), to, letter)
	return err
}

// takeBorder notes what a neighbour said: a receipt, or the answer. Whoever reported the case hears it.
func (s *scene) takeBorder(id, did string, w border.Word) error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	d, err := holdOf[border.Handover](s, border.Kind, id)
	if err != nil {
		return err
	}
	w.By = s.officer.ID
	h, event, err := d.it.Take(did, w, s.now)
	if err != nil {
		return err
	}
	event.Via = s.via()
	if err := s.keepHandover(d.read, h, event); err != nil {
		return err
	}
	r := s.handoverCard("border.noted", h)
	r.Hide = len(r.Rows) == 0
	s.say(r)
	if h.Subject.Kind != border.Case {
		return nil
	}
	return s.tellBorder(h, did)
}

// tellBorder tells whoever reported the case what the neighbour said, and closes the receipt of a letter that moved it there.
func (s *scene) tellBorder(h border.Handover, did string) error {
	c, err := s.load(casework.CaseID(h.Subject.ID))
	if err != nil {
		return err
	}
	if l, ok := c.LetterOf(casework.MoveSeries); ok && l.Received.IsZero() && s.Work.May(c, casework.Receipt, s.me, s.roster, s.now) {
		if c, err = s.act(c, casework.Act{Action: casework.Receipt}); err != nil {
			return err
		}
	}
	key := "border.reporter.received"
	if did == border.DidAnswer {
		key = "border.reporter.answered"
	}
	args := texts.Args{"to": h.To, "text": ""}
	if h.Answer != nil {
		args["text"] = excerpt(h.Answer.Text, cardText)
	}
	return s.tellReporters(c, key, args)
}

// receivedAcross notes the receipt of a letter that moved a case to a neighbour, when it is entered on the case itself.
func (s *scene) receivedAcross(c casework.Case) error {
	all, err := onShelf[border.Handover](s, border.Kind, border.About(s.caseSubject(c)), 0, math.MaxInt64, mostHandovers)
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.it.State() != border.Sent {
			continue
		}
		h, event, err := d.it.Take(border.DidReceive, border.Word{Who: d.it.To, By: s.officer.ID}, s.now)
		if err == nil {
			event.Via = s.via()
			err = s.keepHandover(d.read, h, event)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
