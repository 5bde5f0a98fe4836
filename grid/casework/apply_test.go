package casework_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

func allStates() []casework.State {
	return append([]casework.State{casework.None}, casework.States()...)
}

func allActions() []casework.Action {
	var out []casework.Action
	for _, r := range casework.Table() {
		if !slices.Contains(out, r.Action) {
			out = append(out, r.Action)
		}
	}
	return out
}

// row is one expectation: from which states an action leads where (empty: it stays), and who of everybody may do it.
type row struct {
	action casework.Action
	from   string
	to     casework.State
	who    string
}

// expected is the table as a person would say it, written apart from the one in the code. "" is the program itself.
func expected() []row {
	const (
		citizen = "citizen"
		desk    = "dora sven otto tess"
		boss    = "sven otto"
		field   = "ivan vera tom cert cole"
		anybody = "*"
		program = "-"

		everyState = "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing merged closed refused withdrawn false_alarm"
	)
	return []row{
		{casework.Submit, "", casework.Registered, anybody},
		{casework.SubmitAway, "", casework.OutOfArea, anybody},
		{casework.File, "", casework.Accepted, field + " nina"},
		{casework.AskMore, "registered", casework.Asked, desk},
		{casework.Unanswered, "asked", casework.Registered, program},
		{casework.Accept, "registered out_of_area asked", casework.Accepted, desk},
		{casework.Refuse, "registered out_of_area asked", casework.Refused, desk},
		{casework.Bar, "registered out_of_area asked", "", desk + " -"},
		{casework.Bar, "accepted handling handed_in", casework.Accepted, desk + " -"},
		{casework.HandOn, "accepted", "", program},
		{casework.Assign, "accepted handling handed_in", "", desk + " -"},
		{casework.AnswerTask, "accepted handling handed_in", "", "wong"},
		{casework.DeclineTask, "accepted handling handed_in", "", "wong"},
		{casework.Gather, "registered out_of_area asked accepted handling handed_in", "", program},
		{casework.KeepTask, "accepted handling handed_in", "", desk},
		{casework.DropTask, "accepted handling handed_in", "", boss},
		{casework.Take, "accepted", casework.Handling, field},
		{casework.AddEvidence, "accepted handling", "", field},
		{casework.AddWords, "asked", casework.Registered, citizen},
		{casework.AddWords, "alarm registered out_of_area accepted handling handed_in reviewing merged", "", citizen},
		{casework.NotMine, "accepted handling", "", field},
		{casework.Reassign, "registered out_of_area", casework.Registered, desk},
		{casework.Reassign, "accepted handling", casework.Accepted, desk + " tom"},
		{casework.Investigate, "accepted handling handed_in", "", "cert cole"},
		{casework.AskExtension, "accepted handling", "", field},
		{casework.Extend, "accepted handling handed_in", "", boss},
		{casework.DenyExtension, "accepted handling handed_in", "", boss},
		{casework.Supervise, "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing", "", boss},
		{casework.Acknowledge, "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing", "", "ivan"},
		{casework.Issue, everyState, "", boss + " -"},
		{casework.HandIn, "handling", casework.HandedIn, field},
		{casework.Return, "handed_in", casework.Handling, desk},
		{casework.ApproveFinding, "handed_in", "", desk},
		{casework.Close, "handed_in", casework.Answered, desk},
		{casework.DraftNotice, "answered spot_check reviewing closed", "", desk + " pub"},
		{casework.PublishNotice, "answered spot_check reviewing closed", "", boss + " pub"},
		{casework.Confirm, "answered spot_check", casework.Closed, citizen},
		{casework.Object, "answered spot_check", casework.Accepted, citizen},
		{casework.Settle, "answered", casework.Closed, program},
		{casework.Lapse, "answered", casework.SpotCheck, program},
		{casework.Draw, "closed", casework.SpotCheck, program},
		{casework.Pass, "spot_check", casework.Closed, boss},
		{casework.Reopen, "spot_check reviewing", casework.Accepted, boss},
		{casework.Unbar, "registered out_of_area asked accepted handling handed_in", "", boss},
		{casework.Recuse, "accepted handling", casework.Accepted, field},
		{casework.Recuse, "registered out_of_area asked handed_in", "", desk},
		{casework.Rate, "closed spot_check", "", citizen},
		{casework.AskReview, "answered spot_check closed", casework.Reviewing, citizen},
		{casework.Uphold, "reviewing", casework.Closed, boss},
		{casework.Merge, "registered out_of_area asked accepted handling", casework.Merged, desk},
		{casework.Unmerge, "merged", casework.Accepted, desk + " -"},
		{casework.Adopt, "registered accepted handling handed_in", "", desk},
		{casework.Release, "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing merged closed refused withdrawn false_alarm", "", desk + " -"},
		{casework.CloseWith, "merged", casework.Answered, program},
		{casework.RefuseWith, "merged", casework.Refused, program},
		{casework.Withdraw, "registered out_of_area asked accepted merged", casework.Withdrawn, citizen},
		{casework.Follow, "alarm registered accepted handling handed_in", "", anybody},
		{casework.Unfollow, everyState, "", anybody},
		{casework.AskReporter, "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing", "", field + " " + desk},
		{casework.GiveName, "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing closed", "", citizen},
		{casework.TakeNameBack, everyState, "", citizen},
		{casework.Unseal, everyState, "", "dora sven otto"},
		{casework.Forget, everyState, "", citizen},
		{casework.ForgetPerson, "closed refused withdrawn false_alarm", "", program},
		{casework.RemoveFiles, "closed refused withdrawn false_alarm", "", program},
		{casework.Answer, "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing", "", citizen},
		{casework.MoveOut, "refused", "", desk},
		{casework.Receipt, "refused", "", desk + " wong"},
		{casework.HandAcross, "accepted handling handed_in answered spot_check reviewing closed", "", desk},
		{casework.Export, everyState, "", boss + " -"},
		{casework.FlagAbuse, everyState, "", desk},
		{casework.ClearAbuse, everyState, "", boss},
		{casework.SealEvidence, everyState, "", program},
		{casework.Raise, "", casework.Alarm, anybody},
		{casework.Raise, "registered out_of_area asked accepted handling handed_in", "", citizen},
		{casework.Submit, "alarm", casework.Registered, citizen},
		{casework.SubmitAway, "alarm", casework.OutOfArea, citizen},
		{casework.File, "alarm", casework.Accepted, field + " nina"},
		{casework.Accept, "alarm", casework.Accepted, desk},
		{casework.Reassign, "alarm", "", desk},
		{casework.Hear, "alarm registered out_of_area asked accepted handling handed_in", "", desk + " " + field},
		{casework.StandDown, "alarm", casework.FalseAlarm, desk},
		{casework.StandDown, "registered out_of_area asked accepted handling handed_in", "", desk},
		{casework.Grade, "alarm registered out_of_area asked accepted handling handed_in", "", desk},
		{casework.ReportUp, "alarm registered out_of_area asked accepted handling handed_in", "", desk},
		{casework.WriteLetter, "alarm registered out_of_area asked accepted handling handed_in", "", desk},
		{casework.TellNeighbour, "alarm registered out_of_area asked accepted handling handed_in", "", desk},
		{casework.ProposeReward, "answered spot_check reviewing closed", "", desk},
		{casework.JoinReward, everyState, "", program},
		{casework.ApproveReward, "answered spot_check reviewing closed", "", boss},
		{casework.DeclineReward, "answered spot_check reviewing closed", "", boss},
		{casework.ClaimReward, "answered spot_check reviewing closed", "", citizen},
		{casework.RemindReward, "answered spot_check reviewing closed", "", program},
		{casework.LapseReward, "answered spot_check reviewing closed", "", program},
		{casework.PayReward, "answered spot_check reviewing closed", "", boss + " carl"},
		{casework.Remind, "alarm registered out_of_area asked accepted handling handed_in answered spot_check reviewing", "", program},
	}
}

