package handlers

import (
	"errors"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// converse takes the conversation one step further and does what it wants done. What a command finds out goes back
// into the conversation within the same turn.
func (s *scene) converse(e flow.Event) error {
	state, replies, commands := flow.Step(s.Book, s.state, e, s.now)
	s.state = state
	said := len(replies)
	var follow []flow.Event
	for _, c := range commands {
		event, err := s.execute(c)
		if err != nil {
			return err
		}
		if event != nil {
			follow = append(follow, *event)
		}
	}
	for _, r := range replies[:said] {
		s.say(r)
	}
	for _, next := range follow {
		if err := s.converse(next); err != nil {
			return err
		}
	}
	return nil
}

// event is the message as the conversation wants it.
func (s *scene) event() flow.Event {
	m := s.msg
	e := flow.Event{
		Kind: flow.Message, ID: m.ID, At: m.At, Arrived: m.Arrived, Text: m.Text, Edited: m.Edited, Forward: m.Forward,
		Point: m.Point, Accuracy: m.Accuracy, Live: m.Live, Picked: m.Picked, Venue: m.Venue, Data: m.Data,
		Field: s.mayFile(), Officer: s.officer.ID != "", Answers: s.replied(answerData("")), Adds: s.replied(moreData("")),
	}
	switch {
	case m.Kind == Button:
		e.Kind = flow.Button
	case m.Fetch != nil:
		e.Kind, e.File, e.Point = flow.Fetched, m.Fetch.Unique, m.Fetch.GPS
	}
	if m.Phone != "" {
		e.Contact = &flow.Phone{Number: m.Phone, Own: m.Own}
	}
	for _, f := range m.Files {
		e.Files = append(e.Files, flow.File{
			ID: f.ID, Unique: f.Unique, Kind: f.Kind, Size: f.Size, Group: m.Album, Message: m.ID, At: m.At, Arrived: m.Arrived,
		})
	}
	return e
}

// mayFile tells whether the person may file from the field.
func (s *scene) mayFile() bool {
	return len(s.roster.Areas(s.officer.ID, s.now, grid.Inspector, grid.Chief)) > 0
}

// begin begins an officer's story.
func (s *scene) begin(t flow.Task) error {
	if s.officer.ID == "" {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	return s.converse(flow.Event{Kind: flow.Begin, Task: &t, At: s.msg.At, Arrived: s.msg.Arrived, ID: s.msg.ID, Field: s.mayFile()})
}

// ask returns a button's verb that begins the story which gathers what the action needs, if the person may do it now.
func (s *scene) ask(action casework.Action, story flow.Story) func(casework.CaseID) error {
	return func(id casework.CaseID) error {
		c, err := s.load(id)
		if err != nil {
			return err
		}
		if !s.Work.May(c, action, s.me, s.roster, s.now) {
			_, err = s.act(c, casework.Act{Action: action})
			return errors.Join(err, nil)
		}
		t := s.task(story, c)
		if story == flow.Refusing {
			t.Earlier, err = s.namedEarlier(c)
			if err != nil {
				return err
			}
		}
		return s.begin(t)
	}
}

// task tells a story what is known of its case.
func (s *scene) task(story flow.Story, c casework.Case) flow.Task {
	t := flow.Task{Story: story, Case: c.ID, Number: c.Shown(), Cell: c.Cell, Categories: c.Categories, Kinds: c.Kinds, Lead: c.Lead, Away: c.Away}
	if c.Dispute != nil && story == flow.Reassigning {
		t.Wanted = c.Dispute.Target
	}
	if story == flow.Dropping {
		t.Likely = c.Waiting()
	}
	t.Verdict = c.Verdict
	if story == flow.HandingIn {
		c.Verdict, t.Verdict = "", "" // a result that was returned is judged anew
		t.Needs, t.Visited = s.Work.Unshown(c), c.Visited()
	}
	switch {
	case story == flow.Refusing:
		t.Options = s.Book.Authorities(c.Text, c.Kinds, c.Categories)
		t.Askable, t.Until = !s.done(c, casework.AskMore) && s.Work.May(c, casework.AskMore, s.me, s.roster, s.now), s.answerUntil()
	case story == flow.Missing:
		t.Until = s.answerUntil()
	case story == flow.Extending:
		t.Left = s.Work.Extendable(c)
	case story == flow.Granting && c.Extension != nil:
		t.Left = c.Extension.Days - 1
	}
	return t
}
