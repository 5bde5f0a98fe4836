package handlers

import (
	"crypto/subtle"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/doorway"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showStatus tells the stage of a report to whoever knows its query code. A wrong number and a wrong code get the same
// answer, so that nobody learns which numbers exist.
func (s *scene) showStatus(number, code string) (err error) {
	if s.misses() >= s.Rules.WrongCodes {
		return grid.Fail(grid.Conflict, "error.status.wait")
	}
	number = strings.ToUpper(strings.TrimSpace(number))
	id, counted, err := s.byNumber(s.ctx, number)
	if err != nil {
		return err
	}
	settle, err := s.doors.triesNumber(s.today(), counted, []doorway.Net{{Name: string(s.me), Times: 1}}, s.Rules.Door.WrongCodes)
	if err != nil {
		return err
	}
	defer func() { settle(err) }()
	unknown := grid.Fail(grid.NotFound, unknownStatus)
	if id == "" {
		return unknown
	}
	c, err := s.load(id)
	if err != nil {
		return err
	}
	given := strings.ToUpper(strings.TrimSpace(code))
	if subtle.ConstantTimeCompare([]byte(given), []byte(c.Code)) != 1 {
		s.Log.WarnContext(s.ctx, "wrong query code", personAttr(s.me))
		return unknown
	}
	return s.timeline(c)
}

// unknownStatus is the answer to a number or a query code that is wrong.
const unknownStatus = "error.status.unknown"

// misses is how often the person was wrong today.
func (s *scene) misses() int {
	if s.person.WrongDay != s.today() {
		return 0
	}
	return s.person.Wrong
}

// missed counts one more.
func (s *scene) missed() {
	p := s.person
	p.Wrong, p.WrongDay = s.misses()+1, s.today()
	s.keep(p)
}

func (s *scene) today() string { return s.dayOf(s.now) }

// dayOf is the district's day at a moment, as 2006-01-02: figures and quotas go by it.
func (d *Desk) dayOf(t time.Time) string { return t.In(d.Rules.Location).Format(time.DateOnly) }

// showMine lists the person's own reports and those they follow, the newest first.
func (s *scene) showMine() error {
	cases, n, err := s.mine()
	if err != nil {
		return err
	}
	if n == 0 {
		s.say(flow.Reply{Key: "mine.empty", Rows: [][]flow.Choice{{{Key: "button.report", Data: flow.Press{Verb: flow.PressReport}.Data()}}}})
		return nil
	}
	lines := make([]string, 0, len(cases))
	buttons := make([]flow.Choice, 0, len(cases))
	for _, c := range cases {
		lines = append(lines, s.mineLine(c))
		buttons = append(buttons, flow.Choice{Label: texts.Name(c.Shown()), Data: caseData("history", c.ID)})
	}
	s.say(flow.Reply{
		Key: "mine.title", Args: texts.Args{"n": n, "lines": texts.Raw(strings.Join(lines, "\n"))}, Rows: pairs(buttons),
	})
	return nil
}

// mine reads the newest page of what the person reported or follows, or filed as an officer, and how many there are.
func (s *scene) mine() ([]casework.Case, int, error) {
	names := []grid.PersonID{s.reporter}
	if s.officer.ID != "" {
		names = append(names, s.me)
	}
	var page []casework.CaseID
	n := 0
	for _, name := range names {
		ids, err := s.Store.ByPerson(s.ctx, name)
		if err != nil {
			return nil, 0, err
		}
		n += len(ids)
		page = append(page, ids[:min(len(ids), s.Rules.PageSize)]...)
	}
	cases, err := s.Store.Cases(s.ctx, page)
	read := len(cases)
	cases = slices.DeleteFunc(cases, func(c casework.Case) bool { // what was never submitted has no number for the person
		return s.reported(c) && (c.State == casework.Alarm || c.State == casework.FalseAlarm)
	})
	n -= read - len(cases)
	slices.SortFunc(cases, func(a, b casework.Case) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return cases[:min(len(cases), s.Rules.PageSize)], n, err
}

// mineLine is a case in the list of one's own: with its words for who wrote them, with its category for who follows it.
func (s *scene) mineLine(c casework.Case) string {
	args := texts.Args{"number": c.Shown(), "state": name("state", string(c.State))}
	if !s.mayRead(c) {
		args["category"], args["day"] = s.categories(c.Categories), s.day(c.CreatedAt)
		return s.Texts.T(s.lang, "mine.line.followed", args)
	}
	args["text"], args["at"] = excerpt(c.Text, 24), s.moment(c.CreatedAt)
	return s.Texts.T(s.lang, "mine.line", args)
}

// showHistory shows a case's timeline to those who may see it: who reported or follows it, and officers of its cell.
func (s *scene) showHistory(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if !s.maySee(c) {
		return grid.Fail(grid.Forbidden, "error.case.forbidden")
	}
	return s.timeline(c)
}

// maySee tells whether the person may see the case: who may read it, and its followers.
func (s *scene) maySee(c casework.Case) bool {
	return s.mayRead(c) || slices.Contains(c.Followers, s.reporter)
}

// mayRead tells whether the person may read the words of the case: its reporter, and officers of its cell or above.
// Anybody can follow a case, the accused as well; what somebody wrote, and the minute, would tell them who it was.
func (s *scene) mayRead(c casework.Case) bool {
	return s.reported(c) || s.Work.Sees(c, s.me, s.roster, s.now)
}

// timeline shows the stages of a case in plain words, to anybody who may know of it; its words and the minutes only to
// who may read it.
func (s *scene) timeline(c casework.Case) error {
	events, err := s.Store.History(s.ctx, c.ID)
	if err != nil {
		return err
	}
	title, when := "timeline.title", s.moment
	if !s.mayRead(c) {
		title, when = "timeline.title.followed", s.day
	}
	args := s.caseArgs(c)
	args["lines"] = s.recent(s.timelineLines(c, events, when))
	if s.officer.ID == "" && c.Cell == s.Work.Tree.Unassigned().Code {
		args["cell"] = texts.Text{Key: "report.summary_unassigned"}
	}
	args["reply"] = texts.Text{}
	if notice, public := c.Public(); !s.mayRead(c) {
		// Whoever follows a case may be whom it is about: they read what everybody may.
		args["cell"] = s.publicName(s.Work.Tree.Township(c.Cell), "")
		if public {
			args["reply"] = texts.Text{Key: "timeline.notice", Args: texts.Args{"notice": excerpt(notice, aloneText)}}
		}
	} else if c.Reply != "" {
		args["reply"] = texts.Text{Key: "timeline.reply", Args: texts.Args{"reply": excerpt(c.Reply, aloneText)}}
	}
	r := flow.Reply{Key: title, Args: args}
	if s.reported(c) {
		r.Rows = s.reporterButtons(c)
	}
	s.say(r)
	return nil
}

// timelineLines are the lines of a timeline that this person may read.
func (s *scene) timelineLines(c casework.Case, events []casework.Event, when func(time.Time) string) []string {
	lines := make([]string, 0, len(events))
	cells := cellsThen(c, events)
	for i, e := range events {
		if s.hidden(c, e) || followsMove(events, i) {
			continue
		}
		args := texts.Args{
			"at": when(e.Arrived), "cell": s.publicName(cells[i], ""), "stage": name("ladder", e.Note["stage"]),
			"target": s.Work.Tree.PathName(grid.CellCode(e.Note["cell"])), "words": excerpt(e.Note["words"], relayedWords),
			"reason": openReason(e.Note["reason"]),
		}
		maps.Copy(args, s.moveArgs(e))
		maps.Copy(args, rewardEvent(e))
		lines = append(lines, s.Texts.T(s.lang, moveKey(e), args)+s.actedFor(c, e))
	}
	return lines
}

// relayedWords is how much of a question or an answer a timeline shows.
const relayedWords = 80

// hidden tells whether an event is not for this person: the office's own chasing and bookkeeping is not the public's
// timeline, and what the office and the reporter say to each other is for them alone.
func (s *scene) hidden(c casework.Case, e casework.Event) bool {
	switch e.Action {
	case casework.Unfollow:
		return true
	case casework.Remind, casework.Issue, casework.Acknowledge, casework.SealEvidence, casework.Export, casework.FlagAbuse, casework.ClearAbuse:
		return s.officer.ID == ""
	case casework.AskReporter, casework.Answer, casework.GiveName, casework.TakeNameBack,
		casework.Bar, casework.Unbar, casework.Recuse: // whoever follows a case may be who is kept from it
		return !s.mayRead(c)
	case casework.JoinReward:
		return !s.deskWorker()
	case casework.ProposeReward, casework.ApproveReward, casework.DeclineReward, casework.ClaimReward, casework.RemindReward,
		casework.LapseReward, casework.PayReward: // who works on the case must not learn when somebody came for the money
		return !s.reported(c) && !s.deskWorker()
	case casework.Unseal:
		return !s.mayRead(c) || s.officer.ID == "" && slices.Contains(s.Rules.UnsealSilent, e.Note["reason"])
	default:
		return false
	}
}

// day writes a day without its hours.
func (s *scene) day(t time.Time) string { return t.In(s.Rules.Location).Format("01-02") }

// reporterButtons are what a reporter may do with their own report.
func (s *scene) reporterButtons(c casework.Case) [][]flow.Choice {
	var row []flow.Choice
	if c.State.Underway() {
		row = append(row, flow.Choice{Key: "button.add_words", Data: flow.Press{Verb: flow.PressMore, Arg: string(c.ID)}.Data()})
	}
	if s.Work.May(c, casework.Withdraw, s.alias(c), s.roster, s.now) {
		row = append(row, flow.Choice{Key: "button.withdraw", Data: flow.Press{Verb: flow.PressWithdraw, Arg: string(c.ID)}.Data()})
	}
	if which, _ := s.reviewable(c); which != "" {
		row = append(row, reviewButton(c.ID, which))
	}
	row = append(row, s.answeredButtons(c, s.alias(c))...)
	if s.Work.May(c, casework.ClaimReward, s.alias(c), s.roster, s.now) {
		row = append(row, flow.Choice{Key: "button.claim_reward", Data: caseData(string(casework.ClaimReward), c.ID)})
	}
	return pairs(append(row, s.nameButtons(c)...))
}

// nameButtons are for leaving one's name with a report of one's own, and for taking it back.
func (s *scene) nameButtons(c casework.Case) []flow.Choice {
	verb, key := flow.PressName, "button.name"
	action := casework.GiveName
	if c.RealName {
		verb, key, action = flow.PressUnname, "button.unname", casework.TakeNameBack
	}
	if !c.Source.Public() || !s.Work.May(c, action, s.alias(c), s.roster, s.now) {
		return nil
	}
	return []flow.Choice{{Key: key, Data: flow.Press{Verb: verb, Arg: string(c.ID)}.Data()}}
}