// in tells whether the row speaks of the state.
func (r row) in(s casework.State) bool {
	return r.from == string(s) || s != casework.None && slices.Contains(strings.Fields(r.from), string(s))
}

// may tells whether the row lets the person do it.
func (r row) may(p grid.PersonID) bool {
	name := strings.TrimPrefix(string(p), "p-")
	if name == "" {
		return slices.Contains(strings.Fields(r.who), "-") || r.who == "*"
	}
	return r.who == "*" || slices.Contains(strings.Fields(r.who), name)
}

// ready brings a case into a state in which everything that the action needs is there.
func ready(t *testing.T, w *casework.Work, state casework.State, action casework.Action) casework.Case {
	t.Helper()
	c, _ := in(t, w, state, monday)
	switch action {
	case casework.AnswerTask, casework.DeclineTask, casework.KeepTask, casework.DropTask:
		c.Tasks = []casework.Task{{Department: housing, Asked: monday, Declined: "no sewer"}}
	case casework.Extend, casework.DenyExtension:
		c.Extension = &casework.Extension{By: "ivan", Days: 5, Reason: "lab", At: monday}
	case casework.Acknowledge, casework.Issue:
		c.Ladder = []casework.Step{{Rung: casework.Press, To: []grid.OfficerID{"ivan"}, At: monday}}
	case casework.PublishNotice:
		c.Notice = &casework.Notice{Text: "done", By: "dora"}
	case casework.Receipt:
		c.Letters = []casework.Letter{{Series: casework.MoveSeries, To: string(housing), At: monday}}
	case casework.Hear, casework.StandDown, casework.ReportUp, casework.WriteLetter, casework.TellNeighbour:
		c.Incident = alarmed(action)
	case casework.Release:
		c.Children = []casework.CaseID{"c0"}
	case casework.Unbar:
		c.Barred = []casework.Exclusion{{Officer: "nina", Reason: "named"}}
	case casework.ClearAbuse:
		c.Abuse = &casework.Abuse{Reason: "spam"}
	case casework.SealEvidence:
		c.Evidence = []casework.Evidence{{File: "f1"}}
	case casework.RemoveFiles:
		c.Evidence = []casework.Evidence{{File: "f1", SHA256: "ab"}}
	case casework.ProposeReward, casework.ApproveReward, casework.DeclineReward, casework.ClaimReward, casework.PayReward,
		casework.RemindReward, casework.LapseReward:
		c.Verdict, c.Reward = casework.Proven, rewardFor(action)
		if c.Reward != nil && !c.ClosedAt.IsZero() {
			c.ClosedAt = c.Reward.Offered
		}
	default:
	}
	return c
}

