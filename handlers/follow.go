package handlers

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// followed is what a person follows as it was read, to be written again.
type followed struct {
	read ledger.Followed
	follow.Follows
}

// follows reads what the person follows, under the pseudonym that cases know the public by.
func (s *scene) follows() (followed, error) {
	var f followed
	var err error
	if f.read, err = s.Store.Follows(s.ctx, s.reporter); err == nil && f.read.Version != 0 {
		if err = json.Unmarshal(f.read.Data, &f.Follows); err != nil {
			err = fmt.Errorf("what somebody follows: %w", err)
		}
	}
	return f, err
}

// keepFollows makes what the person follows from now on part of the change.
func (s *scene) keepFollows(before followed, after follow.Follows) error {
	w := ledger.FollowsWrite{Person: s.reporter, Version: before.read.Version, Until: after.Until, Place: follow.Place(s.reporter)}
	was, is := before.Shelves(s.Work.Tree), after.Shelves(s.Work.Tree)
	for _, shelf := range was {
		if !slices.Contains(is, shelf) {
			w.Off = append(w.Off, shelf)
		}
	}
	w.On = is
	if len(after.Topics) > 0 {
		data, err := json.Marshal(after)
		if err != nil {
			return fmt.Errorf("what somebody follows: %w", err)
		}
		w.Data = data
		s.becomeReporter()
	}
	if before.read.Version == 0 && w.Data == nil {
		return nil
	}
	s.change.Follows = []ledger.FollowsWrite{w}
	return nil
}

func followData(verb, arg string) string { return "fo:" + verb + ":" + arg }

// showFollows shows what the person follows, how to follow more and how to stop: /follow, or /follow and what in words.
func (s *scene) showFollows() error {
	if s.msg.Args != "" {
		return s.followNamed(s.msg.Args)
	}
	return s.listFollows("")
}

// listFollows is the list; note is a sentence above it, of what was just done.
func (s *scene) listFollows(note string) error {
	f, err := s.follows()
	if err != nil {
		return err
	}
	cases, err := s.followedCases()
	if err != nil {
		return err
	}
	s.sayFollows(f.Follows, cases, note)
	return nil
}

// sayFollows says the list.
func (s *scene) sayFollows(f follow.Follows, cases []casework.Case, note string) {
	r := flow.Reply{Key: "follow.none", Args: texts.Args{"note": texts.Text{Key: note}}, Edit: !slices.Contains(underDigest, s.msg.Data)}
	if len(f.Topics)+len(cases) > 0 {
		r.Key = "follow.list"
	}
	lines := texts.Lines{}
	for _, t := range f.Topics {
		lines = append(lines, texts.Text{Key: "follow.line", Args: texts.Args{"topic": s.topicName(t.Topic), "day": s.dayOf(t.Since)}})
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.follow.drop", Args: texts.Args{"topic": s.topicName(t.Topic)}, Data: followData("drop", string(t.Topic))}})
	}
	for _, c := range cases {
		lines = append(lines, texts.Text{Key: "follow.case", Args: texts.Args{"number": c.Shown(), "state": name("state", string(c.State))}})
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.follow.drop", Args: texts.Args{"topic": c.Shown()}, Data: followData("case", string(c.ID))}})
	}
	r.Args["lines"], r.Args["hour"], r.Args["most"] = lines, clockHour(f.Hour), s.Outreach().Follow.Most
	r.Rows = append(r.Rows,
		[]flow.Choice{{Key: "button.follow.places", Data: followData("places", "")}, {Key: "button.follow.rivers", Data: followData("rivers", "")}},
		[]flow.Choice{{Key: "button.follow.categories", Data: followData("categories", "")}, {Key: "button.follow.published", Data: followData("add", string(follow.NewTopic(follow.Published, "")))}})
	if len(f.Topics) > 0 {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.follow.hour", Args: texts.Args{"hour": clockHour(f.Hour)}, Data: followData("hours", "")}})
	}
	if len(f.Topics)+len(cases) > 0 {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.follow.stop", Data: followData("stop", "")}})
	}
	s.say(r)
}

// followLines are what the person follows, as their data tell of it: with the day on which it ends by itself.
func (s *scene) followLines(f follow.Follows) []string {
	lines := make([]string, 0, len(f.Topics))
	for _, t := range f.Topics {
		lines = append(lines, s.Texts.T(s.lang, "mydata.follow", texts.Args{"topic": s.topicName(t.Topic), "day": s.dayOf(t.Since), "until": s.dayOf(f.Until)}))
	}
	return lines
}

func clockHour(h int) string { return strconv.Itoa(h) + ":00" }

// topicName is a topic as people call it.
func (s *scene) topicName(t follow.Topic) any {
	kind, key := t.Cut()
	switch kind {
	case follow.Cell:
		return s.cellName(grid.CellCode(key))
	case follow.Category:
		return s.categories([]string{key})
	case follow.River:
		return key
	default: // every publication: it has no key
		return texts.Text{Key: "follow.published"}
	}
}

