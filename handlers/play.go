package handlers

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// play finds out what the message means and lets it happen in the change. What the person did wrong becomes a sentence
// to them, and nothing else of the turn is kept; an error is ours.
func (s *scene) play() error {
	people, person, state := slices.Clone(s.change.People), s.person, s.state
	err := s.route()
	var told *grid.Error
	if !errors.As(err, &told) || told.Code == grid.Internal || errors.Is(err, ledger.ErrConflict) {
		return err
	}
	s.change = ledger.Change{People: people}
	s.cases, s.shots = make(map[casework.CaseID]int), nil
	s.person, s.state = person, state
	args := make(map[string]any, len(told.Args))
	for k, v := range told.Args {
		args[k] = said(k, v)
	}
	s.say(flow.Reply{Key: told.Key, Args: args})
	if told.Key == unknownStatus || told.Key == unknownCode {
		s.missed()
	}
	if told.Code == grid.Forbidden && s.msg.Kind == Button {
		s.Log.WarnContext(s.ctx, "a button in the wrong hand", personAttr(s.me))
		s.count("forbidden", s.Work.Tree.Root().Code)
	}
	return nil
}

// said is an argument of an error as a person reads it.
func said(k, v string) any {
	switch k {
	case "state", "action", "stage":
		return name(k, v)
	case "poststate":
		return texts.Text{Key: "post.state." + v}
	case "cardstate":
		return term("enterprise.state.", v)
	case "departments":
		out := texts.List{}
		for d := range strings.FieldsSeq(v) {
			out = append(out, d)
		}
		return out
	case "limit":
		if l, err := calendar.ParseLimit(v); err == nil {
			return texts.Text{Key: "unit." + string(l.Unit), Args: texts.Args{"n": l.N}}
		}
	}
	return v
}

// route hands the message to the verb that it names, or else to the conversation.
func (s *scene) route() error {
	switch m := s.msg; {
	case m.Kind == Block && m.Group:
		return nil // that the bot has to leave a group says nothing of whoever removed it
	case m.Kind == Block:
		return s.blocked()
	case m.Edited && m.Kind == Text && m.Command != "":
		return nil // what was done was done: only what a conversation holds can be corrected
	case m.Group:
		return s.inGroup()
	case s.bringsTable():
		return s.importTable()
	case m.Kind == Button && !flow.Owns(m.Data):
		return s.press(m.Data)
	}
	if verb, ok := s.verbs()[s.named()]; ok {
		return verb()
	}
	for _, other := range []func() (bool, error){s.askByReply, s.openByNumber, s.onPatrol} {
		if taken, err := other(); taken || err != nil {
			return err
		}
	}
	return s.converse(s.event())
}

// named is the command that the message is: typed as one or, by an officer, said in the words of a button.
func (s *scene) named() string {
	m := s.msg
	switch {
	case m.Kind != Text, m.Edited:
		return ""
	case m.Command != "":
		return m.Command
	case s.officer.ID != "":
		return flow.Verb(m.Text)
	}
	return ""
}

