package handlers

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/referral"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// mostReferrals is how many referrals a list or a year is read with, listedReferrals how many one message shows.
const (
	mostReferrals   = 1000
	listedReferrals = 12
)

func referData(verb, arg string) string { return "rf:" + verb + ":" + arg }

// refer is /refer: the cases that are with the police or the prosecutors, the late steps marked. With a case's number behind it, that
// case's; with a year, that year in figures.
func (s *scene) refer() error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if year, err := strconv.Atoi(s.msg.Args); err == nil && year > 2000 && year < 3000 {
		return s.sayReferralYear(year)
	}
	if s.msg.Args != "" {
		return s.referByNumber(s.msg.Args)
	}
	open, err := onShelf[referral.Referral](s, referral.Kind, referral.Open, 0, math.MaxInt64, mostReferrals)
	if err != nil {
		return err
	}
	var lines texts.Lines
	rows := make([][]flow.Choice, 0, min(len(open), listedReferrals)+1)
	for _, x := range open {
		if c, err := s.load(x.it.Case); err != nil || !s.Work.Sees(c, s.me, s.roster, s.now) || len(lines) == listedReferrals {
			continue // who is kept from a case does not read of it here
		}
		lines = append(lines, texts.Text{Key: "referral.line", Args: s.referralArgs(x.it)})
		rows = append(rows, []flow.Choice{{Key: "button.refer_one", Args: s.referralArgs(x.it), Data: referData("open", x.it.ID)}})
	}
	year := s.now.In(s.Rules.Location).Year()
	rows = append(rows, []flow.Choice{{Key: "button.refer_year", Args: texts.Args{"year": year}, Data: referData("year", strconv.Itoa(year))}})
	r := flow.Reply{Key: "referral.list", Args: texts.Args{"n": len(lines), "lines": lines}, Rows: rows}
	if len(lines) == 0 {
		r.Key = "referral.list.empty"
	}
	s.say(r)
	return nil
}

// sayReferralYear counts what was handed over in a year, by receiver.
func (s *scene) sayReferralYear(year int) error {
	all, err := onShelf[referral.Referral](s, referral.Kind, referral.All, 0, math.MaxInt64, mostReferrals)
	if err != nil {
		return err
	}
	counted := referral.Count(its(all), year)
	var lines texts.Lines
	for _, to := range []referral.Receiver{referral.Police, referral.Prosecutors} {
		y := counted[to]
		lines = append(lines, texts.Text{Key: "referral.year.line", Args: texts.Args{
			"to": texts.Text{Key: "referral.to." + string(to)}, "handed": y.Handed, "received": y.Received, "accepted": y.Accepted, "declined": y.Declined,
			"filed": y.Filed, "ended": y.Ended,
		}})
	}
	s.say(flow.Reply{Key: "referral.year", Args: texts.Args{"year": year, "lines": lines}})
	return nil
}

// referByNumber shows what became of a case, or offers to propose handing it over.
func (s *scene) referByNumber(number string) error {
	id, err := s.Store.CaseByNumber(s.ctx, strings.ToUpper(number))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.find.unknown")
	}
	if err != nil {
		return err
	}
	return s.referCase(id)
}

func (s *scene) referCase(id casework.CaseID) error {
	c, err := s.visible(id)
	if err != nil {
		return err
	}
	all, err := s.referralsOf(c)
	if err != nil {
		return err
	}
	for _, x := range all {
		s.say(s.referralCard("referral.card", x.it))
	}
	if slices.ContainsFunc(all, func(x opened[referral.Referral]) bool { return x.it.Running() }) {
		return nil
	}
	if err := referable(c); err != nil {
		return err
	}
	grounds := referral.Grounds()
	rows := make([][]flow.Choice, 0, len(grounds))
	for _, g := range grounds {
		rows = append(rows, []flow.Choice{{Key: "button.refer." + string(g), Data: referData(string(g), string(c.ID))}})
	}
	s.say(flow.Reply{Key: "referral.ask_ground", Args: texts.Args{"number": c.Shown()}, Rows: rows})
	return nil
}

// referable refuses to hand over what is not proven: Conflict.
func referable(c casework.Case) error {
	proven := c.Verdict == casework.Proven || c.Verdict == casework.Partly
	if !proven || !c.Violation || c.FindingBy == "" {
		return grid.Fail(grid.Conflict, "error.referral.unproven", "number", c.Shown())
	}
	return nil
}

func (s *scene) referralsOf(c casework.Case) ([]opened[referral.Referral], error) {
	return onShelf[referral.Referral](s, referral.Kind, referral.Of(c.ID), 0, math.MaxInt64, listedReferrals)
}

