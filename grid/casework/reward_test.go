package casework_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// rewardRules are those of 山东 2019, with 60 days to collect; the water department pays.
func rewardRules() casework.RewardRules {
	return casework.RewardRules{
		Enabled: true, Anonymous: true, Max: 10_000, Joint: 5, Remind: 7, Payer: water,
		Tiers:  []casework.Tier{{Code: casework.TierAvoided, Amount: 500}, {Code: casework.TierPenalty, Amount: 1000}, {Code: casework.TierGrave, Amount: 2000}},
		Window: calendar.Limit{N: 60, Unit: calendar.Day}, Decide: calendar.Limit{N: 30, Unit: calendar.Day},
	}
}

// rewardFor is a reward that is as far as the action needs on monday.
func rewardFor(action casework.Action) *casework.Reward {
	r := &casework.Reward{State: casework.RewardClaimed, Amount: 1000, Offered: monday, Shares: []casework.Share{{Hash: "h1", Amount: 1000}}}
	switch action {
	case casework.ProposeReward:
		return nil
	case casework.ApproveReward, casework.DeclineReward:
		r.State, r.Shares = casework.RewardProposed, nil
	case casework.RemindReward:
		r.Offered = monday.AddDate(0, 0, -58)
	case casework.LapseReward:
		r.Offered = monday.AddDate(0, 0, -90)
	default:
	}
	return r
}

// reported is a citizen's report of a proven act, closed, which reached the server at that minute.
func reported(id casework.CaseID, number string, minute int) casework.Case {
	c := fresh()
	c.ID, c.Number, c.State, c.Verdict, c.Reporter = id, number, casework.Closed, casework.Proven, grid.PersonID("r-"+id)
	c.RealName = false
	c.CreatedAt, c.ClosedAt = monday.Add(time.Duration(minute)*time.Minute), monday.AddDate(0, 0, 20)
	return c
}

// The rules of 举报奖励 as vectors: who gets a reward, who does not, and why.
func TestRewardEligibility(t *testing.T) {
	first, second := reported("a", "2026-00002", 0), reported("b", "2026-00003", 5)
	change := func(c casework.Case, how func(*casework.Case)) casework.Case { how(&c); return c }
	state := func(s casework.State) func(*casework.Case) { return func(c *casework.Case) { c.State = s } }
	rewarded := func(s casework.RewardState) func(*casework.Case) {
		return func(c *casework.Case) { c.Reward = &casework.Reward{State: s} }
	}
	tests := []struct {
		name  string
		c     casework.Case
		kin   []casework.Case
		rules func(*casework.RewardRules)
		bar   casework.RewardBar
	}{
		{"proven, the only report", first, nil, nil, ""},
		{"partly proven", change(first, func(c *casework.Case) { c.Verdict = casework.Partly }), nil, nil, ""},
		{"not proven", change(first, func(c *casework.Case) { c.Verdict = casework.Unfounded }), nil, nil, casework.BarNotProven},
		{"not answered yet", change(first, state(casework.Handling)), nil, nil, casework.BarNotProven},
		{"first reporter of that act", first, []casework.Case{second}, nil, ""},
		{"second reporter of that act", second, []casework.Case{first}, nil, casework.BarNotFirst},
		{"received in the same instant, the lower number is first", change(second, func(c *casework.Case) { c.CreatedAt = first.CreatedAt }), []casework.Case{first}, nil, casework.BarNotFirst},
		{"received in the same instant, this is the lower number", first, []casework.Case{change(second, func(c *casework.Case) { c.CreatedAt = first.CreatedAt })}, nil, ""},
		{"number 100000 comes after 99999", change(second, func(c *casework.Case) { c.CreatedAt, c.Number = first.CreatedAt, "2026-99999" }), []casework.Case{change(first, func(c *casework.Case) { c.Number = "2026-100000" })}, nil, ""},
		{"the first took the report back", second, []casework.Case{change(first, state(casework.Withdrawn))}, nil, ""},
		{"the first was not accepted", second, []casework.Case{change(first, state(casework.Refused))}, nil, ""},
		{"the first was found untrue", second, []casework.Case{change(first, func(c *casework.Case) { c.Verdict = casework.Unfounded })}, nil, ""},
		{"the first was forgotten: nobody moves up", second, []casework.Case{change(first, func(c *casework.Case) { c.Reporter = grid.Gone("x") })}, nil, casework.BarNotFirst},
		{"forgotten", change(first, func(c *casework.Case) { c.Reporter = grid.Gone("x") }), nil, nil, casework.BarGone},
		{"an officer's own find", change(first, func(c *casework.Case) { c.Source = casework.FromInspector }), nil, nil, casework.BarOfficer},
		{"known already: an officer filed it before", second, []casework.Case{change(first, func(c *casework.Case) { c.Source = casework.FromInspector })}, nil, casework.BarKnown},
		{"known already, where that does not matter", second, []casework.Case{change(first, func(c *casework.Case) { c.Source = casework.FromInspector })}, func(r *casework.RewardRules) { r.Known = true }, ""},
		{"filed by an officer afterwards", first, []casework.Case{change(second, func(c *casework.Case) { c.Source = casework.FromInspector })}, nil, ""},
		{"anonymous, by code", first, nil, nil, ""},
		{"anonymous, where only real names count", first, nil, func(r *casework.RewardRules) { r.Anonymous = false }, casework.BarAnonymous},
		{"real name, where only real names count", change(first, func(c *casework.Case) { c.RealName = true }), nil, func(r *casework.RewardRules) { r.Anonymous = false }, ""},
		{"several acts by one target: another is rewarded", first, []casework.Case{change(second, rewarded(casework.RewardPaid))}, nil, casework.BarRewarded},
		{"let lapse by another: passed on to nobody", first, []casework.Case{change(second, rewarded(casework.RewardLapsed))}, nil, casework.BarRewarded},
		{"another's was declined", first, []casework.Case{change(second, rewarded(casework.RewardDeclined))}, nil, ""},
		{"repeated after closing: a new act, nothing links it to the old", reported("n", "2026-00044", 9999), nil, nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := work(t)
			if tt.rules != nil {
				tt.rules(&w.Rules.Reward)
			}
			if got, _ := w.RewardBar(tt.c, tt.kin); got != tt.bar {
				t.Errorf("bar %q, want %q", got, tt.bar)
			}
		})
	}
}

