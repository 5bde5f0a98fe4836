package handlers

import (
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	issueRows  = 12 // of a table in a message; all are in the files and on the site
	issueWords = 2800
)

// showIssue shows an issue: to those who have a part in its duty as far as it is, to everybody else once it is out, and before
// that when it is due.
func (s *scene) showIssue(i issueAt) error {
	if i.State == publication.Published {
		sheet, err := i.Sheet()
		if err != nil {
			return err
		}
		s.say(s.sheetCard(i, sheet))
		return nil
	}
	if s.servesPublication(i) {
		s.say(s.issueCard("publication.card", i))
		return nil
	}
	l := s.Publications.Line(i.Occasion, nil, s.now)
	if i.Corrects != "" {
		return grid.Fail(grid.NotFound, "error.publication.none", "id", i.id)
	}
	s.say(flow.Reply{Key: "publication.awaited", Args: texts.Args{"line": s.publicationLine(l), "source": texts.Names(i.Duty.Basis)}})
	return nil
}

// servesPublication tells whether the person has a part in the duty.
func (s *scene) servesPublication(i issueAt) bool {
	return s.Publications.Serves(i.Duty, s.me, s.roster, s.now)
}

// issueCard is an issue as those see it who work on it.
func (s *scene) issueCard(key string, i issueAt) flow.Reply {
	l := s.Publications.Line(i.Occasion, nil, s.now)
	args := texts.Args{
		"name": texts.Names(i.Duty.Names), "period": texts.Period(i.Period.Name), "state": texts.Text{Key: "publication.state." + stateName(i.State)},
		"line": s.publicationLine(l), "by": s.did("publication.by", i.By, i.At), "ok": s.did("publication.ok", i.OkBy, i.OkAt),
		"back": texts.Text{}, "corrects": texts.Text{}, "content": texts.Raw(""), "source": texts.Names(i.Duty.Basis), "id": i.id,
	}
	if i.Corrects != "" {
		args["line"] = texts.Text{}
		args["corrects"] = texts.Text{Key: "publication.corrects", Args: texts.Args{"id": i.Corrects, "why": i.Why}}
	}
	if i.Back != "" {
		args["back"] = texts.Text{Key: "publication.back", Args: texts.Args{"why": i.Back}}
	}
	if i.State != publication.Open {
		args["content"] = s.contentText(i.Content)
	}
	return flow.Reply{Key: key, Args: args, Rows: s.issueButtons(i, s.me), Edit: s.rewrites()}
}

func stateName(state publication.State) string {
	if state == publication.Open {
		return "open"
	}
	return string(state)
}

// did says who did something and when; nothing when nobody did.
func (s *scene) did(key string, by grid.OfficerID, at time.Time) texts.Text {
	if at.IsZero() {
		return texts.Text{}
	}
	return texts.Text{Key: key, Args: texts.Args{"name": orDash(s.officerName(by)), "at": s.minute(at)}}
}

// issueButtons are what somebody may do with an issue that is not out.
func (s *scene) issueButtons(i issueAt, who grid.PersonID) [][]flow.Choice {
	var all []flow.Choice
	for _, a := range []publication.Action{publication.Draft, publication.Approve, publication.Return, publication.Publish} {
		if s.Publications.May(i.Occasion, i.Issue, a, who, s.roster, s.now) {
			key := "button.publication." + string(a)
			if a == publication.Draft && i.State == publication.Drafted {
				key = "button.publication.redraft"
			}
			all = append(all, flow.Choice{Key: key, Data: publicationData(string(a), i.id)})
		}
	}
	if i.State != publication.Open {
		all = append(all, flow.Choice{Key: "button.publication.csv", Data: publicationData("csv", i.id)})
	}
	return pairs(all)
}

// sheetCard is what is published, as anybody sees it.
func (s *scene) sheetCard(i issueAt, sheet publication.Sheet) flow.Reply {
	args := texts.Args{
		"content": s.contentText(sheet.Content), "number": sheet.Number, "out": s.minute(sheet.Published), "due": sheet.Due, "late": texts.Text{},
		"hash": i.Hash, "before": orDash(sheet.Before), "corrects": texts.Text{}, "changes": s.changesShort(sheet),
	}
	if sheet.Late > 0 {
		args["late"] = texts.Text{Key: "publication.late", Args: texts.Args{"days": sheet.Late, "due": sheet.Due}}
	}
	if sheet.Corrects != "" {
		args["corrects"] = texts.Text{Key: "publication.corrects", Args: texts.Args{"id": sheet.Corrects, "why": sheet.Why}}
	}
	buttons := []flow.Choice{
		{Key: "button.publication.csv", Data: publicationData("csv", i.id)},
		{Key: "button.publication.json", Data: publicationData("json", i.id)},
		{Key: "button.publication.pdf", Data: publicationData("pdf", i.id)},
	}
	if sheet.Changes != nil && !sheet.Changes.Empty() {
		buttons = append(buttons, flow.Choice{Key: "button.publication.changes", Data: publicationData("changes", i.id)})
	}
	if s.Publications.May(i.Occasion, publication.Issue{}, publication.Draft, s.me, s.roster, s.now) {
		buttons = append(buttons, flow.Choice{Key: "button.publication.correct", Data: publicationData("correct", i.id)})
	}
	return flow.Reply{Key: "publication.sheet", Args: args, Rows: pairs(buttons), Edit: s.rewrites()}
}

