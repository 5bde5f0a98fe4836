package casework_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

const (
	root       grid.CellCode = "630202"
	town       grid.CellCode = "630202102"
	village    grid.CellCode = "630202102201"
	neighbour  grid.CellCode = "630202102202"
	otherTown  grid.CellCode = "630202100"
	unassigned grid.CellCode = "630202999"
)

var shanghai = mustZone("Asia/Shanghai")

func mustZone(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return loc
}

// at is a full hour of 2026 in Shanghai.
func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, shanghai)
}

// monday is an ordinary morning: Monday, 8 June 2026.
var monday = at(6, 8, 10)

func rules() casework.Rules {
	quiet, err := calendar.ParseQuiet("22:00-07:00", shanghai)
	if err != nil {
		panic(err)
	}
	ladder := []casework.StageRule{
		{Name: "before", After: -39 * time.Hour, Tell: []casework.Audience{casework.TellHandler}},
		{Name: "due", After: -15 * time.Hour, Tell: []casework.Audience{casework.TellHandler}},
		{Name: "overdue", After: 0, Tell: []casework.Audience{casework.TellHandler, casework.TellChief}},
		{Name: "order", After: 24 * time.Hour, Tell: []casework.Audience{casework.TellChief, casework.TellDistrict}},
	}
	return casework.Rules{
		Limits: map[casework.ClockName]calendar.Limit{
			casework.DecideClock:     {N: 2, Unit: calendar.Workday},
			casework.NotifyClock:     {N: 15, Unit: calendar.Day},
			casework.AnswerClock:     {N: 5, Unit: calendar.Day},
			casework.TransferClock:   {N: 3, Unit: calendar.Workday},
			casework.StartClock:      {N: 2, Unit: calendar.Workday},
			casework.FinishClock:     {N: 30, Unit: calendar.Day},
			casework.AdjudicateClock: {N: 2, Unit: calendar.Workday},
			casework.TaskClock:       {N: 10, Unit: calendar.Workday},
			casework.ReplyClock:      {N: 5, Unit: calendar.Workday},
			casework.ConfirmClock:    {N: 7, Unit: calendar.Day},
			casework.SpotClock:       {N: 10, Unit: calendar.Workday},
			casework.ReviewClock:     {N: 30, Unit: calendar.Day},
		},
		Extension: calendar.Limit{N: 30, Unit: calendar.Day}, Objection: calendar.Limit{N: 5, Unit: calendar.Workday},
		ReviewAsk: calendar.Limit{N: 30, Unit: calendar.Day}, MaxBounces: 2, MaxReopened: 2, Certified: 2, NearSame: 250, SameWords: 0.5,
		Reward: rewardRules(),
		Stages: map[casework.ClockName][]casework.StageRule{
			casework.DecideClock: {
				{Name: "due", After: -15 * time.Hour, Tell: []casework.Audience{casework.TellDesk}},
				{Name: "overdue", After: 0, Tell: []casework.Audience{casework.TellDesk, casework.TellDistrict}},
			},
			casework.StartClock:  ladder,
			casework.FinishClock: ladder,
			casework.AnswerClock: {
				{Name: "lapse", After: 0, Tell: []casework.Audience{casework.TellDesk}, Does: casework.Unanswered},
			},
			casework.ConfirmClock: {{Name: "lapse", After: 0, Does: casework.Lapse}},
			casework.TaskClock: {
				{Name: "overdue", After: 0, Tell: []casework.Audience{casework.TellDepartment}},
			},
			casework.AdjudicateClock: {
				{Name: "overdue", After: 0, Tell: []casework.Audience{casework.TellSuperior}, Rung: casework.Urge},
			},
		},
		Quiet: quiet,
	}
}

