package main

import (
	"context"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/post"
)

// sampleID names the one sample of its kind.
const sampleID = "sample"

// sampleNotice has a notice of the office that is out.
func (d *demo) sampleNotice(ctx context.Context) error {
	now := d.clock.Now()
	p := post.Post{
		ID: sampleID, Title: d.words("demo.sample.notice"), Text: d.words("demo.sample.notice_text"), Reach: follow.Reach{All: true}, State: post.Draft,
		Begun: now, Told: true,
	}
	steps := []post.Event{
		{Did: post.Write, By: d.holder(grid.Publisher)},
		{Did: post.Ask, By: d.holder(grid.Publisher)},
		{Did: post.Approve, By: d.holder(grid.Supervisor)},
		{Did: post.Start},
		{Did: post.Finish},
	}
	events := make([]any, 0, len(steps))
	for _, e := range steps {
		e.At, e.Via = now, viaDemo
		var err error
		if p, err = p.Do(e); err != nil {
			return err
		}
		events = append(events, e)
	}
	w, err := p.Write(ledger.Dossier{Kind: post.Kind, ID: p.ID}, events...)
	if err != nil {
		return err
	}
	return d.put(ctx, w)
}

// sampleConsultation puts a question to the public, for a month.
func (d *demo) sampleConsultation(ctx context.Context) error {
	now, rules := d.clock.Now(), d.app.District.Consultation()
	drafter := d.holder(grid.Publisher)
	c := consultation.Consultation{ID: sampleID, Begun: consultation.Mark{By: drafter, At: now}}
	events := []any{consultation.Event{At: now, By: drafter, Via: viaDemo, Did: consultation.Begin}}
	for _, act := range []consultation.Act{
		{Action: consultation.Title, By: drafter, Words: d.said("demo.sample.question_title")},
		{Action: consultation.Text, By: drafter, Words: d.said("demo.sample.question_text")},
		{Action: consultation.Ask, By: drafter, Words: d.said("demo.sample.question")},
		{Action: consultation.Ask, By: drafter, Words: d.said("demo.sample.question_free")},
		{Action: consultation.CloseAt, By: drafter, At: now.Add(days(30))},
		{Action: consultation.Approve, By: d.holder(grid.Supervisor)},
	} {
		act.Via = viaDemo
		after, e, err := c.Apply(act, rules, now)
		if err != nil {
			return err
		}
		c, events = after, append(events, e)
	}
	w, err := consultation.Write(ledger.Dossier{Kind: consultation.Kind, ID: c.ID}, c, rules, events...)
	if err != nil {
		return err
	}
	return d.put(ctx, w)
}

// sampleBoard prints a board about a reach whose water is monitored, and puts it up.
func (d *demo) sampleBoard(ctx context.Context) error {
	now, by := d.clock.Now(), d.holder(grid.Supervisor)
	for _, b := range d.app.District.Boards {
		if b.Section == "" {
			continue
		}
		water, err := d.app.boardWater(ctx, b.Section)
		if err != nil {
			return err
		}
		r, printed := board.Record{}.Print(b.ID, b.FaceOf(d.hands(), water, now), by, viaDemo, now)
		r, up, err := r.PutUp(by, viaDemo, now)
		if err != nil {
			return err
		}
		w, err := ledger.WriteDossier(ledger.Dossier{Kind: board.Kind, ID: string(b.ID)}, r, printed, up)
		if err != nil {
			return err
		}
		return d.put(ctx, w)
	}
	return nil
}