// everybody is all officers and three citizens, of whom one reported.
func everybody() []grid.PersonID {
	out := []grid.PersonID{"citizen", "another"}
	for _, o := range officers() {
		out = append(out, o.Person)
	}
	return out
}

// Every action in every state, by everybody and by the program itself: what the table allows happens, everything else is
// refused by the right code and changes nothing.
func TestEveryActionInEveryState(t *testing.T) {
	w := work(t)
	for _, state := range allStates() {
		for _, action := range allActions() {
			i := slices.IndexFunc(expected(), func(r row) bool { return r.action == action && r.in(state) })
			before := ready(t, w, state, action)
			for _, who := range append(everybody(), "") {
				after, event, err := w.Apply(before, filled(action, who), roster(), monday)
				name := string(state) + "/" + string(action) + "/" + string(who)
				switch {
				case i < 0:
					wantCode(t, name, err, grid.Conflict)
				case action == casework.Follow && who == "citizen", action == casework.Unfollow:
					wantCode(t, name, err, grid.Conflict)
				case !expected()[i].may(who) || action == casework.PublishNotice && who == "p-dora":
					wantCode(t, name, err, grid.Forbidden)
				default:
					wantCode(t, name, err, "")
					to := expected()[i].to
					if to == casework.None {
						to = state
					}
					if after.State != to || event.To != after.State || event.From != state || event.Action != action {
						t.Errorf("%s: %s, event %+v; want %s", name, after.State, event, to)
					}
				}
				if err != nil && !reflect.DeepEqual(after, before) {
					t.Errorf("%s: a refused action changed the case", name)
				}
				if may := w.May(before, action, who, roster(), monday); err == nil && !may {
					t.Errorf("%s: it is done, but May says no", name)
				}
			}
		}
	}
}

func wantCode(t *testing.T, name string, err error, want grid.Code) {
	t.Helper()
	if got := grid.CodeOf(err); got != want {
		t.Errorf("%s: %v, want code %q", name, err, want)
	}
}

