package handlers

import (
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	villagesEach   = 20 // buttons of villages on one page
	mostNamedShown = 8  // topics that words may mean
)

// offerFollows offers what can be followed, in place of the list.
func (s *scene) offerFollows(what, arg string) error {
	r := flow.Reply{Key: "follow.choose", Edit: true}
	switch what {
	case "places":
		r.Rows = s.townRows()
	case "town":
		rows, ok := s.villageRows(arg)
		if !ok {
			return s.forged(s.msg.Data)
		}
		r.Rows = rows
	case "rivers":
		var all []flow.Choice
		for _, x := range s.Outreach().Rivers {
			all = append(all, flow.Choice{Label: texts.Name(x.Name), Data: followData("add", string(follow.NewTopic(follow.River, x.Name)))})
		}
		r.Key, r.Rows = "follow.choose_river", pairs(all)
	case "categories":
		var all []flow.Choice
		for _, x := range s.Book.Categories() {
			all = append(all, flow.Choice{Label: x.Names, Data: followData("add", string(follow.NewTopic(follow.Category, x.Code)))})
		}
		r.Key, r.Rows = "follow.choose_category", pairs(all)
	case "hours":
		var all []flow.Choice
		for _, h := range s.Outreach().Follow.Hours {
			all = append(all, flow.Choice{Label: texts.Name(clockHour(h)), Data: followData("hour", strconv.Itoa(h))})
		}
		r.Key, r.Rows = "follow.choose_hour", pairs(all)
	}
	r.Rows = append(r.Rows, []flow.Choice{{Key: "button.follow.back", Data: followData("list", "")}})
	s.say(r)
	return nil
}

// townRows are the district as a whole and its townships.
func (s *scene) townRows() [][]flow.Choice {
	tree := s.Work.Tree
	root := tree.Root()
	rows := [][]flow.Choice{{{
		Key: "button.follow.whole", Args: texts.Args{"cell": root.Name}, Data: followData("add", string(follow.NewTopic(follow.Cell, string(root.Code)))),
	}}}
	var all []flow.Choice
	for _, c := range tree.Level(2) {
		if c.Kind != grid.UnassignedKind {
			all = append(all, flow.Choice{Label: texts.Name(c.Name), Data: followData("town", string(c.Code))})
		}
	}
	return append(rows, inRows(3, all)...)
}

// villageRows are a township as a whole and a page of its villages: "630202102/1".
func (s *scene) villageRows(arg string) ([][]flow.Choice, bool) {
	code, p, _ := strings.Cut(arg, "/")
	town, ok := s.Work.Tree.Cell(grid.CellCode(code))
	page, _ := strconv.Atoi(p)
	villages := s.Work.Tree.Children(town.Code)
	if !ok || page < 0 || page > 0 && page*villagesEach >= len(villages) {
		return nil, false
	}
	rows := [][]flow.Choice{{{
		Key: "button.follow.whole", Args: texts.Args{"cell": town.Name}, Data: followData("add", string(follow.NewTopic(follow.Cell, code))),
	}}}
	end := min((page+1)*villagesEach, len(villages))
	shown := villages[page*villagesEach : end]
	all := make([]flow.Choice, 0, len(shown))
	for _, v := range shown {
		all = append(all, flow.Choice{Label: texts.Name(s.Work.Tree.Name(v)), Data: followData("add", string(follow.NewTopic(follow.Cell, string(v))))})
	}
	rows = append(rows, pairs(all)...)
	if len(villages) > villagesEach { // after the last page comes the first
		next := page + 1
		if end == len(villages) {
			next = 0
		}
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: followData("town", code+"/"+strconv.Itoa(next))}})
	}
	return rows, true
}

// followNamed follows what somebody calls it: a cell, a river, a category. When the words may mean several, each is offered.
func (s *scene) followNamed(words string) error {
	found := s.topicsNamed(strings.TrimSpace(words))
	switch len(found) {
	case 0:
		return grid.Fail(grid.NotFound, "error.follow.unknown", "said", words)
	case 1:
		return s.addFollow(found[0])
	}
	r := flow.Reply{Key: "follow.which", Args: texts.Args{"said": words}}
	for _, t := range found[:min(len(found), mostNamedShown)] {
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.follow.topic", Args: texts.Args{"topic": s.topicName(t)}, Data: followData("add", string(t))}})
	}
	s.say(r)
	return nil
}

// topicsNamed lists what the words name, or else what begins with them.
func (s *scene) topicsNamed(words string) []follow.Topic {
	is := func(name string) bool { return name == words }
	if out := s.topicsThat(is, words); len(out) > 0 {
		return out
	}
	return s.topicsThat(func(name string) bool { return strings.HasPrefix(name, words) }, words)
}

func (s *scene) topicsThat(named func(string) bool, words string) []follow.Topic {
	var out []follow.Topic
	for _, c := range s.Work.Tree.Cells() {
		if c.Kind != grid.UnassignedKind && (named(c.Name) || named(c.FullName) || named(s.Work.Tree.PathName(c.Code))) {
			out = append(out, follow.NewTopic(follow.Cell, string(c.Code)))
		}
	}
	for _, r := range s.Outreach().Rivers {
		if named(r.Name) {
			out = append(out, follow.NewTopic(follow.River, r.Name))
		}
	}
	for _, c := range s.Book.Categories() {
		named := strings.EqualFold(texts.Names(c.Names).In(s.lang), words)
		for _, k := range c.Kinds {
			named = named || strings.EqualFold(texts.Names(k.Names).In(s.lang), words)
		}
		if named {
			out = append(out, follow.NewTopic(follow.Category, c.Code))
		}
	}
	return out
}
