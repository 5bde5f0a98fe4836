package jobs

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// publications tells whose turn it is with what is owed to the public: ahead of its last day whoever drafts, approves or publishes;
// after it they are urged, and the supervisors read of it, too. Each stage once; one message a person, however many there are. The
// issues remember their stages and are committed together with the messages.
func (d Deps) publications(ctx context.Context, now time.Time) (Result, error) {
	const tries = 3
	for i := 0; ; i++ {
		res := Result{"messages": 0}
		change, err := d.publicationChange(ctx, now)
		if err != nil || len(change.Dossiers) == 0 {
			return res, err
		}
		_, err = d.Store.Commit(ctx, change)
		if errors.Is(err, ledger.ErrConflict) && i < tries {
			continue // somebody is at work on one of them
		}
		if err == nil {
			res["messages"], res["publications"] = len(change.Outbox), len(change.Dossiers)
		}
		return res, err
	}
}

// duePublication is an issue of which somebody is to hear.
type duePublication struct {
	publication.Occasion

	issue publication.Issue
	stage publication.Stage
	turn  []grid.Officer
}

func (d Deps) publicationChange(ctx context.Context, now time.Time) (ledger.Change, error) {
	change := ledger.Change{At: now}
	roster, err := d.Store.Roster(ctx)
	if err != nil {
		return change, err
	}
	due, err := d.duePublications(ctx, roster, now, &change)
	if err != nil {
		return change, err
	}
	for _, o := range d.publicationReaders(due, roster, now) {
		m, err := d.publicationMessage(ctx, o, due, roster, now)
		if err != nil {
			return change, err
		}
		change.Outbox = append(change.Outbox, m)
	}
	return change, nil
}

// duePublications are the issues that reached a stage; that they did becomes part of the change.
func (d Deps) duePublications(ctx context.Context, roster *grid.Roster, now time.Time, change *ledger.Change) ([]duePublication, error) {
	var out []duePublication
	for _, duty := range d.Publications.Duties {
		for _, o := range d.Publications.Occasions(duty, now) {
			read := ledger.Dossier{Kind: publication.Dossiers, ID: o.ID()}
			found, err := d.Store.Dossiers(ctx, publication.Dossiers, []string{o.ID()})
			if err != nil {
				return nil, err
			}
			if len(found) > 0 {
				read = found[0]
			}
			issue, err := publication.Read(read)
			if err != nil {
				return nil, err
			}
			stage, ok := d.Publications.Reached(o, issue, now)
			if !ok {
				continue
			}
			after, event := issue.Tell(o, stage, "job/publications", now)
			w, err := publication.Write(read, after, event)
			if err != nil {
				return nil, err
			}
			change.Dossiers = append(change.Dossiers, w)
			out = append(out, duePublication{o, issue, stage, d.Publications.Officers(duty, issue.State, roster, now)})
		}
	}
	return out, nil
}

// publicationReaders are who is to hear of any of these, each once: whose turn it is, and the supervisors of what is late or has
// nobody.
func (d Deps) publicationReaders(due []duePublication, roster *grid.Roster, now time.Time) []grid.Officer {
	var out []grid.Officer
	add := func(all []grid.Officer) {
		for _, o := range all {
			if !slices.ContainsFunc(out, func(x grid.Officer) bool { return x.ID == o.ID }) {
				out = append(out, o)
			}
		}
	}
	for _, p := range due {
		add(p.turn)
		if p.forSupervisors() {
			add(d.supervisors(roster, now))
		}
	}
	return out
}

// forSupervisors tells whether the supervisors hear of it whoever's turn it is.
func (p duePublication) forSupervisors() bool { return p.stage.Days < 0 || len(p.turn) == 0 }

const publicationLines = 15 // named in one message; the calendar has all

// publicationMessage words what one officer is to hear: what waits for them, and as a supervisor what is late elsewhere.
func (d Deps) publicationMessage(ctx context.Context, o grid.Officer, due []duePublication, roster *grid.Roster, now time.Time) (ledger.Message, error) {
	lang, err := d.lang(ctx, o)
	if err != nil {
		return ledger.Message{}, err
	}
	boss := slices.ContainsFunc(d.supervisors(roster, now), func(x grid.Officer) bool { return x.ID == o.ID })
	lines, rows := make([]string, 0, len(due)), make([][]ledger.Button, 0, len(due)+1)
	for _, p := range due {
		mine := slices.ContainsFunc(p.turn, func(x grid.Officer) bool { return x.ID == o.ID })
		if !mine && (!boss || !p.forSupervisors()) {
			continue
		}
		lines = append(lines, d.publicationLine(lang, p))
		rows = append(rows, []ledger.Button{{
			Text: d.Words.T(lang, "button.publication.due", map[string]any{"name": p.Duty.Names.In(lang), "period": d.period(lang, p.Period.Name)}), Data: "pu:open:" + p.ID(),
		}})
	}
	if more := len(lines) - publicationLines; more > 0 {
		lines = append(lines[:publicationLines], d.Words.T(lang, "job.publications.more", map[string]any{"n": more}))
	}
	rows = append(rows[:min(len(rows), 6)], []ledger.Button{{Text: d.Words.T(lang, "button.publication.calendar", nil), Data: "pu:view:now"}})
	return ledger.Message{
		To: o.Person, Kind: "job.publications", Priority: ledger.Reminder, Once: true, At: now, Rows: rows,
		Text: d.Words.T(lang, "job.publications", map[string]any{"lines": Raw(strings.Join(lines, "\n"))}),
	}, nil
}

// publicationLine says what of it waits for whom, and how urgent it is.
func (d Deps) publicationLine(lang string, p duePublication) string {
	names := make([]string, 0, len(p.turn))
	for _, o := range p.turn {
		names = append(names, o.Name)
	}
	who := strings.Join(names, d.Words.T(lang, "list.separator", nil))
	if who == "" {
		who = d.Words.T(lang, "job.publications.nobody", nil)
	}
	step := map[publication.State]string{
		publication.Open: "job.publications.draft", publication.Drafted: "job.publications.approve", publication.Approved: "job.publications.publish",
	}[p.issue.State]
	key, days := "job.publications.ahead", p.stage.Days
	switch p.stage.Name {
	case publication.Press:
		key, days = "job.publications.press", -days
	case publication.Urge, publication.Order:
		key, days = "job.publications.late", -days
	}
	return d.Words.T(lang, key, map[string]any{
		"name": p.Duty.Names.In(lang), "period": d.period(lang, p.Period.Name), "due": p.Last().String(), "days": days, "who": who, "step": d.Words.T(lang, step, nil),
	})
}