// The table has each action once for each state, so that no row hides another.
func TestTableHasNoSecondRow(t *testing.T) {
	seen := map[[2]string]bool{}
	for _, r := range casework.Table() {
		for _, from := range r.From {
			key := [2]string{string(r.Action), string(from)}
			if seen[key] {
				t.Errorf("%v has two rows", key)
			}
			seen[key] = true
		}
	}
	want := 0
	for _, r := range expected() {
		want += max(1, len(strings.Fields(r.from)))
	}
	if len(seen) != want {
		t.Errorf("%d pairs of action and state, want %d", len(seen), want)
	}
}

// The system reminds; nobody can do it in its name.
func TestRemindIsTheSystems(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	_, e, err := w.Apply(c, casework.Act{Action: casework.Remind}, roster(), monday)
	if err != nil || e.By != "system" || !e.At.Equal(monday) {
		t.Errorf("event %+v, %v", e, err)
	}
}

// What an action needs and does not have is Invalid, with the key of a sentence that says what is missing.
func TestMissing(t *testing.T) {
	w := work(t)
	tests := []struct {
		name  string
		state casework.State
		who   grid.PersonID
		act   casework.Act
		key   string
	}{
		{"evidence", casework.Handling, "p-ivan", casework.Act{Action: casework.AddEvidence}, "error.case.no_evidence"},
		{"no disposition", casework.Registered, "p-dora", casework.Act{Action: casework.Refuse}, "error.case.disposition"},
		{"accept as refusal", casework.Registered, "p-dora", casework.Act{Action: casework.Refuse, Disposition: casework.AcceptIt}, "error.case.disposition"},
		{"finding", casework.Handling, "p-ivan", casework.Act{Action: casework.HandIn}, "error.case.no_finding"},
		{"verdict", casework.Handling, "p-ivan", casework.Act{Action: casework.HandIn, Finding: "x", Verdict: "maybe"}, "error.case.no_verdict"},
		{"no verdict", casework.Handling, "p-ivan", casework.Act{Action: casework.HandIn, Finding: "x"}, "error.case.no_verdict"},
		{"question", casework.Registered, "p-dora", casework.Act{Action: casework.AskMore}, "error.case.no_question"},
		{"nobody barred", casework.Registered, "p-dora", casework.Act{Action: casework.Bar}, "error.case.nobody_barred"},
		{"department", casework.Accepted, "p-dora", casework.Act{Action: casework.Assign}, "error.case.no_department"},
		{"no days", casework.Handling, "p-ivan", casework.Act{Action: casework.AskExtension, Reason: "x"}, "error.case.extension_days"},
		{"too many days", casework.Handling, "p-ivan", casework.Act{Action: casework.AskExtension, Reason: "x", Days: 31}, "error.case.extension_days"},
		{"reason for days", casework.Handling, "p-ivan", casework.Act{Action: casework.AskExtension, Days: 3}, "error.case.no_reason"},
		{"reason to press", casework.Handling, "p-sven", casework.Act{Action: casework.Supervise, Reason: "mood"}, "error.case.no_reason"},
		{"what is wrong", casework.Answered, "citizen", casework.Act{Action: casework.Object}, "error.case.no_words"},
		{"score", casework.Answered, "citizen", casework.Act{Action: casework.Confirm, Score: 6}, "error.case.score"},
		{"itself", casework.Registered, "p-dora", casework.Act{Action: casework.Merge, Other: "c1"}, "error.case.merge_target"},
		{"reason to return", casework.HandedIn, "p-dora", casework.Act{Action: casework.Return}, "error.case.no_reason"},
		{"reply", casework.HandedIn, "p-dora", casework.Act{Action: casework.Close}, "error.case.no_reply"},
		{"target", casework.Accepted, "p-ivan", casework.Act{Action: casework.NotMine, Reason: "boundary"}, "error.case.target"},
		{"target is here", casework.Accepted, "p-ivan", casework.Act{Action: casework.NotMine, Reason: "boundary", Cell: village}, "error.case.target"},
		{"reason to object", casework.Accepted, "p-ivan", casework.Act{Action: casework.NotMine, Cell: neighbour}, "error.case.no_reason"},
		{"unknown cell", casework.Accepted, "p-dora", casework.Act{Action: casework.Reassign, Cell: "999"}, "error.case.target"},
		{"no cell", casework.Accepted, "p-dora", casework.Act{Action: casework.Reassign}, "error.case.target"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := in(t, w, tt.state, monday)
			tt.act.Person = tt.who
			_, _, err := w.Apply(c, tt.act, roster(), monday)
			var e *grid.Error
			if grid.CodeOf(err) != grid.Invalid {
				t.Fatalf("got %v, want Invalid", err)
			}
			if e = asError(err); e.Key != tt.key {
				t.Errorf("key %s, want %s", e.Key, tt.key)
			}
		})
	}
}