// verbs are the commands that are not a conversation's. Each asks the roles when it is done.
func (s *scene) verbs() map[string]func() error {
	verbs := map[string]func() error{
		"work":       func() error { return s.showWork(0) },
		"merge":      s.mergeByNumber,
		"tasks":      func() error { return s.showTasks(0) },
		"desk":       func() error { return s.showQueue(casework.DecideQueue, 0) },
		"review":     func() error { return s.showQueue(casework.ReviewQueue, 0) },
		"overview":   s.showOverview,
		"stats":      s.showStats,
		"pressed":    s.showPressed,
		"extensions": func() error { return s.showQueue(casework.ExtensionQueue, 0) },
		"reviews":    func() error { return s.showQueue(casework.RecheckQueue, 0) },
		"asked":      func() error { return s.showQueue(casework.AskedQueue, 0) },
		"find":       s.findCase,
		"page":       s.linkPage,
		"checkin":    func() error { return s.begin(flow.Task{Story: flow.Checking}) },
		"patrol":     s.startPatrol,
		"patrol_end": s.endPatrol,
		"coverage":   s.showCoverage,
		"invite":     s.makeInvite,
		"revoke":     s.revokeInvite,
		"dismiss":    s.dismiss,
		"roster":     s.showRoster,
		"aside":      s.showAside,
		"away":       s.away,
		"return":     s.returned,
		"who":        s.showWho,
		"blind":      func() error { return s.showBlind(0) },
		"imports":    s.showImports,
		"template":   s.template,
		"export":     s.export,
		"incidents":  s.showIncidents,
		"incident":   s.beginGrading,
		"spot":       func() error { return s.showQueue(casework.SpotQueue, 0) },
		"publish":    func() error { return s.showQueue(casework.NoticeQueue, 0) },
		"pay":        s.showPayment,
		"plan":       s.showPlan,
		"measure":    s.measureCommand,
		"milestones": s.milestonesCommand,
		"rewards":    s.showRewards,
		"muster":     s.musters,
		"boards":     s.showBoards,
		"assess":     s.showAssess,
		"meeting":    s.meetings,
		"borders":    s.borders,
		"refer":      s.refer,
		"follow":     s.showFollows,
		"posts":      s.showPosts,

		"publications": s.publications,
		"publication":  s.publication,
		"consult":      s.consult,
		"hearings":     s.hearings,
	}
	maps.Copy(verbs, s.siteCommands())
	maps.Copy(verbs, s.waterCommands())
	maps.Copy(verbs, s.enterpriseCommands())
	return verbs
}

// press does what a button of ours says. Buttons prove nothing: whatever one asks for is authorised like anything else,
// and what no button of ours carries is refused and recorded.
//
//nolint:cyclop // a flat list, one line for each
func (s *scene) press(data string) error {
	kind, rest, _ := strings.Cut(data, ":")
	verb, arg, _ := strings.Cut(rest, ":")
	switch kind {
	case "c":
		if do, ok := s.caseVerbs()[verb]; ok {
			return do(casework.CaseID(arg))
		}
	case "w":
		return s.pressList(verb, arg)
	case "l":
		return s.pressPressed(verb, arg)
	case "o":
		return s.showOverview()
	case "t":
		return s.pressStats(verb, arg)
	case "d":
		return s.pressDispute(verb, arg)
	case "m":
		return s.mergeCases(casework.CaseID(verb), casework.CaseID(arg))
	case "k":
		return s.pressTask(verb, arg)
	case "a":
		return s.pressAside(verb, arg)
	case "v":
		return s.pressAway(verb)
	case "b":
		return s.pressBlind(verb)
	case "x":
		return s.pressBar(casework.CaseID(verb), arg)
	case "i":
		return s.pressImport(verb, arg)
	case "n":
		return s.pressPlan(verb, arg)
	case "p":
		return s.pressOwn(verb)
	case "r":
		return s.pressReward(verb, arg)
	case "y":
		return s.pressCircular(verb, arg)
	case "u":
		return s.pressMuster(verb, arg)
	case "s":
		return s.pressSite(verb, arg)
	case "q":
		return s.pressInspection(verb, arg)
	case "z":
		return s.pressDraw(verb, arg)
	case "sp":
		return s.pressPage(verb)
	case "as":
		return s.pressAssess(verb, arg)
	case "j":
		return s.pressMeeting(verb, arg)
	case "br":
		return s.pressBoard(verb, arg)
	case "en":
		return s.pressEnterprise(verb, arg)
	case "g":
		return s.pressCoverage(verb, arg)
	case "cs":
		return s.pressConsult(verb, arg)
	case "hr":
		return s.pressHearing(verb, arg)
	case "rf":
		return s.pressReferral(verb, arg)
	case "bd":
		return s.pressBorder(verb, arg)
	case "ex":
		return s.pressExport(verb, arg)
	case "fo":
		return s.pressFollow(verb, arg)
	case "po":
		return s.pressPost(verb, arg)
	case "pu":
		return s.pressPublication(verb, arg)
	case "wt":
		return s.pressWater(verb, arg)
	}
	return s.forged(data)
}

