package jobs

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// Papers words the numbered documents of the ladder; handlers/letterhead does.
type Papers interface {
	// Step words the document of a step of the case's ladder, n counted from 1, with a marker for its number.
	Step(c casework.Case, n int, to, copied []grid.Officer, words, marker string, now time.Time) casework.Letter
	// Number claims the next number of a series for the marker.
	Number(s casework.Series, marker string, now time.Time) ledger.Number
	// Paper is a letter as it is shown.
	Paper(l casework.Letter, at time.Time) *ledger.Paper
	// Milestones words one document of a rung for whoever leads these milestones of the plan.
	Milestones(unit string, rung casework.Rung, late []plan.Line, to, copied []grid.Officer, marker string, now time.Time) casework.Letter
	// Listed are the cases that the next bulletin names, and Bulletin is its text.
	Listed(cases []casework.Case) []casework.Case
	Bulletin(cases []casework.Case, marker string, now time.Time) casework.Letter
	// Progress words the bulletin on the plan after a quarter.
	Progress(parts []plan.QuarterPart, q plan.Quarter, marker string) casework.Letter
}

// pressing is what becomes of one case whose stages were reached: documents with their numbers, messages, figures.
type pressing struct {
	Deps

	before, c casework.Case
	roster    *grid.Roster
	now       time.Time
	change    ledger.Change
	issued    map[casework.Series]int
	unheard   int
}

// remind gives out the document of a rung, if it brings one, and tells everybody whom the stage speaks to.
func (p *pressing) remind(ctx context.Context, r casework.Reminder) error {
	if r.Public {
		if err := p.tellPublic(ctx, &p.change, p.c, r, p.now); err != nil {
			return err
		}
	}
	paper, err := p.issue(r)
	if err != nil {
		return err
	}
	p.count(r)
	if len(r.To) == 0 && len(r.Stage.Tell) > 0 && !r.Public {
		p.unheard++
	}
	for _, o := range r.To {
		key := "job.reminder." + r.Stage.Name
		if r.Stage.Does == casework.Unanswered {
			key = "job.reminder.unanswered"
		}
		if err := p.tell(ctx, r, o, key, paper, true); err != nil {
			return err
		}
	}
	for _, o := range r.Copy {
		if err := p.tell(ctx, r, o, "job.copy", paper, false); err != nil {
			return err
		}
	}
	return nil
}

// issue gives out the document of a rung: an event of its own, by the state table like everything else. Its number is claimed
// by the same commit, so there is none without a document and no document without one.
func (p *pressing) issue(r casework.Reminder) (*ledger.Paper, error) {
	series := r.Stage.Rung.Letter()
	if series == "" || r.Step == 0 || r.Stage.Name == casework.UnreadStage || len(r.To) == 0 {
		return nil, nil //nolint:nilnil // no document
	}
	if p.issued == nil {
		p.issued = make(map[casework.Series]int)
	}
	p.issued[series]++
	marker := ledger.LetterMarker(series)
	if n := p.issued[series]; n > 1 {
		marker = ledger.LetterMarker(series + casework.Series("/"+strconv.Itoa(n)))
	}
	l := p.Papers.Step(p.c, r.Step, r.To, r.Copy, "", marker, p.now)
	after, e, err := p.Work.Apply(p.c, casework.Act{Action: casework.Issue, Step: r.Step, Letter: &l, Via: "job/deadlines"}, p.roster, p.now)
	if err != nil {
		return nil, err
	}
	p.c = after
	w := &p.change.Cases[0]
	w.After, w.Events = after, append(w.Events, e)
	p.change.Numbers = append(p.change.Numbers, p.Papers.Number(series, marker, p.now))
	return p.Papers.Paper(l, p.now), nil
}

