package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
)

const postsEach = 20 // posts that one run deals with

// Posts sends out what was approved and whose time has come. What is not urgent becomes news for the next digests. An urgent post
// goes at once to everybody whom it reaches, at whatever hour, in batches: the messages of a batch and the place up to which
// everybody was told are one change, so that after any end nobody is told twice and nobody is left out.
func (o Outreach) Posts(ctx context.Context, now time.Time) (Result, error) {
	res := Result{"sent": 0, "messages": 0}
	ids, err := o.Store.Shelf(ctx, post.Kind, post.Due, 0, float64(now.UnixMilli()), postsEach)
	if err != nil {
		return res, err
	}
	found, err := o.Store.Dossiers(ctx, post.Kind, ids)
	if err != nil {
		return res, err
	}
	var faults []error
	for _, d := range found {
		switch err := o.sendPost(ctx, d, now, res); {
		case errors.Is(err, ledger.ErrConflict): // somebody took it back this very moment
			res["conflicts"]++
		case err != nil:
			faults = append(faults, err)
		}
	}
	return res, errors.Join(faults...)
}

// sendPost goes on with one post until it is sent.
func (o Outreach) sendPost(ctx context.Context, read ledger.Dossier, now time.Time, res Result) error {
	var p post.Post
	if err := read.Into(&p); err != nil {
		return err
	}
	if p.State == post.Approved {
		var err error
		if read, p, err = o.startPost(ctx, read, p, now); err != nil || p.State != post.Sending {
			return err
		}
		res["sent"]++
	}
	people := newCrowd(o.Store, everyHour(p.Reach.Shelves(o.Work.Tree)), p.Place, o.Each)
	for p.State == post.Sending {
		some, err := people.next(ctx, o.Each)
		if err != nil {
			return err
		}
		change := ledger.Change{At: now}
		p.Place = people.after
		if change.Outbox, err = o.urgentMessages(ctx, p, some, now); err != nil {
			return err
		}
		var events []any
		if len(some) < o.Each {
			e := post.Event{At: now, Did: post.Finish}
			events = append(events, e)
			if p, err = p.Do(e); err != nil {
				return err
			}
		}
		if read, err = o.keepPost(ctx, read, p, change, events...); err != nil {
			return err
		}
		res["messages"] += len(change.Outbox)
	}
	return nil
}

// startPost lets a post go out: from now on the public reads it. An exposed case whose notice is not public any more takes the post
// back instead.
func (o Outreach) startPost(ctx context.Context, read ledger.Dossier, p post.Post, now time.Time) (ledger.Dossier, post.Post, error) {
	e := post.Event{At: now, Did: post.Start}
	if p.Case != "" {
		cases, err := o.Store.Cases(ctx, []casework.CaseID{p.Case})
		if err != nil {
			return read, p, err
		}
		if text, ok := approvedNotice(cases); !ok || text != inLang(p.Text, "zh-CN") {
			e.Did, e.Reason = post.Recall, post.NoNotice
		}
	}
	p, err := p.Do(e)
	if err != nil {
		return read, p, err
	}
	events, change := []any{e}, ledger.Change{At: now}
	if p.State == post.Sending {
		var item ledger.DossierWrite
		if item, err = o.news(ctx, p); err != nil {
			return read, p, err
		}
		p.Place = -1
		change.Outbox = o.channelPost(p, now)
		if !p.Urgent {
			done := post.Event{At: now, Did: post.Finish}
			if p, err = p.Do(done); err != nil {
				return read, p, err
			}
			events = append(events, done)
			change.Dossiers = append(change.Dossiers, item)
		}
	}
	read, err = o.keepPost(ctx, read, p, change, events...)
	return read, p, err
}

// channelPost is the post in the channel, in the district's first language; none without a channel.
func (o Outreach) channelPost(p post.Post, now time.Time) []ledger.Message {
	if o.Channel == 0 {
		return nil
	}
	key := "post.channel"
	if p.Urgent {
		key = "post.urgent"
	}
	return []ledger.Message{{
		Chat: o.Channel, Kind: key, Priority: ledger.Digest, Once: true, At: now,
		Text: o.Words.T("", key, map[string]any{"title": inLang(p.Title, ""), "text": inLang(p.Text, "")}),
	}}
}

func approvedNotice(cases []casework.Case) (string, bool) {
	if len(cases) == 0 {
		return "", false
	}
	return cases[0].Public()
}

// news is the write by which followers find the post in their digests.
func (o Outreach) news(ctx context.Context, p post.Post) (ledger.DossierWrite, error) {
	item := p.Item()
	read := ledger.Dossier{Kind: follow.ItemKind, ID: item.ID()}
	found, err := o.Store.Dossiers(ctx, read.Kind, []string{read.ID})
	if err != nil {
		return ledger.DossierWrite{}, err
	}
	if len(found) > 0 {
		read = found[0]
	}
	return item.Write(read)
}

// keepPost commits the post with what goes with it, and returns it as it is stored then.
func (o Outreach) keepPost(ctx context.Context, read ledger.Dossier, p post.Post, change ledger.Change, events ...any) (ledger.Dossier, error) {
	w, err := p.Write(read, events...)
	if err != nil {
		return read, err
	}
	change.Dossiers = append(change.Dossiers, w)
	if _, err := o.Store.Commit(ctx, change); err != nil {
		return read, err
	}
	read.Version, read.Body = w.Version+1, w.Body
	return read, nil
}

// urgentMessages are the post as these people get it; whoever blocked the bot, or was forgotten, gets none.
func (o Outreach) urgentMessages(ctx context.Context, p post.Post, some []grid.PersonID, now time.Time) ([]ledger.Message, error) {
	if len(some) == 0 {
		return nil, nil
	}
	people, err := o.Store.People(ctx, some)
	if err != nil {
		return nil, err
	}
	out := make([]ledger.Message, 0, len(some))
	for _, id := range some {
		x, known := people[id]
		if !known || x.Blocked {
			continue
		}
		out = append(out, ledger.Message{
			To: id, Lane: o.Lane(x.User), Kind: "post.urgent", Priority: ledger.Reminder, Once: true, At: now, Tallies: []string{post.Tally(p.ID)},
			Text: o.Words.T(x.Lang, "post.urgent", map[string]any{"title": inLang(p.Title, x.Lang), "text": inLang(p.Text, x.Lang)}),
			Rows: [][]ledger.Button{{o.button(x.Lang, "button.digest.follows", "fo:show:"), o.button(x.Lang, "button.digest.stop", "fo:halt:")}},
		})
	}
	return out, nil
}

// everyHour are the shelves of all hours.
func everyHour(shelves []follow.Shelf) []string {
	out := make([]string, 0, 24*len(shelves))
	for _, s := range shelves {
		for h := range 24 {
			out = append(out, s.At(h))
		}
	}
	return out
}