// caseVerbs are the buttons under a case.
func (s *scene) caseVerbs() map[string]func(casework.CaseID) error {
	verbs := map[string]func(casework.CaseID) error{
		"open":                       s.openCase,
		"map":                        s.showPoint,
		"photos":                     s.showPhotos,
		"history":                    s.showHistory,
		string(casework.Export):      s.exportCase,
		"hear":                       s.hear,
		"grade":                      s.ask(casework.Grade, flow.Grading),
		"stand_down":                 s.ask(casework.StandDown, flow.StandingDown),
		"report_first":               s.beginReport(incident.First),
		"report_further":             s.beginReport(incident.Further),
		"report_final":               s.beginReport(incident.Final),
		"reports":                    s.showReports,
		"letter":                     s.writeLetter,
		"telling":                    s.ask(casework.TellNeighbour, flow.Telling),
		string(casework.FlagAbuse):   s.askAbuse,
		string(casework.ClearAbuse):  s.clearAbuse,
		string(casework.Accept):      s.accept,
		string(casework.Take):        s.take,
		string(casework.Refuse):      s.ask(casework.Refuse, flow.Refusing),
		string(casework.Reassign):    s.ask(casework.Reassign, flow.Reassigning),
		assignPlan:                   s.assignAsPlanned,
		string(casework.Assign):      s.ask(casework.Assign, flow.Assigning),
		string(casework.AnswerTask):  s.ask(casework.AnswerTask, flow.Replying),
		string(casework.DeclineTask): s.ask(casework.DeclineTask, flow.Declining),
		string(casework.Unmerge):     s.unmerge,
		string(casework.DropTask):    s.ask(casework.DropTask, flow.Dropping),
		string(casework.AddEvidence): s.ask(casework.AddEvidence, flow.Showing),
		string(casework.AskReporter): s.askReporter,
		relayAgain:                   s.askReporter,
		string(casework.Unseal):      s.ask(casework.Unseal, flow.Unsealing),
		string(casework.NotMine):     s.beginObjection,

		string(casework.ProposeReward): s.beginReward,
		string(casework.ApproveReward): s.approveReward,
		string(casework.DeclineReward): s.askDecline,
		string(casework.ClaimReward):   s.claimReward,
		"split_reward":                 s.askShare,
	}
	for _, r := range casework.AbuseReasons() {
		verbs[abuseVerb(r)] = s.flagAbuse(r)
	}
	maps.Copy(verbs, s.decisionVerbs())
	maps.Copy(verbs, s.closingVerbs())
	maps.Copy(verbs, s.ladderVerbs())
	return verbs
}

// pressList turns a page of a worklist.
func (s *scene) pressList(which, offset string) error {
	n, err := strconv.Atoi(offset)
	if err != nil {
		return s.forged(s.msg.Data)
	}
	switch q := casework.Queue(which); {
	case which == "work":
		return s.showWork(n)
	case which == "tasks":
		return s.showTasks(n)
	case slices.Contains(casework.DistrictQueues(), q):
		return s.showQueue(q, n)
	case strings.HasPrefix(which, "cell/"):
		return s.showTownship(grid.CellCode(strings.TrimPrefix(which, "cell/")), n)
	}
	return s.forged(s.msg.Data)
}

// forged refuses callback data that no button of ours carries. Only its length is recorded: it is a stranger's text.
func (s *scene) forged(data string) error {
	s.Log.WarnContext(s.ctx, "callback data that no button carries", sizeAttr(data), personAttr(s.me))
	s.count("forged", s.Work.Tree.Root().Code)
	s.say(flow.Reply{Key: "error.button", Toast: true})
	return nil
}

// blocked records that an officer blocked or unblocked the bot, so that the deputy is told instead; what is known of the
// person was updated already.
func (s *scene) blocked() error {
	if s.officer.ID == "" || s.officer.Blocked == s.msg.Blocked {
		return nil
	}
	o := s.officer
	o.Blocked = s.msg.Blocked
	s.enter(o)
	if !o.Blocked {
		return nil
	}
	if err := s.musterUnheard(o); err != nil {
		return err
	}
	return s.tellGone("gone.blocked", o, s.appointments(o))
}

// inGroup asks people to write in private: a group is no place to report, for everybody there reads it.
func (s *scene) inGroup() error {
	if s.msg.Command != "" {
		s.say(flow.Reply{Key: "group.private", Args: map[string]any{"bot": s.BotName}})
	}
	return nil
}
