package flow

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// askRefuse asks for the kind of refusal, then for what its notice must name, then shows the notice.
func (t *turn) askRefuse() {
	task := t.s.Task
	switch {
	case task.Disposition == "":
		var choices []Choice
		for _, d := range casework.Refusals() {
			choices = append(choices, t.choice("disposition."+string(d), "disposition", string(d)))
		}
		t.ask("refuse.ask_kind", args("number", task.Number), inRows(1, choices)...)
	case task.Disposition == casework.NotEnvironment && task.Authority == nil:
		t.askAuthority()
	case task.Disposition == casework.NotEnvironment && task.Authority.Leads && !task.Insists:
		t.ask("refuse.is_ours", args("number", task.Number, "authority", task.Authority.Name, "source", task.Authority.Source),
			[]Choice{{Key: "button.accept_led", Args: args("authority", task.Authority.Name), Data: t.data("accept_led", "")}},
			[]Choice{t.choice("button.insist", "insist", "")})
	case task.Disposition == casework.TooUnclear && task.Askable:
		t.ask("refuse.ask_first", args("number", task.Number), []Choice{t.choice("button.ask_more", "ask_first", "")})
	case task.repeats() && task.Same == nil:
		t.askEarlier()
	case task.Disposition == casework.OtherArea && task.Away == "":
		t.ask("refuse.ask_away", nil)
	default:
		t.preview("refuse.preview")
	}
}

func (t *turn) chooseDisposition(code string) {
	d := casework.Disposition(code)
	if t.s.Task.Story != Refusing || !contains(casework.Refusals(), d) {
		t.stale()
		return
	}
	t.s.Task.Disposition = d
	t.askAgain()
}

// askAuthority offers who may be in charge, each with the rule that says so; anybody else is named in words.
func (t *turn) askAuthority() {
	task := t.s.Task
	likely := task.Options[:min(len(task.Options), 2*t.rules.MaxOffered)]
	rows := make([][]Choice, 0, len(likely))
	var said strings.Builder
	for i, o := range likely {
		rows = append(rows, []Choice{t.named(texts.Name(o.Name), "authority", strconv.Itoa(i))})
		if o.Source != "" {
			said.WriteString("\n" + o.Name + " · " + o.Source)
		}
	}
	t.ask("refuse.ask_authority", args("sources", said.String()), rows...)
}

func (t *turn) chooseAuthority(arg string) {
	task := t.s.Task
	i, err := strconv.Atoi(arg)
	if err != nil || i < 0 || i >= len(task.Options) || task.Disposition != casework.NotEnvironment {
		t.stale()
		return
	}
	task.Authority = &task.Options[i]
	t.askAgain()
}

// nameAuthority takes an authority that was named in words: one that is known by its telephone, another with the hotline.
func (t *turn) nameAuthority(said string) {
	o, ok := t.book.Authority(said)
	if !ok {
		o = category.Option{Name: clipTo(said, 100), Phone: t.rules.Hotline}
	}
	t.s.Task.Authority = &o
	t.askAgain()
}

// insist refuses what another department leads, all the same.
func (t *turn) insist() {
	if t.s.Task.Authority == nil {
		t.stale()
		return
	}
	t.s.Task.Insists = true
	t.askAgain()
}

// acceptLed accepts it instead, under the department that leads by the plan.
func (t *turn) acceptLed() {
	task := t.s.Task
	if task.Story != Refusing || task.Authority == nil || !task.Authority.Leads {
		t.stale()
		return
	}
	t.do(AcceptLed{Case: task.Case, Lead: grid.Department(task.Authority.Name)})
	t.endStory()
}

// askFirst asks the reporter for what is missing instead: nothing is refused as unclear before that (rules of the state table).
func (t *turn) askFirst() {
	task := t.s.Task
	if task.Story != Refusing || !task.Askable {
		t.stale()
		return
	}
	t.s.Task = &Task{Story: Missing, Case: task.Case, Number: task.Number, Cell: task.Cell, Until: task.Until, Nonce: t.nonce()}
	t.s.Story = Missing
	t.askAgain()
}

// repeats tells whether the refusal is because of an earlier report.
func (task *Task) repeats() bool {
	return task.Disposition == casework.SameMatter || task.Disposition == casework.AfterReply
}