// followedCases are the cases that the person follows and did not report: the newest ones.
func (s *scene) followedCases() ([]casework.Case, error) {
	cases, err := s.ownCases()
	if err != nil {
		return nil, err
	}
	cases = slices.DeleteFunc(cases, func(c casework.Case) bool { return !slices.Contains(c.Followers, s.reporter) || !c.State.Underway() })
	return cases[:min(len(cases), s.Rules.PageSize)], nil
}

// underDigest are the buttons under a digest, which stays as it is; under the list the list changes.
var underDigest = []string{followData("show", ""), followData("keep", ""), followData("halt", "")}

// pressFollow does what the buttons under the list say.
func (s *scene) pressFollow(verb, arg string) error {
	switch verb {
	case "list", "show":
		return s.listFollows("")
	case "places", "town", "rivers", "categories", "hours":
		return s.offerFollows(verb, arg)
	case "add":
		return s.addFollow(follow.Topic(arg))
	case "drop":
		return s.changeFollows("follow.dropped", func(f follow.Follows) (follow.Follows, error) { return f.Drop(follow.Topic(arg)), nil })
	case "hour":
		return s.chooseHour(arg)
	case "keep":
		return s.changeFollows("follow.kept", func(f follow.Follows) (follow.Follows, error) { return f.Renew(s.Outreach().Follow, s.now), nil })
	case "case":
		return s.unfollow(casework.CaseID(arg))
	case "stop", "halt":
		return s.stopFollows()
	}
	return s.forged(s.msg.Data)
}

// changeFollows changes what the person follows and shows the list again.
func (s *scene) changeFollows(note string, do func(follow.Follows) (follow.Follows, error)) error {
	before, err := s.follows()
	if err != nil {
		return err
	}
	after, err := do(before.Follows)
	if err != nil {
		return err
	}
	if fault := s.keepFollows(before, after); fault != nil {
		return fault
	}
	cases, err := s.followedCases()
	if err != nil {
		return err
	}
	s.sayFollows(after, cases, note)
	return nil
}

// addFollow follows a topic that exists.
func (s *scene) addFollow(t follow.Topic) error {
	if !s.topicExists(t) {
		return s.forged(s.msg.Data)
	}
	s.count("subscribed", s.Work.Tree.Root().Code)
	return s.changeFollows("follow.added", func(f follow.Follows) (follow.Follows, error) { return f.Add(t, s.Outreach().Follow, s.now) })
}

// topicExists tells whether there is such a cell, river or category.
func (s *scene) topicExists(t follow.Topic) bool {
	kind, key := t.Cut()
	switch kind {
	case follow.Cell:
		c, ok := s.Work.Tree.Cell(grid.CellCode(key))
		return ok && c.Kind != grid.UnassignedKind
	case follow.Category:
		return len(s.categories([]string{key})) > 0
	case follow.River:
		return slices.ContainsFunc(s.Outreach().Rivers, func(r follow.RiverOf) bool { return r.Name == key })
	case follow.Published:
		return key == ""
	}
	return false
}

// chooseHour is when the digest goes out from now on.
func (s *scene) chooseHour(arg string) error {
	hour, err := strconv.Atoi(arg)
	terms := s.Outreach().Follow
	if err != nil || !slices.Contains(terms.Hours, hour) {
		return s.forged(s.msg.Data)
	}
	return s.changeFollows("follow.hour_set", func(f follow.Follows) (follow.Follows, error) {
		return f.At(hour, terms, s.now, s.Rules.Location), nil
	})
}

// unfollow follows a case no longer.
func (s *scene) unfollow(id casework.CaseID) error {
	c, err := s.load(id)
	if err != nil {
		return err
	}
	if _, err = s.act(c, casework.Act{Action: casework.Unfollow}); err != nil {
		return err
	}
	f, err := s.follows()
	if err != nil {
		return err
	}
	cases, err := s.followedCases()
	if err != nil {
		return err
	}
	cases = slices.DeleteFunc(cases, func(c casework.Case) bool { return c.ID == id })
	s.sayFollows(f.Follows, cases, "follow.dropped")
	return nil
}

// stopFollows stops everything: topics and cases.
func (s *scene) stopFollows() error {
	before, err := s.follows()
	if err != nil {
		return err
	}
	if fault := s.keepFollows(before, follow.Follows{}); fault != nil {
		return fault
	}
	cases, err := s.followedCases()
	if err != nil {
		return err
	}
	for _, c := range cases {
		if _, err := s.act(c, casework.Act{Action: casework.Unfollow}); err != nil {
			return err
		}
	}
	s.sayFollows(follow.Follows{}, nil, "follow.stopped")
	return nil
}

// OutreachBook is what the district has set about reaching the public. It may change while the program runs.
type OutreachBook struct {
	Follow follow.Terms
	Rivers []follow.RiverOf
	Hour   int           // of the day, at which a post goes out unless its author names another
	Listed time.Duration // after it was sent, a post without an end of its own is listed as news

	Samples []post.Sample // ready texts
}
