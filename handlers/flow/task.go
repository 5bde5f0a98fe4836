package flow

import "strings"

// beginTask begins an officer's story as the handlers ask for it. Whether the officer may is asked when the command is
// executed.
func (t *turn) beginTask() {
	if t.e.Task == nil || t.e.Task.Story == Report || t.e.Task.Story == Idle {
		return
	}
	t.startTask(*t.e.Task)
	if t.s.Story == Asking && len(t.s.Task.Words) > 0 && len(t.s.Task.revealing()) == 0 {
		t.replies = nil // a reply in Telegram goes straight on when there is nothing to think over
		t.sendQuestion()
	}
}

// startTask sets a draft under way aside and asks the story's first question.
func (t *turn) startTask(task Task) {
	t.park()
	task.Nonce = t.nonce()
	t.s.Task = &task
	t.s.Story = task.Story
	t.askAgain()
}

// askAtSite asks for what a new site, or a point of an inspection, lacks.
func (t *turn) askAtSite() {
	if t.s.Story == Siting {
		t.askSite()
		return
	}
	t.askNote()
}

// askAgain asks for the first thing that the story under way lacks.
func (t *turn) askAgain() {
	switch t.s.Story {
	case Status:
		t.askStatus()
	case More:
		t.askMore()
	case Checking:
		t.askPlace("checkin.ask", nil)
	case HandingIn:
		t.askHandIn()
	case Showing:
		t.askEvidence()
	case Objecting:
		t.askNotMine()
	case Refusing:
		t.askRefuse()
	case Closing:
		t.askClose()
	case Returning:
		t.ask("return.ask", args("number", t.s.Task.Number))
	case Reassigning:
		t.askReassign()
	case Leaving:
		t.askLeave()
	case Assigning, Replying, Declining, Dropping:
		t.askDepartments()
	case Siting, Noting:
		t.askAtSite()
	default:
		t.askDecision()
	}
}

// askWho is askAgain for the stories that have to do with who reported.
func (t *turn) askWho() {
	switch t.s.Story {
	case Asking:
		t.askQuestion()
	case Answering:
		t.ask("relay.ask_answer", nil)
	case Naming:
		t.askNaming()
	case Unsealing:
		t.askUnseal()
	case Supervising:
		t.askSupervise()
	case Rewarding:
		t.askReward()
	case Grading:
		t.askGrade()
	case Reporting:
		t.askReportUp()
	case StandingDown:
		t.ask("alarm.ask_stand_down", args("number", t.s.Task.Number, "min", t.rules.MinHan))
	case Telling:
		t.ask("neighbour.ask_how", args("number", t.s.Task.Number))
	case Drafting:
		t.preview("publish.preview")
	case Unsolved:
		t.askUnsolved()
	case Passing, Reopening:
		t.askCheck()
	default:
		t.askCalled()
	}
}

// taskMessage gives a message to the officer's story under way.
func (t *turn) taskMessage() {
	switch t.s.Story {
	case Checking:
		t.checkIn()
	case HandingIn, Showing:
		t.handInMessage()
	case Objecting, Reassigning:
		t.targetMessage()
	case Refusing:
		t.refuseMessage()
	case Closing, Drafting:
		t.ownWords()
	case Unsolved:
		t.unsolvedMessage()
	case Passing, Reopening:
		t.checkMessage()
	case Returning:
		t.returnMessage()
	case Assigning, Replying, Declining, Dropping:
		t.departmentsMessage()
	case Leaving:
		t.leaveMessage()
	case Siting:
		t.siteMessage()
	case Noting:
		t.noteMessage()
	default:
		t.decisionMessage()
	}
}

// whoMessage is taskMessage for the stories that have to do with who reported.
func (t *turn) whoMessage() {
	switch t.s.Story {
	case Asking:
		t.questionMessage()
	case Answering:
		t.answerMessage()
	case Naming:
		t.namingMessage()
	case Unsealing:
		t.unsealMessage()
	case Supervising:
		t.superviseMessage()
	case Rewarding:
		t.rewardMessage()
	case Grading:
		t.gradeMessage()
	case Reporting:
		t.reportUpMessage()
	case StandingDown:
		t.standDownMessage()
	case Telling:
		t.tellingMessage()
	default:
		t.calledMessage()
	}
}

// askCalled is askAgain for the stories of officers who are called together.
func (t *turn) askCalled() {
	switch t.s.Story {
	case Mustering:
		t.askMuster()
	case Arriving:
		t.askArrival()
	case Excusing:
		t.askExcuse()
	case Wording:
		t.askWording()
	default:
		t.askMilestone()
	}
}

// calledMessage is taskMessage for them.
func (t *turn) calledMessage() {
	switch t.s.Story {
	case Mustering:
		t.musterMessage()
	case Arriving:
		t.arrivalMessage()
	case Excusing:
		t.excuseMessage()
	case Wording:
		t.wordingMessage()
	default:
		t.milestoneMessage()
	}
}

// said are the words of an officer's story.
func (task *Task) said() string {
	parts := make([]string, 0, len(task.Words))
	for _, w := range task.Words {
		parts = append(parts, w.Text)
	}
	return strings.Join(parts, "\n")
}