// reward does one thing after another to a case and stops at what is refused.
func reward(t *testing.T, w *casework.Work, c casework.Case, now time.Time, acts ...casework.Act) (casework.Case, error) {
	t.Helper()
	for _, a := range acts {
		next, e, err := w.Apply(c, a, roster(), now)
		if err != nil {
			return c, err
		}
		if next.State != c.State || e.To != c.State {
			t.Fatalf("%s moved the case from %s to %s", a.Action, c.State, next.State)
		}
		for _, secret := range e.Note {
			if slices.Contains(a.Codes, secret) {
				t.Fatalf("%s wrote a code into the history: %v", a.Action, e.Note)
			}
		}
		c = next
	}
	return c, nil
}

func propose() casework.Act {
	return casework.Act{Action: casework.ProposeReward, Person: "p-dora", Tier: casework.TierPenalty, Words: "fined by 1/2026"}
}

func approve() casework.Act {
	return casework.Act{Action: casework.ApproveReward, Person: "p-sven"}
}

func claim(hashes ...string) casework.Act {
	return casework.Act{Action: casework.ClaimReward, Person: "r-a", Codes: hashes}
}

func pay(hash string) casework.Act {
	return casework.Act{Action: casework.PayReward, Person: "p-carl", Codes: []string{hash}}
}

// A joint report (联名) is shared evenly, each code pays once, a lost code is void once there is a new one.
func TestJointRewardIsSharedEvenly(t *testing.T) {
	w := work(t)
	c, err := reward(t, w, reported("a", "2026-00002", 0), at(7, 1, 10), propose(), approve(), claim("x"), claim("h1", "h2", "h3"), pay("h2"))
	if err != nil {
		t.Fatal(err)
	}
	if s := c.Reward.Shares; s[0].Amount != 334 || s[1].Amount != 333 || s[2].Amount != 333 || s[1].By != "carl" {
		t.Fatalf("shares %+v", s)
	}
	for _, tt := range []struct {
		name string
		act  casework.Act
		key  string
	}{
		{"twice", pay("h2"), "error.reward.used"},
		{"replaced", pay("x"), "error.reward.code"},
		{"shared anew", claim("k1", "k2", "k3"), "error.reward.shared"},
		{"another citizen", casework.Act{Action: casework.ClaimReward, Person: "r-b", Codes: []string{"y"}}, "error.case.forbidden"},
		{"declined after a payment", casework.Act{Action: casework.DeclineReward, Person: "p-sven", Reason: "known"}, "error.reward.state"},
	} {
		if _, err = reward(t, w, c, at(7, 2, 10), tt.act); err == nil || asError(err).Key != tt.key {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.key)
		}
	}
	c, err = reward(t, w, c, at(7, 2, 10), claim("k1", "k3"), pay("k1"), pay("k3"))
	if err != nil || c.Reward.State != casework.RewardPaid {
		t.Errorf("%+v, %v", c.Reward, err)
	}
}