func asError(err error) *grid.Error {
	e, _ := err.(*grid.Error) //nolint:errorlint // Apply returns it bare
	return e
}

// A chief moves cases about in the own area; into somebody else's goes an objection, and the desk decides.
func TestReassignWithinOnesArea(t *testing.T) {
	w := work(t)
	tests := []struct {
		who  grid.PersonID
		to   grid.CellCode
		want grid.Code
	}{
		{"p-tom", neighbour, ""},
		{"p-tom", town, ""},
		{"p-tom", otherTown, grid.Forbidden},
		{"p-vera", neighbour, grid.Forbidden},
		{"p-vera", village, ""},
		{"p-tess", neighbour, ""},
		{"p-tess", otherTown, grid.Forbidden},
		{"p-dora", otherTown, ""},
		{"p-dora", unassigned, ""},
	}
	for _, tt := range tests {
		c, _ := in(t, w, casework.Handling, monday)
		_, _, err := w.Apply(c, casework.Act{Action: casework.Reassign, Person: tt.who, Cell: tt.to}, roster(), monday)
		wantCode(t, string(tt.who)+" to "+string(tt.to), err, tt.want)
	}
}

// Roles are asked for at the moment of the act: an appointment that ended opens nothing.
func TestAuthorisedNow(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Accepted, monday)
	o := officer("ivan", grid.Inspector, village)
	o.Appointments[0].Until = monday
	_, _, err := w.Apply(c, filled(casework.Take, "p-ivan"), grid.NewRoster(1, []grid.Officer{o}), monday)
	wantCode(t, "in the first instant after the appointment", err, grid.Forbidden)
	_, _, err = w.Apply(c, filled(casework.Take, "p-ivan"), grid.NewRoster(1, []grid.Officer{o}), monday.Add(-1))
	wantCode(t, "in the last instant of the appointment", err, "")
}

// Nobody acts for a report without a reporter, and history names who the roster says it was.
func TestWhoActed(t *testing.T) {
	w := work(t)
	orphan := fresh()
	orphan.Reporter, orphan.State = "", casework.Registered
	_, _, err := w.Apply(orphan, casework.Act{Action: casework.Withdraw}, roster(), monday)
	wantCode(t, "nobody's withdrawal", err, grid.Forbidden)

	c, _ := in(t, w, casework.Accepted, monday)
	act := filled(casework.Take, "p-ivan")
	act.Officer = "dora"
	after, e, err := w.Apply(c, act, roster(), monday)
	if err != nil || after.Handler != "ivan" || e.By != "ivan" {
		t.Errorf("handler %s, event by %s, %v; want ivan", after.Handler, e.By, err)
	}
	after, e, err = w.Apply(after, filled(casework.Follow, "another"), roster(), monday)
	if err != nil || e.By != "follower" {
		t.Errorf("event by %s, %v; want follower", e.By, err)
	}
	if _, e, err = w.Apply(after, filled(casework.AddWords, "another"), roster(), monday); err != nil || e.By != "follower" {
		t.Errorf("a follower's words: by %q, %v", e.By, err)
	}
	_, _, err = w.Apply(after, filled(casework.Follow, "another"), roster(), monday)
	wantCode(t, "following twice", err, grid.Conflict)
	if after, e, err = w.Apply(after, filled(casework.Unfollow, "another"), roster(), monday); err != nil || e.By != "follower" || len(after.Followers) != 0 {
		t.Errorf("stopped: event by %s, followers %v, %v", e.By, after.Followers, err)
	}
}

