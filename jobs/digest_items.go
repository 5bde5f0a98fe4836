package jobs

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
)

// freshItem is something that was published and still is, and how it is said.
type freshItem struct {
	follow.Item

	words map[string]any
	key   string
	o     Outreach
	said  map[string]string // by language: many read the same
}

const freshMost = 2000 // items that one digest looks at

// fresh lists what was published in (from, to] and not taken back since, the oldest first.
func (o Outreach) fresh(ctx context.Context, from, to time.Time) ([]freshItem, error) {
	ids, err := o.Store.Shelf(ctx, follow.ItemKind, follow.Fresh, float64(from.UnixMilli()+1), float64(to.UnixMilli()), freshMost)
	if err != nil {
		return nil, err
	}
	found, err := o.Store.Dossiers(ctx, follow.ItemKind, ids)
	if err != nil {
		return nil, err
	}
	items := make([]follow.Item, len(found))
	var caseIDs []casework.CaseID
	var posts []string
	for i, d := range found {
		if fault := d.Into(&items[i]); fault != nil {
			return nil, fault
		}
		switch items[i].Source {
		case follow.OfCase:
			caseIDs = append(caseIDs, casework.CaseID(items[i].Ref))
		case follow.OfPost:
			posts = append(posts, items[i].Ref)
		}
	}
	cases, err := o.Store.Cases(ctx, caseIDs)
	if err != nil {
		return nil, err
	}
	sent, err := o.Store.Dossiers(ctx, post.Kind, posts)
	if err != nil {
		return nil, err
	}
	return o.said(items, cases, sent)
}

// said finds the words of the items; what is public no more has none.
func (o Outreach) said(items []follow.Item, cases []casework.Case, posts []ledger.Dossier) ([]freshItem, error) {
	out := make([]freshItem, 0, len(items))
	for _, i := range items {
		f := freshItem{Item: i, o: o, said: make(map[string]string), key: "digest.issue", words: map[string]any{"title": i.Title}}
		switch i.Source {
		case follow.OfCase:
			at := slices.IndexFunc(cases, func(c casework.Case) bool { return string(c.ID) == i.Ref })
			if at < 0 {
				continue
			}
			text, approved := cases[at].Public()
			if !approved || cases[at].Abuse != nil {
				continue
			}
			f.key, f.words = "digest.case", map[string]any{"number": cases[at].Shown(), "text": cutTo(text, digestText), "cell": o.township(cases[at])}
		case follow.OfPost:
			p, shown, err := publicPost(posts, i.Ref)
			if err != nil {
				return nil, err
			}
			if !shown {
				continue
			}
			f.key, f.words = "digest.post", map[string]any{"title": p.Title, "text": p.Text}
		}
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b freshItem) int { return cmp.Compare(a.At.UnixMilli(), b.At.UnixMilli()) })
	return out, nil
}

// township is the cell that the public is told: never a village, where everybody knows who could have reported it.
func (o Outreach) township(c casework.Case) string {
	return o.Work.Tree.Name(o.Work.Tree.Township(c.Cell))
}

func publicPost(posts []ledger.Dossier, id string) (post.Public, bool, error) {
	at := slices.IndexFunc(posts, func(d ledger.Dossier) bool { return d.ID == id })
	if at < 0 {
		return post.Public{}, false, nil
	}
	var p post.Post
	if err := posts[at].Into(&p); err != nil {
		return post.Public{}, false, err
	}
	public, shown := p.Public()
	return public, shown, nil
}

// digestText is how many characters of one text a digest shows.
const digestText = 600

func cutTo(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "\u2026"
}

// say is the item in a language.
func (f freshItem) say(lang string) string {
	if s, ok := f.said[lang]; ok {
		return s
	}
	args := make(map[string]any, len(f.words))
	for k, v := range f.words {
		if byLang, ok := v.(map[string]string); ok {
			v = cutTo(inLang(byLang, lang), digestText)
		}
		args[k] = v
	}
	args["day"] = f.At.In(f.o.Location).Format("01-02")
	s := f.o.Words.T(lang, f.key, args)
	f.said[lang] = s
	return s
}

// inLang is a text in a language, or else in one that there is.
func inLang(byLang map[string]string, lang string) string {
	for _, l := range []string{lang, "zh-CN", "en"} {
		if s := byLang[l]; s != "" {
			return s
		}
	}
	return ""
}