// Three people have to do with one reward, and none of them twice; who works on the case pays nothing.
func TestRewardNeedsThreePeople(t *testing.T) {
	w := work(t)
	c, err := reward(t, w, reported("a", "2026-00002", 0), at(7, 1, 10), casework.Act{Action: casework.ProposeReward, Person: "p-sven", Tier: casework.TierGrave, Words: "shut down"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = reward(t, w, c, at(7, 1, 10), approve()); grid.CodeOf(err) != grid.Forbidden {
		t.Errorf("who proposed approved: %v", err)
	}
	c, err = reward(t, w, c, at(7, 1, 10), casework.Act{Action: casework.ApproveReward, Person: "p-otto"}, claim("h"))
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []grid.PersonID{"p-sven", "p-otto", "p-dora", "p-tom", "r-a"} {
		if _, err = reward(t, w, c, at(7, 1, 10), casework.Act{Action: casework.PayReward, Person: who, Codes: []string{"h"}}); grid.CodeOf(err) != grid.Forbidden {
			t.Errorf("%s paid: %v", who, err)
		}
	}
	c.Handler = "carl"
	if _, err = reward(t, w, c, at(7, 1, 10), pay("h")); grid.CodeOf(err) != grid.Forbidden {
		t.Errorf("who works on the case paid: %v", err)
	}
}

// The window: reminded once, lapsed at its end and not before; a case that is answered anew gives it anew.
func TestRewardWindow(t *testing.T) {
	w := work(t)
	offered := at(7, 1, 10)
	c, err := reward(t, w, reported("a", "2026-00002", 0), offered, propose(), approve())
	if err != nil {
		t.Fatal(err)
	}
	until, _ := w.RewardUntil(c)
	if want := at(9, 1, 0); !until.Equal(want) { // day 60 is Sunday 30 August: it ends with Monday
		t.Errorf("until %s, want %s", until, want)
	}
	remind := until.AddDate(0, 0, -7)
	for _, tt := range []struct {
		at   time.Time
		want casework.Action
	}{{remind.Add(-time.Second), ""}, {remind, casework.RemindReward}, {until.Add(-time.Second), casework.RemindReward}, {until, casework.LapseReward}} {
		if got := w.RewardDue(c, tt.at); got != tt.want {
			t.Errorf("at %s: %q, want %q", tt.at, got, tt.want)
		}
	}
	c, err = reward(t, w, c, remind, casework.Act{Action: casework.RemindReward})
	if err != nil || w.RewardDue(c, remind.Add(time.Hour)) != "" {
		t.Errorf("reminded twice, %v", err)
	}
	if _, err = reward(t, w, c, until.Add(-time.Second), casework.Act{Action: casework.LapseReward}); err == nil {
		t.Error("it lapsed before its time")
	}
	if _, err = reward(t, w, c, until, claim("h")); grid.CodeOf(err) != grid.Expired {
		t.Errorf("claimed too late: %v", err)
	}
	c.ClosedAt = until.AddDate(0, 0, -1) // it was worked on anew
	if later, _ := w.RewardUntil(c); !later.After(until.AddDate(0, 0, 50)) || w.RewardDue(c, until) != "" {
		t.Errorf("answered anew, it still ends at %s", later)
	}
	c.State = casework.Handling
	if w.RewardDue(c, until.AddDate(1, 0, 0)) != "" {
		t.Error("it lapses while the case is worked on")
	}
}

// Nothing is proposed until the office has set its rule.
func TestNoRewardWithoutTheOfficesRule(t *testing.T) {
	w := work(t)
	w.Rules.Reward.Enabled = false
	if _, err := reward(t, w, reported("a", "2026-00002", 0), at(7, 1, 10), propose()); err == nil || asError(err).Key != "error.reward.off" {
		t.Errorf("%v", err)
	}
}

// Whoever is forgotten before taking the code loses the reward; a code in the hand is good without knowing whose it is. A
// case with a reward is not merged into another's.
func TestRewardOfTheForgotten(t *testing.T) {
	w := work(t)
	forget := casework.Act{Action: casework.Forget, Person: "r-a", As: grid.Gone("x")}
	c, err := reward(t, w, reported("a", "2026-00002", 0), at(7, 1, 10), propose(), approve())
	if err != nil {
		t.Fatal(err)
	}
	lost, err := reward(t, w, c, at(7, 1, 10), forget)
	if err != nil || lost.Reward.State != casework.RewardLapsed {
		t.Errorf("%+v, %v", lost.Reward, err)
	}
	kept, err := reward(t, w, c, at(7, 1, 10), claim("h"), forget, pay("h"))
	if err != nil || kept.Reward.State != casework.RewardPaid {
		t.Errorf("%+v, %v", kept.Reward, err)
	}
	c.State = casework.Accepted
	if _, err = reward(t, w, c, at(7, 1, 10), casework.Act{Action: casework.Merge, Person: "p-dora", Other: "b"}); err == nil || asError(err).Key != "error.reward.merge" {
		t.Errorf("merged: %v", err)
	}
}

// However officers, reporters and the job try, in whatever order: of all reports of one act at most one is paid, it is the
// first one, its shares make up the amount, and no code pays twice.
func TestOneRewardForOneAct(t *testing.T) {
	w := work(t)
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(rt, "reports")
		cases := make([]casework.Case, n)
		for i := range cases {
			cases[i] = reported(casework.CaseID("c"+strconv.Itoa(i)), "2026-0000"+strconv.Itoa(i), rapid.IntRange(0, 2).Draw(rt, "minute"))
		}
		root := rapid.IntRange(0, n-1).Draw(rt, "root") // whichever the desk merged the others into
		for i := range cases {
			if i != root {
				cases[i].Parent = cases[root].ID
				cases[root].Children = append(cases[root].Children, cases[i].ID)
			}
		}
		first := slices.MinFunc(cases, func(a, b casework.Case) int {
			if d := a.CreatedAt.Compare(b.CreatedAt); d != 0 {
				return d
			}
			return slices.Compare([]byte(a.Number), []byte(b.Number))
		}).ID
		now, serial := at(7, 1, 10), 0
		paid := map[string]int{}
		actions := []casework.Action{casework.ProposeReward, casework.ApproveReward, casework.DeclineReward, casework.ClaimReward, casework.PayReward, casework.RemindReward, casework.LapseReward, casework.Withdraw, casework.Forget}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			i := rapid.IntRange(0, n-1).Draw(rt, "case")
			c := cases[i]
			a := casework.Act{Action: rapid.SampledFrom(actions).Draw(rt, "action"), Tier: casework.TierPenalty, Words: "fined", Reason: "known"}
			a.Person = rapid.SampledFrom([]grid.PersonID{"p-dora", "p-sven", "p-otto", "p-carl", c.Reporter, ""}).Draw(rt, "who")
			a.As = grid.Gone(strconv.Itoa(serial))
			a.Kin = slices.Delete(slices.Clone(cases), i, i+1)
			switch {
			case a.Action == casework.PayReward && c.Reward != nil && len(c.Reward.Shares) > 0:
				a.Codes = []string{rapid.SampledFrom(c.Reward.Shares).Draw(rt, "code").Hash}
			case a.Action == casework.ClaimReward:
				for range rapid.IntRange(1, 5).Draw(rt, "joint") {
					serial++
					a.Codes = append(a.Codes, "h"+strconv.Itoa(serial))
				}
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 15*24).Draw(rt, "hours")) * time.Hour)
			next, _, err := w.Apply(c, a, roster(), now)
			if err != nil {
				continue
			}
			if a.Action == casework.PayReward {
				s, _ := next.ShareOf(a.Codes[0])
				paid[a.Codes[0]]++
				if paid[a.Codes[0]] > 1 || next.ID != first || s.Paid.IsZero() {
					rt.Fatalf("%s paid on %s, first is %s: %v", a.Codes[0], next.ID, first, paid)
				}
			}
			if r := next.Reward; r != nil && len(r.Shares) > 0 {
				sum := 0
				for _, s := range r.Shares {
					sum += s.Amount
				}
				if sum != r.Amount {
					rt.Fatalf("shares of %d make %d", r.Amount, sum)
				}
			}
			cases[i] = next
		}
	})
}
