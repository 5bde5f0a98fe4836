package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// sayPost shows a post to whoever works on it.
func (s *scene) sayPost(p post.Post, edit bool) error {
	r, err := s.postCard(p)
	if err != nil {
		return err
	}
	r.Edit, r.Rows = edit && s.msg.Kind == Button, s.postButtons(p)
	s.say(r)
	return nil
}

// postCard is a post with whom it reaches, when it goes out and, once it did, what became of it.
func (s *scene) postCard(p post.Post) (flow.Reply, error) {
	args := texts.Args{
		"title": texts.Names(p.Title), "text": texts.Names(p.Text), "reach": s.reachText(p.Reach), "when": s.postWhen(p),
		"state": texts.Text{Key: "post.state." + string(p.State)}, "by": orDash(s.officerName(p.By)), "approver": orDash(s.officerName(p.Approver)),
		"urgent": texts.Text{}, "reason": texts.Text{}, "figures": texts.Text{},
	}
	if p.Urgent {
		args["urgent"] = texts.Text{Key: "post.urgent_mark"}
	}
	switch {
	case p.Reason == post.NoNotice:
		args["reason"] = texts.Text{Key: "post.no_notice"}
	case p.Reason != "":
		args["reason"] = texts.Text{Key: "post.reason", Args: texts.Args{"reason": p.Reason}}
	}
	figures, err := s.postFigures(p)
	args["figures"] = figures
	return flow.Reply{Key: "post.card", Args: args}, err
}

// postFigures tell how many follow what it reaches, or, once it went out, what became of its messages.
func (s *scene) postFigures(p post.Post) (texts.Text, error) {
	if p.Out.IsZero() {
		var shelves []string
		for _, x := range p.Reach.Shelves(s.Work.Tree) {
			for h := range 24 {
				shelves = append(shelves, x.At(h))
			}
		}
		n, err := s.Store.FollowersCount(s.ctx, shelves)
		return texts.Text{Key: "post.followers", Args: texts.Args{"n": n}}, err
	}
	t, err := s.Store.Tally(s.ctx, post.Tally(p.ID))
	sent, blocked := t[ledger.Sent], t[ledger.BlockedBot]
	return texts.Text{Key: "post.figures", Args: texts.Args{
		"queued": t[ledger.Queued], "sent": sent, "blocked": blocked, "failed": t[ledger.Undelivered] + t[ledger.Uncertain],
		"waiting": max(t[ledger.Queued]-sent-blocked-t[ledger.Undelivered]-t[ledger.Uncertain], 0),
	}}, err
}

// reachText says whom a post reaches.
func (s *scene) reachText(r follow.Reach) any {
	if r.All {
		return texts.Text{Key: "post.reach_all"}
	}
	out := texts.List{}
	for _, c := range r.Cells {
		out = append(out, s.cellName(c))
	}
	for _, k := range r.Categories {
		out = append(out, s.categories([]string{k}))
	}
	for _, x := range r.Rivers {
		out = append(out, x)
	}
	if r.Published {
		out = append(out, texts.Text{Key: "follow.published"})
	}
	if len(out) == 0 {
		return texts.Text{Key: "post.reach_none"}
	}
	return texts.Text{Key: "post.reach_of", Args: texts.Args{"topics": out}}
}

// postWhen is when a post goes out, or went out.
func (s *scene) postWhen(p post.Post) any {
	switch {
	case !p.Out.IsZero():
		return texts.Text{Key: "post.out", Args: texts.Args{"at": s.moment(p.Out)}}
	case p.When.IsZero():
		return texts.Text{Key: "post.at_once"}
	}
	return texts.Text{Key: "post.at", Args: texts.Args{"at": s.moment(p.When)}}
}

// postButtons are what the person may do with it now.
func (s *scene) postButtons(p post.Post) [][]flow.Choice {
	one := func(key, verb string) flow.Choice { return flow.Choice{Key: key, Data: postData(verb, p.ID)} }
	var rows [][]flow.Choice
	if p.May(post.Write) {
		urgent := one("button.post.urgent", "urgent")
		if p.Urgent {
			urgent.Key = "button.post.calm"
		}
		first := []flow.Choice{one("button.post.reach", "reach")}
		if p.Case == "" {
			first = append([]flow.Choice{one("button.post.text", "text")}, first...)
		}
		rows = append(rows, first, []flow.Choice{one("button.post.when", "when"), urgent}, []flow.Choice{one("button.post.ask", "ask")})
	}
	if p.May(post.Approve) && !p.Wrote(s.officer.ID) {
		rows = append(rows, approvalRows(p.ID)...)
	}
	last := []flow.Choice{{Key: "button.post.list", Data: postData("list", "")}}
	if p.May(post.Recall) {
		last = append([]flow.Choice{one("button.post.recall", "recall")}, last...)
	}
	return append(rows, last)
}

// reachPost chooses whom a post reaches; each press adds or takes one off.
func (s *scene) reachPost(verb string, d postDossier, key string) error {
	if !d.p.May(post.Write) {
		return grid.Fail(grid.Conflict, "error.post.state", "poststate", string(d.p.State))
	}
	r := d.p.Reach
	switch verb {
	case "cell":
		if !s.topicExists(follow.NewTopic(follow.Cell, key)) {
			return s.forged(s.msg.Data)
		}
		r.Cells = toggled(r.Cells, grid.CellCode(key))
	case "cat":
		if !s.topicExists(follow.NewTopic(follow.Category, key)) {
			return s.forged(s.msg.Data)
		}
		r.Categories = toggled(r.Categories, key)
	case "river":
		if !s.topicExists(follow.NewTopic(follow.River, key)) {
			return s.forged(s.msg.Data)
		}
		r.Rivers = toggled(r.Rivers, key)
	case "pub":
		r.Published = !r.Published
	case "all":
		r.All = !r.All
	}
	if verb != "reach" {
		d.p.Reach = r
		var err error
		if d, err = s.doPost(d, post.Event{Did: post.Write}); err != nil {
			return err
		}
	}
	s.say(flow.Reply{Key: "post.choose_reach", Args: texts.Args{"reach": s.reachText(d.p.Reach)}, Rows: s.reachRows(d.p), Edit: true})
	return nil
}
