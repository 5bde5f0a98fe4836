package jobs

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
)

// Digests tells each follower, at their hour, what was published of what they follow; whom it does not concern hears nothing. It
// does so in batches: the messages of a batch and how far the hour has come are one change, so that after any end nobody is told
// twice and nobody is left out. What was missed while nobody ran is told in one, but not in the quiet hours.
func (o Outreach) Digests(ctx context.Context, now time.Time) (Result, error) {
	res := Result{"messages": 0}
	if o.Work.Rules.Quiet.Covers(now) {
		return res, nil
	}
	ids := make([]string, 24)
	for h := range ids {
		ids[h] = follow.RunID(h)
	}
	found, err := o.Store.Dossiers(ctx, follow.DigestKind, ids)
	if err != nil {
		return res, err
	}
	for hour, id := range ids {
		read := ledger.Dossier{Kind: follow.DigestKind, ID: id}
		for _, d := range found {
			if d.ID == id {
				read = d
			}
		}
		if err := o.digestHour(ctx, hour, read, now, res); err != nil {
			return res, err
		}
	}
	return res, nil
}

// digest is the digest of one hour on its way.
type digest struct {
	hour     int
	read     ledger.Dossier
	from, to time.Time // what was published after from and up to to
	items    []freshItem
}

func (o Outreach) digestHour(ctx context.Context, hour int, read ledger.Dossier, now time.Time, res Result) error {
	var run follow.Run
	if err := read.Into(&run); err != nil {
		return err
	}
	due := follow.Last(hour, now, o.Location)
	if run.Until.IsZero() {
		run.Until = due.AddDate(0, 0, -1)
	}
	if run.At.IsZero() {
		if !due.After(run.Until) {
			return nil
		}
		run.At, run.Place = due, -1
	}
	g := digest{hour: hour, read: read, from: run.Until, to: run.At}
	var err error
	// Whoever chose another hour may not have been told of the day before the last digest.
	if g.items, err = o.fresh(ctx, g.from.AddDate(0, 0, -1), g.to); err != nil {
		return err
	}
	people := newCrowd(o.Store, g.shelves(o.Work.Tree), run.Place, o.Each)
	for {
		some, err := people.next(ctx, o.Each)
		if err != nil {
			return err
		}
		over := len(some) < o.Each
		run = follow.Run{Until: g.from, At: g.to, Place: people.after}
		if over {
			run = follow.Run{Until: g.to}
		}
		if others, err := o.tellBatch(ctx, &g, run, some, now, res); over || others || err != nil {
			return err
		}
	}
}

// shelves are the lists of followers of that hour whom any of the items may concern.
func (g digest) shelves(tree *grid.Tree) []string {
	seen := make(map[string]bool)
	var out []string
	for _, i := range g.items {
		for _, s := range i.Reach.Shelves(tree) {
			if at := s.At(g.hour); !seen[at] {
				seen[at] = true
				out = append(out, at)
			}
		}
	}
	return out
}

// tellBatch tells some people, in one change with how far the digest has come; true when somebody else goes on with it.
func (o Outreach) tellBatch(ctx context.Context, g *digest, run follow.Run, some []grid.PersonID, now time.Time, res Result) (others bool, err error) {
	w, err := ledger.WriteDossier(g.read, run)
	if err != nil {
		return false, err
	}
	change := ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}
	follows, err := o.Store.FollowsOf(ctx, some)
	if err != nil {
		return false, err
	}
	people, err := o.Store.People(ctx, some)
	if err != nil {
		return false, err
	}
	for _, f := range follows {
		p, known := people[f.Person]
		x, err := readFollows(f)
		if err != nil {
			return false, err
		}
		if known && !p.Blocked && x.Hour == g.hour {
			change.Outbox = append(change.Outbox, o.digestOf(x, p, g.items, g.from, now)...)
		}
	}
	switch _, err := o.Store.Commit(ctx, change); {
	case errors.Is(err, ledger.ErrConflict):
		return true, nil
	case err != nil:
		return false, err
	}
	g.read.Version, g.read.Body = w.Version+1, w.Body
	res["messages"] += len(change.Outbox)
	return false, nil
}

const (
	digestEach  = 3200 // characters of items in one message: Telegram takes 4096, and there is more around them
	digestPages = 3    // messages of one digest
)

// digestOf are the messages of one person's digest; none when nothing concerns them.
func (o Outreach) digestOf(f follow.Follows, p ledger.Person, items []freshItem, from, now time.Time) []ledger.Message {
	var lines, tallies []string
	for _, i := range items {
		if f.Concerns(i.Item, f.From(from), o.Work.Tree) {
			lines = append(lines, i.say(p.Lang))
			if i.Source == follow.OfPost {
				tallies = append(tallies, post.Tally(i.Ref))
			}
		}
	}
	if len(lines) == 0 {
		return nil
	}
	pages := paged(lines, digestEach)
	left := 0
	for _, cut := range pages[min(len(pages), digestPages):] {
		left += len(cut)
	}
	pages = pages[:min(len(pages), digestPages)]
	out := make([]ledger.Message, len(pages))
	for n, page := range pages {
		out[n] = ledger.Message{
			To: p.ID, Lane: o.Lane(p.User), Kind: "digest.title", Priority: ledger.Digest, Once: true, At: now,
			Text: o.Words.T(p.Lang, "digest.title", map[string]any{"n": len(lines), "lines": Raw(strings.Join(page, "\n\n"))}),
		}
	}
	last := &out[len(out)-1]
	if left > 0 {
		last.Text += o.Words.T(p.Lang, "digest.more", map[string]any{"n": left})
	}
	last.Rows = [][]ledger.Button{{o.button(p.Lang, "button.digest.follows", "fo:show:"), o.button(p.Lang, "button.digest.stop", "fo:halt:")}}
	if f.Until.Sub(now) < o.Terms.Warn {
		last.Text += o.Words.T(p.Lang, "digest.ends", map[string]any{"day": f.Until.In(o.Location).Format(time.DateOnly)})
		last.Rows = append([][]ledger.Button{{o.button(p.Lang, "button.digest.keep", "fo:keep:")}}, last.Rows...)
	}
	out[0].Tallies = tallies
	return out
}

func (o Outreach) button(lang, key, data string) ledger.Button {
	return ledger.Button{Text: o.Words.T(lang, key, nil), Data: data}
}

// paged puts lines onto pages of at most so many characters; a line is never longer than a page.
func paged(lines []string, most int) [][]string {
	var pages [][]string
	size := most + 1
	for _, l := range lines {
		n := len([]rune(l)) + 2
		if size+n > most {
			pages, size = append(pages, nil), 0
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], l)
		size += n
	}
	return pages
}
