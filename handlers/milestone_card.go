package handlers

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// milestoneVerbs are the buttons under a milestone.
func (s *scene) milestoneVerbs() map[string]func(id string) error {
	return map[string]func(string) error{
		"open":       s.openMilestone,
		"report":     s.beginMilestone(plan.Report, flow.Progressing),
		"contribute": s.beginMilestone(plan.Contribute, flow.Contributing),
		"return":     s.beginMilestone(plan.Return, flow.SendingBack),
		"accept":     func(id string) error { return s.acceptMilestone(id, false) },
		"accept_yes": func(id string) error { return s.acceptMilestone(id, true) },
		"received":   s.receiveMilestone,
		"history":    s.milestoneHistory,
		"photos":     s.milestonePhotos,
		"papers":     s.milestonePapers,
	}
}

// milestone reads how one occurrence stands.
func (s *scene) milestone(id string) (plan.Line, error) {
	v, err := s.look()
	if err != nil {
		return plan.Line{}, err
	}
	l, ok := v.Line(id)
	if !ok {
		return l, grid.Fail(grid.NotFound, "error.plan.milestone")
	}
	return l, nil
}

// openMilestone shows a milestone with what the officer may do about it.
func (s *scene) openMilestone(id string) error {
	l, err := s.milestone(id)
	if err == nil {
		s.say(s.milestoneCard("milestone.card", l, s.me))
	}
	return err
}

// milestoneCard is a milestone as officers see it: what is promised, how far it is, who said what, and a button for each thing
// that this person may do now.
func (s *scene) milestoneCard(key string, l plan.Line, to grid.PersonID) flow.Reply {
	return flow.Reply{Key: key, Args: s.milestoneArgs(l), Rows: s.milestoneButtons(l, to)}
}

func (s *scene) milestoneArgs(l plan.Line) texts.Args {
	args := texts.Args{
		"id": l.Milestone.ID, "words": excerpt(l.Milestone.Words, cardPlace), "stands": s.standing(l), "item": l.Measure.Item, "title": l.Measure.Title,
		"lead": departmentList(l.Measure.Leads()), "target": texts.Text{}, "reported": texts.Text{},
		"shares": s.shareLines(l), "returned": texts.Text{}, "contested": texts.Text{}, "ladder": s.milestoneLadder(l), "cases": l.Cases,
	}
	if t := l.Milestone.Target; t != nil {
		args["target"] = texts.Text{Key: "milestone.target." + targetWords[t.Relation], Args: texts.Args{
			"value": strconv.FormatFloat(t.Value, 'f', -1, 64), "unit": t.Unit,
		}}
	}
	if l.Words != "" {
		args["reported"] = texts.Text{Key: "milestone.reported", Args: texts.Args{
			"percent": l.Percent, "by": orDash(s.officerName(l.By)), "at": s.moment(l.At), "words": excerpt(l.Words, 400), "files": len(l.Files),
		}}
	}
	if l.Returns != "" {
		args["returned"] = texts.Text{Key: "milestone.returned", Args: texts.Args{"reason": excerpt(l.Returns, cardPlace), "by": orDash(s.officerName(l.RuledBy))}}
	}
	if l.Contested {
		args["contested"] = texts.Text{Key: "milestone.contested", Args: texts.Args{"n": l.Cases}}
	}
	return args
}

// targetWords are the relations of a figure to its target as keys of the catalogue call them.
var targetWords = map[plan.Relation]string{
	plan.AtLeast: "at_least", plan.AtMost: "at_most", plan.Exactly: "exactly", plan.Down: "down", plan.Up: "up", plan.Flat: "flat",
}

// shareLines are what supporting departments said.
func (s *scene) shareLines(l plan.Line) texts.Parts {
	var out texts.Parts
	for _, d := range l.Measure.Supports {
		i := slices.IndexFunc(l.Shares, func(x plan.Share) bool { return x.Department == d })
		if i >= 0 {
			x := l.Shares[i]
			out = append(out, texts.Text{Key: "milestone.share", Args: texts.Args{"department": string(d), "words": excerpt(x.Words, 120), "at": s.moment(x.At)}})
		}
	}
	return out
}

// milestoneLadder says how the lead was pressed, the last rung, and who is silent.
func (s *scene) milestoneLadder(l plan.Line) texts.Text {
	if len(l.Ladder) == 0 {
		return texts.Text{}
	}
	step := l.Ladder[len(l.Ladder)-1]
	args := texts.Args{"rung": name("rung", string(step.Rung)), "at": s.moment(step.At), "doc": "", "received": texts.Text{Key: "milestone.received"}}
	if step.Doc > 0 {
		args["doc"] = " " + l.Letters[step.Doc-1].No
	}
	if silent := step.Unacknowledged(); len(silent) > 0 {
		args["received"] = texts.Text{Key: "milestone.silent", Args: texts.Args{"names": officerNames(s.officersOf(silent))}}
	}
	return texts.Text{Key: "milestone.ladder", Args: args}
}

