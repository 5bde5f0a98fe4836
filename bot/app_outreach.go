package main

import (
	"context"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/jobs"
)

// outreachBook is what the district has set about reaching the public.
func (a *app) outreachBook() handlers.OutreachBook {
	d := a.district()
	b := handlers.OutreachBook{Follow: a.followTerms(), Hour: d.Settings.PostHour, Listed: days(d.Settings.PostListed), Samples: d.PostSamples}
	for _, p := range d.Places {
		if p.Kind == "river" {
			b.Rivers = append(b.Rivers, follow.RiverOf{Name: p.Name, Cells: p.Cells})
		}
	}
	return b
}

// followTerms are the numbers of following; what is followed is kept as long as who reported.
func (a *app) followTerms() follow.Terms {
	s := a.district().Settings
	return follow.Terms{Most: s.FollowMost, Hours: s.FollowHours, Keep: days(s.RetentionIdentity), Warn: days(s.FollowWarn)}
}

// toldEach is how many people are told in one change: some hundred messages are a few milliseconds of Redis' time.
const toldEach = 200

// outreach tells the public what was published.
func (a *app) outreach(words *texts.Catalogue) jobs.Outreach {
	return jobs.Outreach{
		Store: &jobStore{a.store, a.committed}, Work: a.work, Words: jobWords{words}, Location: a.district().Settings.TimeZone, Terms: a.followTerms(),
		Lane: func(user int64) grid.PersonID { return grid.PersonID(a.Keys.Pseudonym("tg", user)) }, Each: toldEach, Channel: a.Channel,
	}
}

// postWaits is when the next post goes out; nil when none waits for its time.
func (a *app) postWaits(ctx context.Context) (*time.Time, error) {
	var p post.Post
	if err := a.first(ctx, post.Kind, post.Due, &p); err != nil {
		return nil, err
	}
	due, ok := p.DueAt()
	if !ok {
		return nil, nil //nolint:nilnil // none waits
	}
	return &due, nil
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
