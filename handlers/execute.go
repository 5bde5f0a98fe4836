package handlers

import (
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// execute does what the conversation wants done. An event goes back into the conversation.
func (s *scene) execute(c flow.Command) (*flow.Event, error) {
	switch c := c.(type) {
	case flow.RaiseAlarm:
		return s.raiseAlarm(c)
	case flow.Submit:
		return s.submit(c.Draft)
	case flow.FileReport:
		return s.fileReport(c.Draft)
	case flow.OpenSite:
		return s.openSite(c.Number)
	case flow.Follow:
		return nil, s.follow(c)
	case flow.ShowStatus:
		return nil, s.showStatus(c.Number, c.Code)
	case flow.ShowMine:
		return nil, s.showMine()
	case flow.ShowHelp:
		s.showHelp()
		return nil, nil
	case flow.Withdraw:
		return nil, s.withdraw(c.Case)
	case flow.AddWords:
		return nil, s.addWords(c)
	case flow.AskReview:
		return nil, s.askReview(c)
	case flow.Object:
		return nil, s.object(c)
	case flow.SetLanguage:
		s.setLanguage(c.Lang)
		return nil, nil
	case flow.TakeInvite:
		return nil, s.takeInvite(c.Code)
	}
	return s.find(c)
}

// find finds out what a conversation has to know; all else is nobody's question.
func (s *scene) find(c flow.Command) (*flow.Event, error) {
	switch c := c.(type) {
	case flow.FindSimilar:
		return s.findSimilar(c)
	case flow.CountMuster:
		return s.countMuster(c)
	case flow.OpenBoard:
		return s.openBoard(c.ID)
	}
	return nil, s.executeIdentity(c)
}

// executeIdentity does what has to do with who somebody is.
func (s *scene) executeIdentity(c flow.Command) error {
	switch c := c.(type) {
	case flow.SavePhone:
		s.savePhone(c)
		return nil
	case flow.Answer:
		return s.relayAnswer(c)
	case flow.AskReporter:
		return s.relayQuestion(c)
	case flow.GiveName:
		return s.giveName(c)
	case flow.TakeNameBack:
		return s.takeNameBack(c.Case)
	case flow.Unseal:
		return s.unseal(c)
	case flow.ProposeReward:
		return s.proposeReward(c)
	case flow.OpenPublic:
		if c.Kind == flow.HearingLink {
			return s.openHearing(c.ID)
		}
		return s.openConsult(c.ID)
	case flow.ShowData:
		return s.showData()
	case flow.AskForget:
		return s.askForget()
	}
	return s.executeOfficer(c)
}

// executeOfficer does what officers' conversations want done.
func (s *scene) executeOfficer(c flow.Command) error {
	switch c := c.(type) {
	case flow.CheckIn:
		return s.checkIn(c)
	case flow.AddSite:
		return s.addSite(c)
	case flow.NoteInspection:
		return s.noteInspection(c)
	case flow.ShowInspection:
		return s.showInspection(c.ID)
	case flow.AddEvidence:
		return s.addEvidence(c)
	case flow.HandIn:
		return s.handIn(c)
	case flow.NotMine:
		return s.notMine(c)
	case flow.Close:
		return s.closeCase(c)
	case flow.DraftNotice:
		return s.draftNotice(c)
	case flow.Pass:
		return s.pass(c)
	case flow.Reopen:
		return s.reopen(c)
	case flow.Return:
		return s.returnCase(c)
	case flow.Reassign:
		return s.reassign(c)
	case flow.SetAway:
		return s.setAway(c)
	}
	return s.executeDecision(c)
}

// executeDecision does what is wanted about accepting and refusing, more time and review.
func (s *scene) executeDecision(c flow.Command) error {
	switch c := c.(type) {
	case flow.Refuse:
		return s.refuse(c)
	case flow.AskMore:
		return s.askMore(c)
	case flow.AcceptLed:
		return s.acceptLed(c)
	case flow.AskExtension:
		return s.askExtension(c)
	case flow.Extend:
		return s.extend(c)
	case flow.DenyExtension:
		return s.denyExtension(c)
	case flow.Uphold:
		return s.uphold(c)
	case flow.Rework:
		return s.reworkCase(c)
	}
	return s.executeTask(c)
}

// executeTask does what is wanted of departments.
func (s *scene) executeTask(c flow.Command) error {
	switch c := c.(type) {
	case flow.Assign:
		return s.assign(c)
	case flow.AnswerTask:
		return s.answerTask(c)
	case flow.DeclineTask:
		return s.declineTask(c)
	case flow.DropTask:
		return s.dropTask(c)
	}
	return s.executeIncident(c)
}

// executeIncident does what is wanted about alarms and incidents.
func (s *scene) executeIncident(c flow.Command) error {
	switch c := c.(type) {
	case flow.TellAlarm:
		return s.tellAlarm(c)
	case flow.LeaveAlarm:
		return s.leaveAlarm(c)
	case flow.StandDown:
		return s.standDown(c)
	case flow.Grade:
		return s.grade(c)
	case flow.Supervise:
		return s.supervise(c)
	case flow.ReportUp:
		return s.reportUp(c)
	case flow.TellNeighbour:
		return s.tellNeighbour(c)
	}
	return s.executeCalled(c)
}

// executeCalled does what is wanted when officers are called together.
func (s *scene) executeCalled(c flow.Command) error {
	switch c := c.(type) {
	case flow.CallUp:
		return s.callUp(c)
	case flow.Arrive:
		return s.arrive(c)
	case flow.StayAway:
		return s.stayAway(c)
	case flow.Worded:
		return s.worded(c)
	}
	return s.executeMilestone(c)
}

// setLanguage remembers the person's choice and speaks it from this turn on.
func (s *scene) setLanguage(lang texts.Lang) {
	p := s.person
	p.Lang, p.Chosen = string(lang), true
	s.keep(p)
	s.lang = lang
}