// milestoneButtons offers what the person may do with the milestone now.
func (s *scene) milestoneButtons(l plan.Line, to grid.PersonID) [][]flow.Choice {
	var all []flow.Choice
	add := func(when bool, key, verb string) {
		if when {
			all = append(all, flow.Choice{Key: key, Data: planData(verb, l.ID())})
		}
	}
	may := func(a plan.Action) bool { return s.Plan.May(l.Occurrence, l.Progress, a, to, s.roster, s.now) }
	add(may(plan.Acknowledge), "button.acknowledge", "received")
	add(may(plan.Report), "button.milestone_report", "report")
	add(may(plan.Contribute), "button.milestone_contribute", "contribute")
	add(may(plan.Accept), "button.milestone_accept", "accept")
	add(may(plan.Return), "button.milestone_return", "return")
	add(len(l.AllFiles()) > 0, "button.photos", "photos")
	add(len(l.Letters) > 0, "button.papers", "papers")
	add(l.Touched(), "button.history", "history")
	item := strconv.Itoa(l.Measure.Item)
	all = append(all, flow.Choice{Key: "button.measure", Args: texts.Args{"item": item}, Data: planData("measure", item)})
	if l.Cases > 0 {
		all = append(all, flow.Choice{Key: "button.measure_cases", Args: texts.Args{"n": l.Cases}, Data: planData("cases", item+":0")})
	}
	if before := s.periodBefore(l); before != "" {
		all = append(all, flow.Choice{Key: "button.milestone_before", Data: planData("open", before)})
	}
	return pairs(all)
}

// periodBefore is the ID of the period before this one of a duty that comes back; empty when there is none.
func (s *scene) periodBefore(l plan.Line) string {
	before := ""
	for _, o := range s.Plan.Occurrences(s.now) {
		if o.ID() == l.ID() {
			return before
		}
		if o.Milestone.ID == l.Milestone.ID {
			before = o.ID()
		}
	}
	return ""
}

// milestoneHistory shows what was done about a milestone, who did it and when.
func (s *scene) milestoneHistory(id string) error {
	l, err := s.milestone(id)
	if err != nil {
		return err
	}
	raw, err := s.Store.DossierHistory(s.ctx, plan.Kind, id)
	if err != nil {
		return err
	}
	lines := make([]string, 0, len(raw))
	for _, line := range raw {
		var e plan.Event
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		lines = append(lines, s.milestoneEvent(e))
	}
	s.say(flow.Reply{Key: "milestone.history", Args: texts.Args{"id": l.Milestone.ID, "words": excerpt(l.Milestone.Words, 60), "lines": s.recent(lines)}})
	return nil
}

// milestoneEvent is a line of the history.
func (s *scene) milestoneEvent(e plan.Event) string {
	args := texts.Args{
		"at": s.moment(e.At), "by": orDash(s.officerName(e.By)), "department": string(e.Department), "percent": e.Percent, "words": excerpt(e.Words, 80),
		"files": texts.Text{}, "cases": texts.Text{}, "stage": texts.Text{},
	}
	if len(e.Files) > 0 {
		args["files"] = texts.Text{Key: "milestone.event.files", Args: texts.Args{"n": len(e.Files), "hashes": shortHashes(e.Files)}}
	}
	if e.Cases > 0 {
		args["cases"] = texts.Text{Key: "milestone.event.cases", Args: texts.Args{"n": e.Cases}}
	}
	if e.Stage != "" {
		stage, days, _ := strings.Cut(e.Stage, "_")
		args["stage"] = texts.Text{Key: "milestone.stage." + stage, Args: texts.Args{"days": days}}
	}
	return s.Texts.T(s.lang, "milestone.event."+string(e.Did), args)
}

// shortHashes are the beginnings of the files' hashes, as far as they are known.
func shortHashes(files []plan.File) texts.List {
	out := make(texts.List, 0, len(files))
	for _, f := range files {
		out = append(out, orDash(excerpt(f.SHA256, 8)))
	}
	return out
}

// milestonePhotos shows the pictures that back a report.
func (s *scene) milestonePhotos(id string) error {
	l, err := s.milestone(id)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: "milestone.photos", Args: texts.Args{"id": l.Milestone.ID, "n": len(l.AllFiles())}, Photos: planPhotos(l.AllFiles())})
	return nil
}

// planPhotos are the pictures among files, as many as a message shows.
func planPhotos(files []plan.File) []string {
	var pictures []string
	for _, f := range files {
		if f.Kind == "photo" && len(pictures) < 10 {
			pictures = append(pictures, telegramFile+f.ID)
		}
	}
	return pictures
}

// milestonePapers shows the documents of a milestone's ladder again.
func (s *scene) milestonePapers(id string) error {
	l, err := s.milestone(id)
	if err != nil {
		return err
	}
	for i, letter := range l.Letters {
		s.showLetter(letter, l.Milestone.ID, planData("pdf", id+":"+strconv.Itoa(i+1)))
	}
	return nil
}

// leadClerks are the clerks of whoever leads the milestone; of the grid's own bureau, when it has none, the district's desk.
func (s *scene) leadClerks(l plan.Line) []grid.Officer {
	return s.Plan.Clerks(l.Measure, s.roster, s.now)
}

// tellMilestone shows the milestone to officers, each with the buttons that they may press.
func (s *scene) tellMilestone(officers []grid.Officer, key string, l plan.Line) error {
	for _, o := range officers {
		if err := s.tell(o.Person, casework.Case{}, s.milestoneCard(key, l, o.Person)); err != nil {
			return err
		}
	}
	return nil
}