// count adds the rung to the figures of the day, by whom it presses: pressed_order/630202102, and how many were to acknowledge
// it. From these the year is counted.
func (p *pressing) count(r casework.Reminder) {
	if r.Stage.Rung == "" || r.Stage.Name == casework.UnreadStage {
		return
	}
	day := p.now.In(p.Location).Format(time.DateOnly)
	unit := p.Work.UnitKey(p.c, casework.Step{Clock: r.Clock.Name, Of: r.Clock.Of})
	add := func(what string, n int) {
		if n > 0 {
			p.change.Counts = append(p.change.Counts, ledger.Count{Day: day, Field: what + "_" + string(r.Stage.Rung) + "/" + unit, N: int64(n)})
		}
	}
	add("pressed", 1)
	if r.Step > 0 {
		add("asked", len(r.To))
	}
}

// tell words one reminder for one officer, with the button that opens the case and, for whom it asks to, the one that says
// "received".
func (p *pressing) tell(ctx context.Context, r casework.Reminder, o grid.Officer, key string, paper *ledger.Paper, addressed bool) error {
	who, err := p.Store.Person(ctx, o.Person)
	if err != nil && grid.CodeOf(err) != grid.NotFound {
		return err
	}
	word := func(key string) string { return p.Words.T(who.Lang, key, nil) }
	length := 60
	if r.Clock.Name == casework.AlarmClock { // whoever is woken reads it here
		length = 400
	}
	args := map[string]any{
		"number": p.c.Shown(), "clock": p.Words.T(who.Lang, "clock."+string(casework.FinishClock), nil), "due": "",
		"cell": p.Work.Tree.PathName(p.c.Cell), "text": excerpt(p.c.Text, length), "stage": word("ladder." + r.Stage.Name),
		"doc": "", "silent": "",
	}
	if r.Clock.Name != "" {
		args["clock"], args["due"] = word("clock."+string(r.Clock.Name)), p.day(r.Clock.Due)
	}
	if paper != nil {
		args["doc"] = paper.No + "\n"
	}
	if r.Stage.Name == casework.UnreadStage {
		args["stage"], args["silent"] = word("rung."+string(r.Stage.Rung)), p.silent(r.Step, word("list.separator"))
	}
	priority := ledger.Reminder
	if p.c.Urgent {
		priority = ledger.Emergency
	}
	p.change.Outbox = append(p.change.Outbox, ledger.Message{
		To: o.Person, Priority: priority, Kind: key, Case: p.c.ID, Text: p.Words.T(who.Lang, key, args), Once: true, At: p.now, Paper: paper,
		Rows: [][]ledger.Button{p.reminderButtons(who.Lang, r, addressed)},
	})
	return nil
}

// silent names who has not acknowledged a step.
func (p *pressing) silent(step int, sep string) string {
	var names []string
	for _, id := range p.c.Ladder[step-1].Unacknowledged() {
		if o, ok := p.roster.Officer(id); ok {
			names = append(names, o.Name)
		}
	}
	return strings.Join(names, sep)
}

// reminderButtons open the case; an alarm is answered at once, and so is what asks for "received".
func (p *pressing) reminderButtons(lang string, r casework.Reminder, addressed bool) []ledger.Button {
	button := func(key, verb string) ledger.Button {
		return ledger.Button{Text: p.Words.T(lang, key, nil), Data: "c:" + verb + ":" + string(p.c.ID)}
	}
	open := button("button.open_case", "open")
	switch {
	case r.Clock.Name == casework.AlarmClock:
		return []ledger.Button{button("button.hear", "hear"), open}
	case r.Step > 0 && addressed && r.Stage.Name != casework.UnreadStage:
		return []ledger.Button{button("button.acknowledge", string(casework.Acknowledge)), open}
	}
	return []ledger.Button{open}
}

// period is how people call a period of that name.
func (d Deps) period(lang, name string) string {
	kind, figures := calendar.Called(name)
	args := make(map[string]any, len(figures))
	for k, v := range figures {
		args[k] = v
	}
	return d.Words.T(lang, "period."+kind, args)
}
