package handlers

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// postDossier is a post as it was read, to be written again.
type postDossier struct {
	read ledger.Dossier
	p    post.Post
}

// mayPost tells whether the person writes and approves posts: publishers and supervisors of the district.
func (s *scene) mayPost() bool {
	return s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Publisher, grid.Supervisor)
}

// postOf reads a post.
func (s *scene) postOf(id string) (postDossier, error) {
	var d postDossier
	var err error
	if d.read, err = s.dossier(post.Kind, id); err != nil {
		return d, err
	}
	if d.read.Version == 0 {
		return d, grid.Fail(grid.NotFound, "error.not_found")
	}
	return d, d.read.Into(&d.p)
}

// keepPost makes a post, as it is now, part of the change.
func (s *scene) keepPost(d postDossier, events ...post.Event) error {
	lines := make([]any, len(events))
	for i, e := range events {
		e.At, e.By, e.Via = s.now, s.officer.ID, s.via()
		lines[i] = e
	}
	return s.shelve(d.p.Write(d.read, lines...))
}

// doPost does something to a post and keeps it.
func (s *scene) doPost(d postDossier, e post.Event) (postDossier, error) {
	e.At, e.By = s.now, s.officer.ID
	var err error
	if d.p, err = d.p.Do(e); err != nil {
		return d, err
	}
	return d, s.keepPost(d, e)
}

func postData(verb, arg string) string { return "po:" + verb + ":" + arg }

const (
	postsRead  = 200 // posts looked through for a list
	postsShown = 12  // of them on the list
)

// showPosts is the worklist of posts (/posts): what waits for approval, what is written, what goes out next, what went out last.
func (s *scene) showPosts() error {
	if !s.mayPost() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	posts, err := s.listedPosts()
	if err != nil {
		return err
	}
	r := flow.Reply{Key: "post.list", Args: texts.Args{"n": len(posts)}}
	lines := texts.Lines{}
	for _, p := range posts {
		lines = append(lines, texts.Text{Key: "post.line", Args: texts.Args{
			"state": texts.Text{Key: "post.state." + string(p.State)}, "title": texts.Names(p.Title), "when": s.postWhen(p),
		}})
		r.Rows = append(r.Rows, []flow.Choice{{Key: "button.post.open", Args: texts.Args{"title": texts.Names(p.Title)}, Data: postData("open", p.ID)}})
	}
	if len(posts) == 0 {
		lines = append(lines, texts.Text{Key: "post.list_empty"})
	}
	r.Args["lines"] = lines
	r.Rows = append(r.Rows,
		[]flow.Choice{{Key: "button.post.new", Data: postData("new", "")}, {Key: "button.post.samples", Data: postData("samples", "")}},
		[]flow.Choice{{Key: "button.post.expose", Data: postData("expose", "")}})
	s.say(r)
	return nil
}

// listedPosts reads those that are not over, what waits for somebody first, and then the last ones that went out.
func (s *scene) listedPosts() ([]post.Post, error) {
	var out []post.Post
	for _, shelf := range []ledger.Shelf{post.Open, post.Shown} {
		ids, err := s.Store.Shelf(s.ctx, post.Kind, shelf, 0, math.MaxInt64, postsRead)
		if err != nil {
			return nil, err
		}
		slices.Reverse(ids)
		found, err := s.Store.Dossiers(s.ctx, post.Kind, ids[:min(len(ids), postsShown)])
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			var p post.Post
			if err := d.Into(&p); err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(out, func(x post.Post) bool { return x.ID == p.ID }) {
				out = append(out, p)
			}
		}
	}
	order := []post.State{post.Asked, post.Draft, post.Approved, post.Sending, post.Sent}
	slices.SortStableFunc(out, func(a, b post.Post) int {
		return cmp.Compare(slices.Index(order, a.State), slices.Index(order, b.State))
	})
	return out[:min(len(out), postsShown)], nil
}

// pressPost does what the buttons of posts say.
func (s *scene) pressPost(verb, arg string) error {
	if !s.mayPost() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	switch verb {
	case "list":
		return s.showPosts()
	case "new":
		return s.askNote("post_text", "")
	case "expose":
		return s.askNote("post_case", "")
	case "samples":
		return s.offerSamples()
	case "sample":
		return s.beginSample(arg)
	}
	id, rest, _ := strings.Cut(arg, "/")
	d, err := s.postOf(id)
	if err != nil {
		return err
	}
	return s.pressOnePost(verb, d, rest)
}

// pressOnePost is pressPost for one post.
func (s *scene) pressOnePost(verb string, d postDossier, rest string) error {
	switch verb {
	case "open":
		return s.sayPost(d.p, false)
	case "text", "when", "recall", "return":
		return s.askPost(verb, d)
	case "reach", "cell", "cat", "river", "all", "pub":
		return s.reachPost(verb, d, rest)
	case "at":
		return s.schedulePost(d, rest)
	case "urgent":
		d.p.Urgent = !d.p.Urgent
		return s.writePost(d)
	case "ask":
		return s.askApproval(d)
	case "approve":
		return s.approvePost(d)
	}
	return s.forged(s.msg.Data)
}

// writePost keeps what was changed of a draft, and shows it.
func (s *scene) writePost(d postDossier) error {
	d, err := s.doPost(d, post.Event{Did: post.Write})
	if err != nil {
		return err
	}
	return s.sayPost(d.p, s.msg.Kind == Button)
}

// askApproval asks the others for approval.
func (s *scene) askApproval(d postDossier) error {
	d, err := s.doPost(d, post.Event{Did: post.Ask})
	if err != nil {
		return err
	}
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Publisher, grid.Supervisor)
	officers = slices.DeleteFunc(officers, func(o grid.Officer) bool { return d.p.Wrote(o.ID) || o.ID == s.officer.ID })
	if len(officers) == 0 {
		return grid.Fail(grid.Conflict, "error.post.nobody")
	}
	card, err := s.postCard(d.p)
	if err != nil {
		return err
	}
	card.Rows = approvalRows(d.p.ID)
	if err := s.tellOfficers(officers, card); err != nil {
		return err
	}
	return s.sayPost(d.p, true)
}

func approvalRows(id string) [][]flow.Choice {
	return [][]flow.Choice{{{Key: "button.post.approve", Data: postData("approve", id)}, {Key: "button.post.return", Data: postData("return", id)}}}
}

// approvePost lets it go out at its time.
func (s *scene) approvePost(d postDossier) error {
	if err := s.stillNoticed(d.p); err != nil {
		return err
	}
	d, err := s.doPost(d, post.Event{Did: post.Approve})
	if err != nil {
		return err
	}
	s.count("post_approved", s.Work.Tree.Root().Code)
	if err := s.tellAuthor(d.p, "post.approved"); err != nil {
		return err
	}
	return s.sayPost(d.p, true)
}

// tellAuthor tells who wrote a post what somebody else did to it.
func (s *scene) tellAuthor(p post.Post, key string) error {
	o, ok := s.roster.Officer(p.By)
	if !ok || o.ID == s.officer.ID {
		return nil
	}
	return s.tellOfficers([]grid.Officer{o}, flow.Reply{Key: key, Args: texts.Args{
		"title": texts.Names(p.Title), "by": s.officer.Name, "when": s.postWhen(p), "reason": p.Reason,
	}, Rows: [][]flow.Choice{{{Key: "button.post.open", Args: texts.Args{"title": texts.Names(p.Title)}, Data: postData("open", p.ID)}}}})
}