// What an inspector files names the inspector; what anybody reports or adds as one of the public names no officer, whatever
// the caller says.
func TestOfficersAreCitizensToo(t *testing.T) {
	w := work(t)
	photo := []casework.Evidence{{File: "f9", Stage: casework.AsReported, By: "dora"}}
	for action, want := range map[casework.Action]string{casework.File: "ivan", casework.Submit: "reporter"} {
		c := fresh()
		c.Reporter, c.Evidence = "p-ivan", photo
		after, e, err := w.Apply(c, casework.Act{Action: action, Person: "p-ivan", Officer: "dora"}, roster(), monday)
		if err != nil || e.By != want {
			t.Fatalf("%s: by %s, %v; want %s", action, e.By, err, want)
		}
		if by := string(after.Evidence[0].By); by != strings.TrimPrefix(want, "reporter") {
			t.Errorf("%s: the photo is by %q", action, by)
		}
		added, e, err := w.Apply(after, casework.Act{
			Action: casework.AddWords, Person: "p-ivan", Officer: "dora", Words: "again", Evidence: []casework.Evidence{{File: "f10", By: "dora"}},
		}, roster(), monday)
		if err != nil || e.By != "reporter" || added.Evidence[1].By != "" {
			t.Errorf("%s: words by %s, photo by %q, %v", action, e.By, added.Evidence[1].By, err)
		}
	}
	if photo[0].By != "dora" {
		t.Error("the caller's evidence was written to")
	}
}

func TestEffects(t *testing.T) {
	w := work(t)
	apply := func(c casework.Case, act casework.Act) casework.Case {
		t.Helper()
		next, _, err := w.Apply(c, act, roster(), monday)
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	c, _ := in(t, w, casework.Handling, monday)
	if c.Handler != "ivan" || c.Disposition != casework.AcceptIt {
		t.Errorf("handler %s, disposition %s", c.Handler, c.Disposition)
	}
	c = apply(c, filled(casework.AddEvidence, "p-ivan"))
	again := apply(c, filled(casework.AddEvidence, "p-ivan"))
	if len(c.Evidence) != 1 || len(again.Evidence) != 1 {
		t.Errorf("one file sent twice is %d, then %d pieces of evidence", len(c.Evidence), len(again.Evidence))
	}
	disputed := apply(c, filled(casework.NotMine, "p-ivan"))
	if d := disputed.Dispute; d == nil || d.By != "ivan" || d.Target != neighbour || d.Reason != "boundary" || !d.At.Equal(monday) {
		t.Errorf("dispute %+v", d)
	}
	if c.Dispute != nil {
		t.Error("the case before was changed")
	}
	moved := apply(disputed, filled(casework.Reassign, "p-dora"))
	if moved.Cell != neighbour || moved.Handler != "" || moved.Dispute != nil {
		t.Errorf("moved: %s %q %v", moved.Cell, moved.Handler, moved.Dispute)
	}
	opened, _ := in(t, w, casework.Accepted, monday)
	if taken := apply(apply(opened, filled(casework.NotMine, "p-ivan")), filled(casework.Take, "p-ivan")); taken.Dispute != nil {
		t.Errorf("taken, and still disputed: %+v", taken.Dispute)
	}
	done := apply(c, filled(casework.HandIn, "p-ivan"))
	closed := apply(done, filled(casework.Close, "p-dora"))
	if closed.Finding != "pipe closed" || closed.Reply != "the pipe is closed" || !closed.ClosedAt.Equal(monday) {
		t.Errorf("closed: %q %q %s", closed.Finding, closed.Reply, closed.ClosedAt)
	}
	if c.Shown() != "R1" {
		t.Errorf("shown as %s", c.Shown())
	}
	if c.CaseNo = "A1"; c.Shown() != "A1" {
		t.Errorf("shown as %s", c.Shown())
	}
}

// An event keeps when it was written, when it came, and everything that was given, every file of an album too.
func TestEventNote(t *testing.T) {
	w := work(t)
	c, _ := in(t, w, casework.Handling, monday)
	written, arrived := at(6, 8, 7), at(6, 8, 12)
	act := casework.Act{
		Action: casework.HandIn, Person: "p-ivan", At: written, Finding: "closed", Verdict: casework.Proven, Note: map[string]string{"extra": "1"},
		Evidence: []casework.Evidence{{File: "f1", Stage: casework.After}, {File: "f2", Stage: casework.After}},
	}
	_, e, err := w.Apply(c, act, roster(), arrived)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"finding": "closed", "verdict": "proven", "files": "f1 f2", "stage": "after", "extra": "1"}
	if !reflect.DeepEqual(e.Note, want) || !e.At.Equal(written) || !e.Arrived.Equal(arrived) {
		t.Errorf("event %+v, want the note %v", e, want)
	}
	if len(act.Note) != 1 {
		t.Error("the caller's note was changed")
	}
}
