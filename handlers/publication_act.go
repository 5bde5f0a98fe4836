package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// actIssue does something to an issue in the person's name and makes it part of the change.
func (s *scene) actIssue(i issueAt, act publication.Act) (issueAt, error) {
	act.Person, act.Via, act.At = s.me, s.via(), s.now
	after, event, err := s.Publications.Apply(i.Occasion, i.Issue, act, s.roster)
	if err != nil {
		return i, err
	}
	i.Issue = after
	return i, s.shelve(publication.Write(i.read, after, event))
}

// draftIssue draws the content up from what is on record now and freezes it for whoever approves.
func (s *scene) draftIssue(i issueAt) error { return s.draft(i, publication.Act{}) }

func (s *scene) draft(i issueAt, act publication.Act) error {
	if !s.Publications.May(i.Occasion, i.Issue, publication.Draft, s.me, s.roster, s.now) {
		_, _, err := s.Publications.Apply(i.Occasion, i.Issue, publication.Act{Action: publication.Draft, Person: s.me, At: s.now}, s.roster)
		return err
	}
	if s.now.Before(i.Period.To) {
		return grid.Fail(grid.Conflict, "error.publication.running", "day", i.Period.To.In(s.Rules.Location).Format("2006-01-02"))
	}
	s.answerNow("publication.working")
	content, err := s.drawUp(i.Duty, i.Period)
	if err != nil {
		return err
	}
	if since := s.Publications.Since; i.Period.From.Before(since.In(s.Rules.Location)) {
		content.Notes = append(slices.Clone(content.Notes), s.frozen("publication.note.since", texts.Args{"day": since.String()}))
	}
	act.Action, act.Content = publication.Draft, content
	if i, err = s.actIssue(i, act); err != nil {
		return err
	}
	s.say(s.issueCard("publication.card", i))
	return s.tellIssue(i, "publication.notice.drafted")
}

// approveIssue lets it be published.
func (s *scene) approveIssue(i issueAt) error {
	i, err := s.actIssue(i, publication.Act{Action: publication.Approve})
	if err != nil {
		return err
	}
	s.say(s.issueCard("publication.card", i))
	return s.tellIssue(i, "publication.notice.approved")
}

// tellIssue tells those whose turn it is now, but for the person, who sees it.
func (s *scene) tellIssue(i issueAt, key string) error {
	officers := s.Publications.Officers(i.Duty, i.State, s.roster, s.now)
	return s.tellEach(officers, casework.Case{}, func(o grid.Officer) flow.Reply {
		r := s.issueCard(key, i)
		r.Rows, r.Edit = s.issueButtons(i, o.Person), false
		return r
	})
}

// askReturn asks why it cannot go out as it is.
func (s *scene) askReturn(i issueAt) error {
	if !s.Publications.May(i.Occasion, i.Issue, publication.Return, s.me, s.roster, s.now) {
		_, _, err := s.Publications.Apply(i.Occasion, i.Issue, publication.Act{Action: publication.Return, Person: s.me, At: s.now}, s.roster)
		return err
	}
	return s.askNote("publication_return", i.id)
}

// askCorrection asks what is wrong with what is out.
func (s *scene) askCorrection(i issueAt) error {
	if i.State != publication.Published {
		return grid.Fail(grid.Conflict, "error.publication.state")
	}
	if !s.Publications.May(i.Occasion, publication.Issue{}, publication.Draft, s.me, s.roster, s.now) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	return s.askNote("publication_correct", i.id)
}

// publicationNotes take the reasons.
func (s *scene) publicationNotes() map[string]func(flow.Worded) error {
	take := func(do func(issueAt, string) error) func(flow.Worded) error {
		return func(n flow.Worded) error {
			i, err := s.issue(n.Ref)
			if err != nil {
				return err
			}
			return do(i, n.Words)
		}
	}
	return map[string]func(flow.Worded) error{"publication_return": take(s.returnIssue), "publication_correct": take(s.correctIssue)}
}

