package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// openCase shows a case to an officer.
func (s *scene) openCase(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	if c.Undecided() && s.deskWorker() {
		err = s.knowEarlier(c)
		if err != nil {
			return err
		}
	}
	r := s.card("card.case", c, s.me)
	r.Args["reward"] = s.rewardLine(c)
	r.Rows = append(r.Rows, s.judgeButtons(c, s.me)...)
	if c.Source.Public() && !c.Reporter.IsGone() && s.Work.May(c, casework.Unseal, s.me, s.roster, s.now) {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.unseal", Data: caseData(string(casework.Unseal), c.ID)}})
	}
	same, err := s.mergeRows(c, s.me)
	if err != nil {
		return err
	}
	r.Rows = append(same, r.Rows...)
	if m, ok := plan.For(s.Plan.Plan.Measures, c.Categories, c.Kinds); ok && c.Tells() {
		item := strconv.Itoa(m.Item)
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.measure", Args: texts.Args{"item": item}, Data: planData("measure", item)}})
	}
	across, err := s.borderRows(c)
	if err != nil {
		return err
	}
	referred, err := s.referralRows(c)
	if err != nil {
		return err
	}
	r.Rows = slices.Concat(r.Rows, across, referred)
	s.say(r)
	return nil
}

// visible reads a case that the officer may see.
func (s *scene) visible(id casework.CaseID) (casework.Case, error) {
	c, err := s.load(id)
	if err != nil {
		return c, err
	}
	if !s.Work.Sees(c, s.me, s.roster, s.now) {
		return c, grid.Fail(grid.Forbidden, "error.case.forbidden")
	}
	return c, nil
}

// showPoint shows where it is on Telegram's map.
func (s *scene) showPoint(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	if c.Point == nil {
		return grid.Fail(grid.NotFound, "error.case.no_point")
	}
	s.say(flow.Reply{Key: "card.map", Args: s.caseArgs(c), Point: c.Point})
	return nil
}

// showPhotos shows the pictures of a case; what was sent as a file is shown as the copy without metadata. Films and voices are not
// shown, for they tell who speaks: how many there are is said.
func (s *scene) showPhotos(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	pictures, sealed := photos(c), 0
	for _, e := range c.Evidence {
		if e.Kind == "photo" || !e.Removed.IsZero() {
			continue
		}
		f, err := s.Store.File(s.ctx, e.File)
		switch shown := err == nil && f.Show && strings.HasPrefix(f.Type, "image/"); {
		case !shown:
			sealed++
		case len(pictures) < albumLimit:
			pictures = append(pictures, f.SHA256)
		}
	}
	args := s.caseArgs(c)
	args["sealed"] = texts.Text{}
	if sealed > 0 {
		args["sealed"] = texts.Text{Key: "card.sealed", Args: texts.Args{"n": sealed}}
	}
	s.say(flow.Reply{Key: "card.photos", Args: args, Photos: pictures})
	return nil
}

// findCase shows the case of a number to an officer who may see it: /find 2026-00012. To anybody else it does not exist.
func (s *scene) findCase() error {
	id, err := s.Store.CaseByNumber(s.ctx, strings.ToUpper(s.msg.Args))
	if err == nil {
		err = s.openCase(id)
	}
	if code := grid.CodeOf(err); code == grid.NotFound || code == grid.Forbidden {
		return grid.Fail(grid.NotFound, "error.find.unknown")
	}
	return err
}

// openByNumber shows an officer the case whose number they wrote while nothing was under way, and tells whether it did. The number
// of one that they may not see is taken as anybody's is: with its code it shows how far their own report is.
func (s *scene) openByNumber() (bool, error) {
	number := flow.Number(s.msg.Text)
	if number == "" || s.officer.ID == "" || s.msg.Kind != Text || s.msg.Edited || s.state.Story != flow.Idle || len(s.state.Held) > 0 {
		return false, nil
	}
	s.msg.Args = number
	err := s.findCase()
	if grid.CodeOf(err) == grid.NotFound {
		return false, nil
	}
	return true, err
}

// accept makes a case of a report: it gets a case number, its cell is told, and so is who reported it.
func (s *scene) accept(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	from := c.State
	c, err = s.act(c, casework.Act{Action: casework.Accept})
	if err != nil {
		return err
	}
	c.CaseNo = ledger.CaseMarker
	s.revise(c)
	if from == casework.Alarm { // never submitted: whom its words name is kept from it now
		if c, err = s.avoid(c, casework.Act{Action: casework.Submit, Person: c.Reporter}); err != nil {
			return err
		}
	}
	if c, err = s.handOn(c); err != nil {
		return err
	}
	s.claim("case", ledger.CaseMarker)
	s.count("accepted", c.Cell)
	if from == casework.Alarm {
		s.count("reported", c.Cell)
	}
	s.say(s.acceptedCard(c))
	if err := s.tellCell(c, "notice.cell.new"); err != nil {
		return err
	}
	return s.tellReporters(c, "notice.reporter.accepted", nil)
}

// acceptedCard says that a report is accepted, and whom the plan would have asked about it.
func (s *scene) acceptedCard(c casework.Case) flow.Reply {
	args := s.caseArgs(c)
	args["plan"] = s.planLine(c)
	return flow.Reply{Key: "notice.done.accept", Args: args, Rows: s.caseButtons(c, s.me), Edit: true}
}

// revise replaces the case as this turn leaves it.
func (s *scene) revise(c casework.Case) { s.change.Cases[s.cases[c.ID]].After = c }

// update rewrites the message whose button was pressed, so that a worklist in the chat shows what was done with it.
func (s *scene) update(key string, c casework.Case) {
	s.say(flow.Reply{Key: key, Args: s.caseArgs(c), Rows: s.caseButtons(c, s.me), Edit: true})
}

// take begins the work on a case.
func (s *scene) take(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	c, err = s.act(c, casework.Act{Action: casework.Take})
	if err != nil {
		return err
	}
	s.update("notice.done.take", c)
	return s.tellReporters(c, "notice.reporter.taken", texts.Args{"day": s.clockDay(c, casework.FinishClock)})
}

// addEvidence adds an officer's photos from the spot.
func (s *scene) addEvidence(a flow.AddEvidence) error {
	c, err := s.load(a.Case)
	if err != nil {
		return err
	}
	before := len(c.Evidence)
	c, err = s.act(c, casework.Act{Action: casework.AddEvidence, Evidence: s.evidenceOf(a.Files, casework.After)})
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "notice.done.evidence", Args: map[string]any{
		"number": c.Shown(), "n": len(c.Evidence) - before,
	}, Rows: s.caseButtons(c, s.me)})
	return nil
}

// evidenceOf are the files of a conversation as a case keeps them; stage is that of those which do not say their own.
func (s *scene) evidenceOf(files []flow.File, stage casework.Stage) []casework.Evidence {
	out := make([]casework.Evidence, 0, len(files))
	for _, f := range files {
		out = append(out, s.evidence(f, stage))
	}
	return out
}

// reply is what is kept as the answer: the desk's own words, or the template as it reads in the reference language.
func (s *scene) reply(own string, notice *texts.Text) string {
	if own == "" && notice != nil {
		return s.Texts.Plain(texts.Reference, notice.Key, notice.Args)
	}
	return own
}

// wording is what a reporter reads: the template in their own language when it was sent as it is, else the desk's words.
func wording(reply string, notice *texts.Text) any {
	if notice != nil && notice.Key != "" {
		return *notice
	}
	return reply
}
