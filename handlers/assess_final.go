package handlers

import (
	"encoding/json"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// finishAssessment seals it and tells every unit how it stands, with the hash: on their phones nobody in the office can change
// that.
func (s *scene) finishAssessment(p pressedAssess) error {
	after, err := s.assessAct(p.a, p.d, assess.Act{Action: assess.Finish})
	if err != nil {
		return err
	}
	for _, r := range after.Results {
		card := s.unitCard("assess.notice.final", after, r, s.judgedButtons(after, r))
		if err := s.tellEach(s.unitOfficers(r.Unit), casework.Case{}, func(grid.Officer) flow.Reply { return card }); err != nil {
			return err
		}
	}
	s.say(s.assessCard(after))
	return nil
}

// checkAssessment tells whether a sealed assessment is as it was sealed, and sends the very bytes that were.
func (s *scene) checkAssessment(p pressedAssess) error {
	if p.a.Seal == nil {
		return grid.Fail(grid.Conflict, "error.assess.state")
	}
	whole, err := s.sealHolds(p)
	if err != nil {
		return err
	}
	if !whole {
		s.say(flow.Reply{Key: "assess.check.broken", Args: texts.Args{"period": texts.Period(p.a.Period), "hash": p.a.Seal.Hash}})
		return nil
	}
	document, err := s.document("gridwarden-assess-"+p.a.Period+".json", p.a.Content())
	if err != nil {
		return err
	}
	s.say(flow.Reply{
		Key: "assess.check.whole", Args: texts.Args{"period": texts.Period(p.a.Period), "hash": p.a.Seal.Hash, "day": s.minute(p.a.Seal.At)}, Document: document,
	})
	return nil
}

// sealHolds tells whether an assessment is what its history says that was sealed.
func (s *scene) sealHolds(p pressedAssess) (bool, error) {
	lines, err := s.Store.DossierHistory(s.ctx, p.d.Kind, p.d.ID)
	if err != nil {
		return false, err
	}
	history, err := assess.ReadHistory(lines)
	return err == nil && assess.Verify(p.a, history) == nil, err
}

// publishAssessment makes it public: from now on anybody may read it.
func (s *scene) publishAssessment(p pressedAssess) error {
	after, err := s.assessAct(p.a, p.d, assess.Act{Action: assess.Publish})
	if err != nil {
		return err
	}
	s.say(s.assessCard(after))
	return s.sayPublic(after)
}

func (s *scene) showPublic(p pressedAssess) error { return s.sayPublic(p.a) }

// sayPublic sends the public text as a file for those who process it further.
func (s *scene) sayPublic(a assess.Assessment) error {
	public, ok := a.Public()
	if !ok {
		return grid.Fail(grid.NotFound, "error.assess.none")
	}
	data, err := json.MarshalIndent(public, "", "  ")
	if err != nil {
		return err
	}
	document, err := s.document("assessment-"+a.Period+".json", data)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "assess.public", Args: texts.Args{"period": texts.Period(a.Period), "hash": a.Seal.Hash}, Document: document})
	return nil
}

// proposeRemedy makes the numbered document that proposes a remedy about a unit that did not pass. It is shown to the
// supervisor, who takes it to whoever may decide: the program orders nothing.
func (s *scene) proposeRemedy(p pressedAssess) error {
	r, err := p.result()
	if err != nil {
		return err
	}
	m := assess.Remedy(p.rest[1])
	if p.a.State != assess.Final {
		return grid.Fail(grid.Conflict, "error.assess.state")
	}
	series := letterhead.ProposalSeries(m)
	marker := ledger.LetterMarker(series)
	l := s.Head.Proposal(p.a, r, m, marker)
	after, err := s.assessAct(p.a, p.d, assess.Act{
		Action: assess.Propose, Unit: r.Unit.Key(), Proposal: assess.Proposal{Remedy: m, No: marker, To: l.To, Text: l.Text},
	})
	if err != nil {
		return err
	}
	s.change.Numbers = append(s.change.Numbers, s.Head.Number(series, marker, s.now))
	s.say(flow.Reply{
		Key: "assess.proposed", Args: texts.Args{"unit": r.Unit.Name, "remedy": texts.Text{Key: "assess.remedy." + string(m)}, "doc": marker},
		Paper: s.Head.Paper(l, s.now), Rows: s.figureRows(after, r),
	})
	return nil
}