// returnIssue gives it back to whoever drew it up.
func (s *scene) returnIssue(i issueAt, why string) error {
	drafter := i.By
	i, err := s.actIssue(i, publication.Act{Action: publication.Return, Why: why})
	if err != nil {
		return err
	}
	s.say(s.issueCard("publication.card", i))
	return s.tellEach(s.officersOf([]grid.OfficerID{drafter}), casework.Case{}, func(o grid.Officer) flow.Reply {
		r := s.issueCard("publication.notice.returned", i)
		r.Rows, r.Edit = s.issueButtons(i, o.Person), false
		return r
	})
}

// correctIssue begins the issue that follows one that is out and says what was wrong with it. What is out stays as it is.
func (s *scene) correctIssue(wrong issueAt, why string) error {
	if wrong.State != publication.Published {
		return grid.Fail(grid.Conflict, "error.publication.state")
	}
	base, n := publication.Base(wrong.id)
	next := issueAt{id: publication.Correction(base, n+1), Occasion: wrong.Occasion}
	var err error
	if next.read, err = s.dossier(publication.Dossiers, next.id); err != nil {
		return err
	}
	if next.Issue, err = publication.Read(next.read); err != nil {
		return err
	}
	if next.State == publication.Published {
		return grid.Fail(grid.Conflict, "error.publication.corrected", "id", next.id)
	}
	return s.draft(next, publication.Act{Corrects: wrong.id, Why: why})
}

// publishIssue seals what was approved, as the next of the chain, and lets everybody read it: on the site and in the channel.
func (s *scene) publishIssue(i issueAt) error {
	read, err := s.dossier(publication.Chains, publication.ChainID)
	if err != nil {
		return err
	}
	var chain publication.Chain
	if wrong := read.Into(&chain); wrong != nil {
		return wrong
	}
	last, err := s.lastSheet(i)
	if err != nil {
		return err
	}
	if i, err = s.actIssue(i, publication.Act{Action: publication.Publish, Chain: chain, Last: last}); err != nil {
		return err
	}
	after, link := chain.Add(i.Issue)
	if wrong := s.shelve(ledger.WriteDossier(read, after, link)); wrong != nil {
		return wrong
	}
	sheet, err := i.Sheet()
	if err != nil {
		return err
	}
	if err := s.postSheet(i, sheet); err != nil {
		return err
	}
	if err := s.issueNews(sheet); err != nil {
		return err
	}
	s.say(s.sheetCard(i, sheet))
	s.count("publications", s.Work.Tree.Root().Code)
	return s.tellEach(s.officersOf([]grid.OfficerID{i.By}), casework.Case{}, func(grid.Officer) flow.Reply {
		return flow.Reply{Key: "publication.notice.published", Args: texts.Args{
			"name": texts.Names(sheet.Names), "period": texts.Period(sheet.Period), "hash": i.Hash,
		}}
	})
}

// lastSheet is what an issue is compared with: what it corrects, or the newest of its duty that is out; nil when there is none.
func (s *scene) lastSheet(i issueAt) (*publication.Sheet, error) {
	all, err := publication.Issues(s.ctx, s.Store)
	if err != nil {
		return nil, err
	}
	var last *publication.Sheet
	for base, issues := range all {
		if publication.DutyOf(base) != i.Duty.ID {
			continue
		}
		for _, x := range issues {
			if x.State != publication.Published || i.Corrects != "" && x.ID != i.Corrects {
				continue
			}
			sheet, err := x.Sheet()
			if err != nil {
				return nil, err
			}
			if sheet.From <= i.Period.From.In(s.Rules.Location).Format("2006-01-02") && (last == nil || newer(sheet, *last)) {
				last = &sheet
			}
		}
	}
	return last, nil
}

// newer tells whether a sheet is of a later period, or a later correction for the same.
func newer(a, b publication.Sheet) bool {
	if a.From != b.From {
		return a.From > b.From
	}
	return a.Number > b.Number
}