func tree(tb testing.TB) *grid.Tree {
	tb.Helper()
	t, err := grid.NewTree([]string{"一级", "二级", "三级"}, []grid.Cell{
		{Code: root, Level: 1, Name: "乐都区"},
		{Code: town, Parent: root, Level: 2, Name: "寿乐镇"},
		{Code: otherTown, Parent: root, Level: 2, Name: "碾伯街道"},
		{Code: village, Parent: town, Level: 3, Name: "土官口村"},
		{Code: neighbour, Parent: town, Level: 3, Name: "王佛寺村"},
		{Code: unassigned, Parent: root, Level: 2, Name: "待定", Kind: grid.UnassignedKind},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// work is the engine with the holidays of 2026 (the Dragon Boat Festival and what lies around it suffice here).
func work(tb testing.TB, years ...calendar.Year) *casework.Work {
	tb.Helper()
	if years == nil {
		years = []calendar.Year{{Year: 2026, Off: []calendar.Date{
			{Year: 2026, Month: 6, Day: 19}, {Year: 2026, Month: 6, Day: 20}, {Year: 2026, Month: 6, Day: 21},
		}}}
	}
	cal, err := calendar.New(shanghai, years...)
	if err != nil {
		tb.Fatal(err)
	}
	return ladders(casework.New(tree(tb), cal, rules()))
}

// person is the pseudonym of the officer of that ID.
func person(id grid.OfficerID) grid.PersonID { return "p-" + grid.PersonID(id) }

func officer(id grid.OfficerID, role grid.Role, cell grid.CellCode) grid.Officer {
	return grid.Officer{ID: id, Person: person(id), Appointments: []grid.Appointment{{Role: role, Cell: cell}}}
}

// Departments.
const (
	water   grid.Department = "water"
	housing grid.Department = "housing"
)

func clerk(id grid.OfficerID, d grid.Department) grid.Officer {
	o := officer(id, grid.Clerk, root)
	o.Appointments[0].Department = d
	return o
}

func certified(id grid.OfficerID, cell grid.CellCode) grid.Officer {
	o := officer(id, grid.Inspector, cell)
	o.Certificate = "Q-" + string(id)
	return o
}

// officers is one of each kind; "ivan" works in the village, "nina" in the neighbouring one.
func officers() []grid.Officer {
	return []grid.Officer{
		officer("ivan", grid.Inspector, village), officer("vera", grid.Chief, village),
		officer("nina", grid.Inspector, neighbour), officer("tom", grid.Chief, town),
		officer("dora", grid.Desk, root), officer("sven", grid.Supervisor, root), officer("tess", grid.Desk, town),
		clerk("carl", water), clerk("wong", housing), certified("cert", town), certified("cole", town),
		officer("otto", grid.Supervisor, root), officer("adam", grid.Admin, root), officer("pub", grid.Publisher, root),
	}
}

func roster() *grid.Roster { return grid.NewRoster(1, officers()) }

// filled makes an act that has everything it needs.
func filled(action casework.Action, who grid.PersonID) casework.Act {
	act := casework.Act{Action: action, Person: who, At: monday}
	switch action {
	case casework.NotMine:
		act.Cell, act.Reason = neighbour, "boundary"
	case casework.Reassign:
		act.Cell = neighbour
	case casework.AskMore, casework.Return, casework.DenyExtension, casework.Pass, casework.Reopen:
		act.Reason = "no photo"
	case casework.Refuse:
		act.Disposition, act.Reply, act.Onward = casework.NotEnvironment, "see the police", "police"
	case casework.Bar:
		act.Barred = []casework.Exclusion{{Officer: "nina", Reason: "named"}}
	case casework.Assign:
		act.Lead, act.Tasks = water, []casework.Task{{Department: housing, Measures: []int{22}}}
	case casework.AnswerTask:
		act.Department, act.Reply = housing, "sewer mended"
	case casework.DeclineTask, casework.DropTask, casework.KeepTask:
		act.Department, act.Reason = housing, "no sewer there"
	case casework.AskExtension:
		act.Days, act.Reason = 10, "the lab is slow"
	case casework.Supervise:
		act.Reason = "shirking"
	case casework.HandIn:
		act.Finding, act.Verdict = "pipe closed", casework.Proven
	case casework.Close, casework.DraftNotice, casework.Uphold, casework.CloseWith, casework.RefuseWith:
		act.Reply = "the pipe is closed"
	case casework.AddEvidence:
		act.Evidence = []casework.Evidence{{File: "f1", Kind: "photo", Stage: casework.After}}
	case casework.AddWords, casework.Object, casework.AskReview, casework.AskReporter:
		act.Words = "it smells again"
	case casework.FlagAbuse:
		act.Reason = "spam"
	case casework.SealEvidence:
		act.Evidence = []casework.Evidence{{File: "f1", SHA256: "ab"}}
	case casework.Rate:
		act.Score = 4
	case casework.MoveOut:
		act.Letter = &casework.Letter{No: "1", To: string(housing), Text: "black water in the old town"}
	case casework.Issue:
		act.Step, act.Letter = 1, &casework.Letter{Series: casework.PressSeries, No: "1", To: "ivan", Text: "late"}
	case casework.ProposeReward:
		act.Tier, act.Words = casework.TierPenalty, "fined by 1/2026"
	case casework.DeclineReward:
		act.Reason = "known"
	case casework.ClaimReward, casework.PayReward:
		act.Codes = []string{"h1"}
	case casework.JoinReward:
		act.Other = "c0"
	case casework.Merge, casework.Adopt, casework.Release:
		act.Other = "c0"
	case casework.Unseal:
		act.Reason, act.Words = casework.ToCallBack, "line was bad"
	case casework.Forget, casework.ForgetPerson:
		act.Whom, act.As = "citizen", grid.Gone(string(who))
	default:
		fillIncident(&act)
	}
	return act
}

// fresh is a report that is not made yet.
func fresh() casework.Case {
	return casework.Case{ID: "c1", Number: "R1", Reporter: "citizen", Cell: village, Text: "black water", CreatedAt: monday, RealName: true}
}

// in brings a new case into a state by the shortest way and returns its history.
func in(tb testing.TB, w *casework.Work, state casework.State, now time.Time) (casework.Case, []casework.Event) {
	tb.Helper()
	type step struct {
		action casework.Action
		who    grid.PersonID
	}
	submit, accept, handOn := step{casework.Submit, "citizen"}, step{casework.Accept, person("dora")}, step{casework.HandOn, ""}
	take, handIn, closes := step{casework.Take, person("ivan")}, step{casework.HandIn, person("ivan")}, step{casework.Close, person("dora")}
	accepted := []step{submit, accept, handOn}
	answered := append(slices.Clone(accepted), take, handIn, closes)
	then := func(way []step, more ...step) []step { return append(slices.Clone(way), more...) }
	ways := map[casework.State][]step{
		casework.None:       {},
		casework.Registered: {submit},
		casework.OutOfArea:  {{casework.SubmitAway, "citizen"}},
		casework.Asked:      {submit, {casework.AskMore, person("dora")}},
		casework.Accepted:   accepted,
		casework.Handling:   then(accepted, take),
		casework.HandedIn:   then(accepted, take, handIn),
		casework.Answered:   answered,
		casework.SpotCheck:  then(answered, step{casework.Lapse, ""}),
		casework.Closed:     then(answered, step{casework.Confirm, "citizen"}),
		casework.Reviewing:  then(answered, step{casework.Confirm, "citizen"}, step{casework.AskReview, "citizen"}),
		casework.Merged:     then(accepted, step{casework.Merge, person("dora")}),
		casework.Refused:    {submit, {casework.Refuse, person("dora")}},
		casework.Withdrawn:  {submit, {casework.Withdraw, "citizen"}},
		casework.Alarm:      {{casework.Raise, "citizen"}},
		casework.FalseAlarm: {{casework.Raise, "citizen"}, {casework.StandDown, person("dora")}},
	}
	c, events := fresh(), []casework.Event(nil)
	for _, s := range ways[state] {
		next, e, err := w.Apply(c, filled(s.action, s.who), roster(), now)
		if err != nil {
			tb.Fatalf("%s: %v", s.action, err)
		}
		c, events = next, append(events, e)
	}
	if c.State != state {
		tb.Fatalf("state %q, want %q", c.State, state)
	}
	return c, events
}