// earlier are the reports that this kind of refusal can be because of: those that are still being worked on, or those that
// were answered.
func (task *Task) earlier() []Earlier {
	return slices.DeleteFunc(slices.Clone(task.Earlier), func(e Earlier) bool {
		return e.Answered() != (task.Disposition == casework.AfterReply)
	})
}

// askEarlier offers what the same person reported before, by number and state only.
func (t *turn) askEarlier() {
	found := t.s.Task.earlier()
	if len(found) == 0 {
		t.ask("refuse.no_earlier", args("kind", texts.Text{Key: "disposition." + string(t.s.Task.Disposition)}))
		return
	}
	rows := make([][]Choice, 0, len(found))
	for _, e := range found[:min(len(found), 2*t.rules.MaxOffered)] {
		rows = append(rows, []Choice{{
			Key: "button.earlier", Args: args("number", e.Number, "state", texts.Text{Key: "state." + string(e.State)}),
			Data: t.data("earlier", string(e.Case)),
		}})
	}
	t.ask("refuse.ask_earlier", args("number", t.s.Task.Number), rows...)
}

// chooseEarlier takes one of them, by its button or by its number.
func (t *turn) chooseEarlier(which string) {
	task := t.s.Task
	for _, e := range task.earlier() {
		if task.repeats() && (string(e.Case) == which || strings.EqualFold(e.Number, strings.TrimSpace(which))) {
			task.Same = &e
			break
		}
	}
	t.askAgain()
}

// refuseMessage takes words as what is asked for: the authority, the earlier report, the area, or the desk's own notice.
func (t *turn) refuseMessage() {
	task := t.s.Task
	switch {
	case task.Disposition == "" || t.e.Text == "":
		t.askAgain()
	case task.Disposition == casework.NotEnvironment && task.Authority == nil:
		t.nameAuthority(t.e.Text)
	case task.Disposition == casework.NotEnvironment && task.Authority.Leads && !task.Insists:
		t.askAgain()
	case task.Disposition == casework.TooUnclear && task.Askable:
		t.askAgain()
	case task.repeats() && task.Same == nil:
		t.chooseEarlier(t.e.Text)
	case task.Disposition == casework.OtherArea && task.Away == "":
		task.Away = clipTo(t.e.Text, 100)
		t.askAgain()
	default:
		t.ownWords()
	}
}

// refusal is the notice of the kind: each has its own, with what the reporter can do next (环保部令15号 Art 8).
func (t *turn) refusal() texts.Text {
	task := t.s.Task
	a := args("number", task.Number, "hotline", t.rules.Hotline, "away", task.Away)
	key := "notice." + string(task.Disposition)
	switch {
	case task.Authority != nil:
		a["authority"], a["phone"] = task.Authority.Name, task.Authority.Phone
		if task.Authority.Phone == "" {
			a["phone"] = t.rules.Hotline
		}
	case task.Same != nil:
		a["earlier"], a["state"], a["day"] = task.Same.Number, texts.Text{Key: "state." + string(task.Same.State)}, task.Same.Day
		a["next"] = task.Same.next(t.rules)
	case task.Disposition == casework.OtherArea:
		a["phone"] = t.rules.Hotline
		if n, ok := t.book.Neighbour(task.Away); ok && n.Phone != "" {
			a["phone"] = n.Phone
		}
	}
	return texts.Text{Key: key, Args: a}
}

// next is what comes next of an earlier report: its limit, or what its reporter may still ask for and until when.
func (e Earlier) next(r Rules) texts.Text {
	switch e.Next {
	case "object", "review", "rereview":
		return texts.Text{Key: "earlier." + e.Next, Args: args("day", e.Day, "ask", r.ReviewAsk, "answer", r.ReviewAnswer)}
	case "":
		if e.Answered() {
			return texts.Text{Key: "earlier.final"}
		}
		return texts.Text{}
	}
	return texts.Text{Key: "earlier.clock", Args: args("clock", texts.Text{Key: "clock." + e.Next}, "day", e.Day)}
}

// ready tells whether a refusal has everything that its notice must name.
func (task *Task) ready() bool {
	switch task.Disposition {
	case "":
		return false
	case casework.NotEnvironment:
		return task.Authority != nil && (!task.Authority.Leads || task.Insists)
	case casework.SameMatter, casework.AfterReply:
		return task.Same != nil
	case casework.OtherArea:
		return task.Away != ""
	default:
		return true
	}
}
