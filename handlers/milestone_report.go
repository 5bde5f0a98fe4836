package handlers

import (
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// beginMilestone returns a button's verb that begins the story which gathers what the action needs, if the person may.
func (s *scene) beginMilestone(action plan.Action, story flow.Story) func(string) error {
	return func(id string) error {
		l, err := s.milestone(id)
		if err != nil {
			return err
		}
		if !s.Plan.May(l.Occurrence, l.Progress, action, s.me, s.roster, s.now) {
			_, _, err := s.Plan.Apply(l.Occurrence, l.Progress, plan.Act{Action: action, Person: s.me}, s.roster, s.now)
			return err
		}
		return s.begin(flow.Task{Story: story, Milestone: id, Number: l.Milestone.ID, Matter: excerpt(l.Milestone.Words, 40)})
	}
}

// actOn does something to a milestone in the person's name and makes it part of the change.
func (s *scene) actOn(l plan.Line, act plan.Act) (plan.Line, error) {
	d, err := s.Store.Dossier(s.ctx, plan.Kind, l.ID())
	if err != nil && grid.CodeOf(err) != grid.NotFound {
		return l, err
	}
	var p plan.Progress
	if bad := d.Into(&p); bad != nil {
		return l, bad
	}
	act.Person, act.Via = s.me, s.via()
	after, event, err := s.Plan.Apply(l.Occurrence, p, act, s.roster, s.now)
	if err != nil {
		return l, err
	}
	write, err := ledger.WriteDossier(d, after, event)
	if err != nil {
		return l, err
	}
	for _, f := range act.Files {
		write.Files = append(write.Files, f.Unique)
	}
	return s.Plan.Line(l.Occurrence, after, l.Cases, s.now), s.shelve(write, nil)
}

// actOnID is actOn for the milestone of that ID.
func (s *scene) actOnID(id string, act plan.Act) (plan.Line, error) {
	l, err := s.milestone(id)
	if err != nil {
		return l, err
	}
	return s.actOn(l, act)
}

// planFiles are the files of a story as a milestone keeps them, with their hashes as far as they are known.
func (s *scene) planFiles(files []flow.File) ([]plan.File, error) {
	out := make([]plan.File, 0, len(files))
	for _, f := range files {
		out = append(out, plan.File{Unique: f.Unique, ID: f.ID, Kind: f.Kind})
	}
	return out, s.hash(out)
}

// hash looks up the hashes of files that are not known yet.
func (s *scene) hash(files []plan.File) error {
	for i, f := range files {
		if f.SHA256 != "" {
			continue
		}
		known, err := s.Store.File(s.ctx, f.Unique)
		if err != nil && grid.CodeOf(err) != grid.NotFound {
			return err
		}
		files[i].SHA256 = known.SHA256
	}
	return nil
}

// reportProgress tells for the lead how far a milestone is. What is done goes to the supervisors, with the cases that speak
// against it.
func (s *scene) reportProgress(r flow.ReportProgress) error {
	files, err := s.planFiles(r.Files)
	if err != nil {
		return err
	}
	act := plan.Act{Action: plan.Report, Percent: r.Percent, Words: r.Words, Files: files}
	if r.Percent >= 100 {
		act.Action = plan.Finish
	}
	l, err := s.actOnID(r.Milestone, act)
	if err != nil {
		return err
	}
	if act.Action == plan.Report {
		s.say(s.milestoneCard("notice.done.milestone_report", l, s.me))
		return nil
	}
	s.say(s.milestoneCard("notice.done.milestone_finish", l, s.me))
	return s.tellMilestone(s.supervisors(), "notice.milestone.finished", l)
}

// contribute adds a supporting department's part; the lead's clerks hear of it.
func (s *scene) contribute(c flow.Contribute) error {
	files, err := s.planFiles(c.Files)
	if err != nil {
		return err
	}
	l, err := s.actOnID(c.Milestone, plan.Act{Action: plan.Contribute, Words: c.Words, Files: files})
	if err != nil {
		return err
	}
	s.say(s.milestoneCard("notice.done.milestone_contribute", l, s.me))
	return s.tellMilestone(s.leadClerks(l), "notice.milestone.contributed", l)
}

// sendBack returns what was reported as done, with a reason; the lead's clerks are told.
func (s *scene) sendBack(b flow.SendBack) error {
	l, err := s.actOnID(b.Milestone, plan.Act{Action: plan.Return, Words: b.Reason})
	if err != nil {
		return err
	}
	s.say(s.milestoneCard("notice.done.milestone_return", l, s.me))
	return s.tellMilestone(s.leadClerks(l), "notice.milestone.returned", l)
}

// acceptMilestone finds a milestone done. While open cases speak against it the supervisor is asked once more, and the history
// says how many there were.
func (s *scene) acceptMilestone(id string, sure bool) error {
	l, err := s.milestone(id)
	if err != nil {
		return err
	}
	if l.Contested && !sure && s.Plan.May(l.Occurrence, l.Progress, plan.Accept, s.me, s.roster, s.now) {
		s.say(flow.Reply{Key: "milestone.sure", Args: s.milestoneArgs(l), Rows: [][]flow.Choice{
			{{Key: "button.milestone_accept_yes", Data: planData("accept_yes", id)}, {Key: "button.milestone_return", Data: planData("return", id)}},
			{{Key: "button.measure_cases", Args: texts.Args{"n": l.Cases}, Data: planData("cases", strconv.Itoa(l.Measure.Item)+":0")}},
		}})
		return nil
	}
	files := l.AllFiles()
	if lost := s.hash(files); lost != nil {
		return lost
	}
	cases := 0
	if l.Contested {
		cases = l.Cases
	}
	if l, err = s.actOn(l, plan.Act{Action: plan.Accept, Files: files, Cases: cases}); err != nil {
		return err
	}
	s.say(s.milestoneCard("notice.done.milestone_accept", l, s.me))
	return s.tellMilestone(s.leadClerks(l), "notice.milestone.accepted", l)
}

// receiveMilestone says "received" to whatever the officer was told about milestones and has not acknowledged: one press
// answers an order that names several.
func (s *scene) receiveMilestone(string) error {
	v, err := s.look()
	if err != nil {
		return err
	}
	n := 0
	for _, l := range v.Lines {
		if len(l.Owes(s.officer.ID)) == 0 {
			continue
		}
		if _, err := s.actOn(l, plan.Act{Action: plan.Acknowledge}); err != nil {
			return err
		}
		n++
	}
	if n == 0 {
		return grid.Fail(grid.Conflict, "error.case.acknowledged")
	}
	s.say(flow.Reply{Key: "notice.done.milestone_received", Args: texts.Args{"n": n}})
	return nil
}

// supervisors are those of the district.
func (s *scene) supervisors() []grid.Officer {
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	return officers
}

// executeMilestone does what is wanted about milestones of the plan.
func (s *scene) executeMilestone(c flow.Command) error {
	switch c := c.(type) {
	case flow.ReportProgress:
		return s.reportProgress(c)
	case flow.Contribute:
		return s.contribute(c)
	case flow.SendBack:
		return s.sendBack(c)
	}
	return s.executeAssess(c)
}