// referralRows shows the office, below a case, how far its referral is.
func (s *scene) referralRows(c casework.Case) ([][]flow.Choice, error) {
	if !s.deskWorker() {
		return nil, nil
	}
	all, err := s.referralsOf(c)
	rows := make([][]flow.Choice, 0, len(all))
	for _, x := range all {
		rows = append(rows, []flow.Choice{{Key: "button.refer_of", Args: s.referralArgs(x.it), Data: referData("open", x.it.ID)}})
	}
	return rows, err
}

// pressReferral does what the buttons of referrals say. Whoever is kept from the case is kept from this, too.
func (s *scene) pressReferral(verb, arg string) error {
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if verb == "year" {
		if year, err := strconv.Atoi(arg); err == nil {
			return s.sayReferralYear(year)
		}
		return s.forged(s.msg.Data)
	}
	if slices.Contains(referral.Grounds(), referral.Ground(verb)) {
		return s.beginReferral(referral.Ground(verb), casework.CaseID(arg))
	}
	d, err := s.referralOf(arg)
	if err != nil {
		return err
	}
	switch a := referral.Action(verb); {
	case verb == "open":
		s.say(s.referralCard("referral.card", d.it))
		return nil
	case verb == "letter":
		s.say(flow.Reply{Key: "referral.letter", Args: s.referralArgs(d.it), Paper: s.Head.Paper(d.it.Letter, d.it.Letter.At), Rows: printing(referData("pdf", d.it.ID))})
		return nil
	case verb == "pdf" && d.it.Letter.Text != "":
		return s.bringLetter(d.it.Letter)
	case !slices.Contains(d.it.State.Open(), a):
		return grid.Fail(grid.Conflict, "error.referral.state")
	case a == referral.HandOver:
		return s.handOver(d)
	case a == referral.Approve, a == referral.Leave:
		return s.stepReferral(d, referral.Act{Action: a, Day: s.localDay()})
	}
	return s.askNote("refer_words", d.it.ID+"."+verb)
}

// referralOf reads a referral whose case the person may see.
func (s *scene) referralOf(id string) (opened[referral.Referral], error) {
	d, err := holdOf[referral.Referral](s, referral.Kind, id)
	if err == nil {
		_, err = s.visible(d.it.Case)
	}
	return d, err
}

func (s *scene) localDay() calendar.Date { return calendar.DateOf(s.local()) }

// keepReferral makes a referral, as it is now, part of the change.
func (s *scene) keepReferral(read ledger.Dossier, x referral.Referral, events ...any) error {
	return s.shelve(referral.Write(read, x, s.Rules.Referral, events...))
}

// referralCard is one referral with its steps and what may be done next.
func (s *scene) referralCard(key string, x referral.Referral) flow.Reply {
	r := flow.Reply{Key: key, Args: s.referralArgs(x)}
	open := x.State.Open()
	all := make([]flow.Choice, 0, len(open))
	for _, a := range open {
		all = append(all, flow.Choice{Key: "button.refer." + string(a), Data: referData(string(a), x.ID)})
	}
	if x.Letter.Text != "" {
		all = append(all, flow.Choice{Key: "button.refer_letter", Data: referData("letter", x.ID)})
	}
	all = append(all, flow.Choice{Key: "button.refer_case", Args: texts.Args{"number": x.Number}, Data: caseData("open", x.Case)})
	r.Rows = pairs(all)
	return r
}

// referralArgs are the places of the sentences about a referral.
func (s *scene) referralArgs(x referral.Referral) texts.Args {
	var steps texts.Lines
	for _, st := range x.Steps {
		a := texts.Args{
			"step": texts.Text{Key: "referral.step." + string(st.Did)}, "day": st.Day.String(), "at": s.moment(st.At), "by": orDash(s.officerName(st.By)), "words": texts.Text{},
		}
		if st.Words != "" {
			a["words"] = texts.Text{Key: "referral.words", Args: texts.Args{"words": excerpt(st.Words, 200)}}
		}
		steps = append(steps, texts.Text{Key: "referral.step", Args: a})
	}
	a := texts.Args{
		"number": x.Number, "to": texts.Text{Key: "referral.to." + string(x.Ground.To())}, "ground": texts.Text{Key: "referral.ground." + string(x.Ground)},
		"state": texts.Text{Key: "referral.state." + string(x.State)}, "letter": orDash(x.Letter.No), "steps": steps, "late": texts.Text{}, "due": texts.Text{},
		"hash": orDash(x.Bundle.SHA256), "files": len(x.Bundle.Files),
	}
	if !x.Due.IsZero() {
		a["due"] = texts.Text{Key: "referral.due", Args: texts.Args{"day": s.lastDay(x.Due)}}
	}
	if x.Late(s.now) {
		a["late"] = texts.Text{Key: "referral.late"}
	}
	return a
}
