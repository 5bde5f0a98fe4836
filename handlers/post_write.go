package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// toggled is the list with the value, or without it when it was there.
func toggled[T comparable](all []T, v T) []T {
	if i := slices.Index(all, v); i >= 0 {
		return slices.Delete(slices.Clone(all), i, i+1)
	}
	return append(slices.Clone(all), v)
}

// reachRows are all whom a post can reach, those chosen ticked.
func (s *scene) reachRows(p post.Post) [][]flow.Choice {
	tick := func(on bool, label any, verb, key string) flow.Choice {
		c := flow.Choice{Key: "button.post.off", Args: texts.Args{"topic": label}, Data: postData(verb, p.ID+"/"+key)}
		if on {
			c.Key = "button.post.on"
		}
		return c
	}
	root := s.Work.Tree.Root()
	rows := [][]flow.Choice{{
		tick(p.Reach.All, texts.Text{Key: "post.reach_all"}, "all", ""), tick(slices.Contains(p.Reach.Cells, root.Code), root.Name, "cell", string(root.Code)),
	}}
	rivers, categories := s.Outreach().Rivers, s.Book.Categories()
	var towns []flow.Choice
	kinds := make([]flow.Choice, 0, len(rivers)+len(categories)+1)
	for _, c := range s.Work.Tree.Level(2) {
		if c.Kind != grid.UnassignedKind {
			towns = append(towns, tick(slices.Contains(p.Reach.Cells, c.Code), c.Name, "cell", string(c.Code)))
		}
	}
	for _, r := range rivers {
		kinds = append(kinds, tick(slices.Contains(p.Reach.Rivers, r.Name), r.Name, "river", r.Name))
	}
	for _, c := range categories {
		kinds = append(kinds, tick(slices.Contains(p.Reach.Categories, c.Code), texts.Names(c.Names), "cat", c.Code))
	}
	kinds = append(kinds, tick(p.Reach.Published, texts.Text{Key: "follow.published"}, "pub", ""))
	rows = append(append(rows, inRows(3, towns)...), inRows(3, kinds)...)
	return append(rows, []flow.Choice{{Key: "button.post.done", Data: postData("open", p.ID)}})
}

// askPost asks for words about a post: its text, its time, a reason.
func (s *scene) askPost(what string, d postDossier) error {
	needs := map[string]post.Action{"text": post.Write, "when": post.Write, "recall": post.Recall, "return": post.Return}[what]
	if !d.p.May(needs) || what == "text" && d.p.Case != "" {
		return grid.Fail(grid.Conflict, "error.post.state", "poststate", string(d.p.State))
	}
	if what == "when" {
		rows := [][]flow.Choice{{{Key: "button.post.at_once", Data: postData("at", d.p.ID+"/now")}}}
		for day := range 2 {
			at := s.postDay(day + 1)
			rows = append(rows, []flow.Choice{{Label: texts.Name(s.moment(at)), Data: postData("at", d.p.ID+"/"+strconv.Itoa(day+1))}})
		}
		rows = append(rows, []flow.Choice{{Key: "button.post.own_time", Data: postData("at", d.p.ID+"/own")}})
		s.say(flow.Reply{Key: "post.choose_when", Rows: rows, Edit: true})
		return nil
	}
	return s.askNote("post_"+what, d.p.ID)
}

// postDay is the usual time of a post so many days from now.
func (s *scene) postDay(days int) time.Time {
	n := s.local()
	return time.Date(n.Year(), n.Month(), n.Day()+days, s.Outreach().Hour, 0, 0, 0, n.Location())
}

// schedulePost chooses when a post goes out: as soon as it is approved, in so many days, or at a time to be written.
func (s *scene) schedulePost(d postDossier, when string) error {
	days, err := strconv.Atoi(when)
	switch {
	case when == "own":
		return s.askNote("post_when", d.p.ID)
	case when == "now":
		d.p.When = time.Time{}
	case err != nil || days < 1 || days > 2:
		return s.forged(s.msg.Data)
	default:
		d.p.When = s.postDay(days)
	}
	return s.writePost(d)
}

// postNotes are what is written about posts.
func (s *scene) postNotes() map[string]func(flow.Worded) error {
	out := make(map[string]func(flow.Worded) error)
	for _, what := range []string{"text", "case", "when", "return", "recall"} {
		out["post_"+what] = s.wordedPost
	}
	return out
}

// wordedPost takes what was written about a post.
func (s *scene) wordedPost(n flow.Worded) error {
	if !s.mayPost() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if n.What == "post_case" {
		return s.beginExposure(n.Words)
	}
	d := s.newPost()
	if n.Ref != "" {
		var err error
		if d, err = s.postOf(n.Ref); err != nil {
			return err
		}
	}
	switch n.What {
	case "post_text":
		title, text := headed(n.Words)
		d.p.Title, d.p.Text = map[string]string{string(s.lang): title}, map[string]string{string(s.lang): text}
		return s.writePost(d)
	case "post_when":
		at, ok := flow.ReadMoment(n.Words, s.local())
		if !ok || !at.After(s.now) {
			return grid.Fail(grid.Invalid, "moment.not_read", "said", n.Words)
		}
		d.p.When = at
		return s.writePost(d)
	case "post_return", "post_recall":
		action := post.Action(strings.TrimPrefix(n.What, "post_"))
		done, err := s.doPost(d, post.Event{Did: action, Reason: n.Words})
		if err != nil {
			return err
		}
		if err := s.tellAuthor(done.p, "post."+string(done.p.State)); err != nil {
			return err
		}
		return s.sayPost(done.p, false)
	}
	return s.forged("")
}