// changesShort says how much changed since the issue before.
func (s *scene) changesShort(sheet publication.Sheet) texts.Text {
	switch {
	case sheet.Changes == nil:
		return texts.Text{Key: "publication.first"}
	case sheet.Changes.Empty():
		return texts.Text{Key: "publication.unchanged", Args: texts.Args{"since": sheet.Since}}
	}
	added, gone, changed := sheet.Changes.Count()
	return texts.Text{Key: "publication.changed", Args: texts.Args{"since": sheet.Since, "added": added, "gone": gone, "changed": changed}}
}

// showChanges lists row by row what changed since the issue before.
func (s *scene) showChanges(i issueAt) error {
	sheet, err := i.Sheet()
	if err != nil || sheet.Changes == nil {
		return s.forged(s.msg.Data)
	}
	var lines texts.Lines
	for _, t := range sheet.Changes.Tables {
		lines = append(lines, texts.Text{Key: "publication.change.table", Args: texts.Args{"table": texts.Names(t.Caption)}})
		for _, r := range t.Added {
			lines = append(lines, texts.Text{Key: "publication.change.added", Args: texts.Args{"row": s.rowText(r)}})
		}
		for _, r := range t.Gone {
			lines = append(lines, texts.Text{Key: "publication.change.gone", Args: texts.Args{"row": s.rowText(r)}})
		}
		for _, r := range t.Changed {
			for _, c := range r.Cells {
				lines = append(lines, texts.Text{Key: "publication.change.cell", Args: texts.Args{
					"row": texts.Names(r.Name), "column": texts.Names(t.Columns[c.Column]), "was": texts.Names(c.Was), "now": texts.Names(c.Now),
				}})
			}
		}
	}
	more := texts.Text{}
	if n := len(lines) - changesShown; n > 0 {
		lines, more = lines[:changesShown], texts.Text{Key: "publication.rows_more", Args: texts.Args{"n": n}}
	}
	s.say(flow.Reply{Key: "publication.changes", Args: texts.Args{
		"name": texts.Names(sheet.Names), "period": texts.Period(sheet.Period), "since": sheet.Since, "lines": lines, "more": more,
	}})
	return nil
}

const changesShown = 30

func (s *scene) rowText(r publication.Row) string {
	cells := make([]string, len(r.Cells))
	for n, c := range r.Cells {
		cells[n] = c.In(string(s.lang))
	}
	return strings.Join(cells, "  ")
}

// contentText is a content as a message shows it: the beginning of each table; the rest is in the files and on the site.
func (s *scene) contentText(c publication.Content) texts.Raw {
	return texts.Raw(strings.Join(s.contentLines(c, s.lang, issueRows, issueWords), "\n"))
}

// contentLines are the lines of a content in a language as Telegram HTML, at most so many rows of a table and characters.
func (s *scene) contentLines(c publication.Content, lang texts.Lang, rows, most int) []string {
	say := func(key string, args texts.Args) string { return s.Texts.T(lang, key, args) }
	in := func(w publication.Words) string { return w.In(string(lang)) }
	out := []string{say("publication.text.title", texts.Args{"words": in(c.Title)})}
	if len(c.Intro) > 0 {
		out = append(out, say("publication.text.words", texts.Args{"words": in(c.Intro)}))
	}
	for _, t := range c.Tables {
		out = append(out, "", say("publication.text.caption", texts.Args{"words": in(t.Caption)}))
		for n, r := range t.Rows {
			if n == rows || length(out) > most {
				out = append(out, say("publication.rows_more", texts.Args{"n": len(t.Rows) - n}))
				break
			}
			cells := make(texts.List, len(r.Cells))
			for k, cell := range r.Cells {
				cells[k] = texts.Text{Key: "publication.text.cell", Args: texts.Args{"column": in(t.Columns[k]), "cell": in(cell)}}
			}
			out = append(out, say("publication.text.row", texts.Args{"cells": cells}))
		}
		if len(t.Rows) == 0 {
			out = append(out, say("publication.text.empty", nil))
		}
	}
	for _, n := range c.Notes {
		if length(out) <= most+600 {
			out = append(out, say("publication.text.note", texts.Args{"words": in(n)}))
		}
	}
	return out
}

func length(lines []string) int {
	n := 0
	for _, l := range lines {
		n += len([]rune(l))
	}
	return n
}