// newPost is a post of the person's own that nothing is written of yet.
func (s *scene) newPost() postDossier {
	id := s.code(10)
	return postDossier{read: ledger.Dossier{Kind: post.Kind, ID: id}, p: post.Post{ID: id, State: post.Draft, Begun: s.now, By: s.officer.ID}}
}

const titleMost = 40 // characters of a title that is made of the text

// headed is the first line as the title and the rest as the text; a single line is both.
func headed(words string) (title, text string) {
	title, text, _ = strings.Cut(strings.TrimSpace(words), "\n")
	if text = strings.TrimSpace(text); text == "" {
		text = title
	}
	return excerpt(title, titleMost), text
}

// offerSamples offers the ready texts, those of the season first.
func (s *scene) offerSamples() error {
	var now, other []flow.Choice
	for _, x := range s.Outreach().Samples {
		c := flow.Choice{Label: texts.Names(x.Title), Data: postData("sample", x.Code)}
		if x.InSeason(s.local()) {
			now = append(now, c)
		} else {
			other = append(other, c)
		}
	}
	if len(now)+len(other) == 0 {
		return grid.Fail(grid.NotFound, "error.post.no_samples")
	}
	s.say(flow.Reply{Key: "post.samples", Args: texts.Args{"n": len(now)}, Rows: inRows(1, append(now, other...))})
	return nil
}

// beginSample begins a post with a ready text: for the whole district and who follows its category, until its season ends.
func (s *scene) beginSample(code string) error {
	all := s.Outreach().Samples
	i := slices.IndexFunc(all, func(x post.Sample) bool { return x.Code == code })
	if i < 0 {
		return s.forged(s.msg.Data)
	}
	d := s.newPost()
	x := all[i]
	d.p.Sample, d.p.Title, d.p.Text, d.p.Until = x.Code, x.Title, x.Text, x.End(s.local())
	d.p.Reach = follow.Reach{Cells: []grid.CellCode{s.Work.Tree.Root().Code}, Categories: []string{x.Category}}
	if err := s.keepPost(d, post.Event{Did: post.Write}); err != nil {
		return err
	}
	return s.sayPost(d.p, false)
}

// beginExposure begins the exposure of a typical case (典型案例曝光): in the words of its approved notice, names as they stand there.
func (s *scene) beginExposure(number string) error {
	id, err := s.Store.CaseByNumber(s.ctx, strings.ToUpper(strings.TrimSpace(number)))
	if grid.CodeOf(err) == grid.NotFound {
		return grid.Fail(grid.NotFound, "error.find.unknown")
	}
	if err != nil {
		return err
	}
	c, err := s.load(id)
	if err != nil {
		return err
	}
	text, ok := c.Public()
	if !ok || c.Abuse != nil {
		return grid.Fail(grid.Conflict, "error.post.no_notice", "number", c.Shown())
	}
	d := s.newPost()
	d.p.Case, d.p.Text = c.ID, map[string]string{string(texts.Reference): text}
	d.p.Title = make(map[string]string)
	for _, l := range texts.Langs() {
		d.p.Title[string(l)] = s.Texts.Plain(l, "post.case_title", texts.Args{"category": s.categories(c.Categories), "number": c.Shown()})
	}
	d.p.Reach = s.caseReach(c)
	if err := s.keepPost(d, post.Event{Did: post.Write}); err != nil {
		return err
	}
	return s.sayPost(d.p, false)
}

// stillNoticed refuses to let the exposure of a case go out whose notice is not public any more, or says something else.
func (s *scene) stillNoticed(p post.Post) error {
	if p.Case == "" {
		return nil
	}
	c, err := s.load(p.Case)
	if err != nil {
		return err
	}
	if text, ok := c.Public(); !ok || text != p.Text[string(texts.Reference)] {
		return grid.Fail(grid.Conflict, "error.post.no_notice", "number", c.Shown())
	}
	return nil
}

// caseReach is whom the notice of a case reaches: by its township, never a village, where everybody knows who could have
// reported it; by its category; and for water by the rivers along which the township lies.
func (s *scene) caseReach(c casework.Case) follow.Reach {
	town := s.Work.Tree.Township(c.Cell)
	if town == s.Work.Tree.Unassigned().Code {
		town = s.Work.Tree.Root().Code
	}
	r := follow.Reach{Cells: []grid.CellCode{town}, Categories: c.Categories}
	if slices.Contains(c.Categories, "water") {
		r.Rivers = follow.Along(s.Outreach().Rivers, s.Work.Tree, town)
	}
	return r
}
