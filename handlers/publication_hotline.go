package handlers

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// hotlineReport is the annual report of the hotline (环境保护部令第15号 Art 6: 受理、转送、交办、答复、催办、督办), counted as the
// statistics count. Numbers by category that are so small that somebody might be known by them are told as small.
func (s *scene) hotlineReport(p publication.Period) (publication.Content, error) {
	n := figures.New(figures.Span(p), s.now, s.Work.Tree, s.Rules.Location)
	var acts hotlineActs
	if err := s.everyCase(func(c casework.Case) { n.Add(c); acts.add(c, p) }, nil); err != nil {
		return publication.Content{}, err
	}
	period := texts.Period(p.Name)
	d := n.District
	out := publication.Content{
		Title: s.frozen("publication.hotline.title", texts.Args{"period": period}),
		Intro: s.frozen("publication.hotline.intro", texts.Args{"received": d.Received, "accepted": d.Accepted, "closed": d.Closed, "day": s.dayOf(s.now)}),
		Notes: []publication.Words{
			s.frozen("publication.hotline.note_kinds", nil), s.frozen("publication.hotline.note_clocks", nil),
			s.frozen("publication.hotline.note_small", texts.Args{"small": s.Rules.SmallNumber}),
		},
	}
	if d.Received == 0 && d.Accepted == 0 {
		out.Notes = append(out.Notes, s.frozen("publication.no_data", nil))
		return out, nil
	}
	out.Tables = []publication.Table{s.hotlineWork(d, acts), s.hotlineRefusals(d), s.hotlineKinds(n), s.hotlineClocks(d), s.hotlineScores(d)}
	return out, nil
}

// hotlineActs are what the regulation wants to be counted beyond the statistics.
type hotlineActs struct {
	moved   int // 转送: handed to the authority in charge, by a numbered letter
	handed  int // 交办: handed to whoever handles it
	urged   int // 催办, by a document or without
	pressed int // 督办
	named   int // 通报 and 约谈建议
}

func (a *hotlineActs) add(c casework.Case, p publication.Period) {
	for _, l := range c.Letters {
		if l.Series == casework.MoveSeries && p.Holds(l.At) {
			a.moved++
		}
	}
	if slices.ContainsFunc(c.Clocks, func(k casework.Clock) bool {
		return k.Name == casework.TransferClock && !k.Running() && p.Holds(k.Stopped)
	}) {
		a.handed++
	}
	for _, step := range c.Ladder {
		if !p.Holds(step.At) {
			continue
		}
		switch step.Rung {
		case casework.Urge, casework.UrgeOrder:
			a.urged++
		case casework.Press:
			a.pressed++
		case casework.Circulate, casework.Summon:
			a.named++
		case casework.Nudge: // a word before the limit presses nobody
		}
	}
}

// headings are the columns of a table of what is published.
func (s *scene) headings(names ...string) []publication.Words {
	out := make([]publication.Words, len(names))
	for i, n := range names {
		out[i] = s.frozen("publication.head."+n, nil)
	}
	return out
}

func figure(n int) publication.Words { return publication.Same(strconv.Itoa(n)) }

func (s *scene) hotlineWork(d *figures.Tally, acts hotlineActs) publication.Table {
	t := publication.Table{Caption: s.frozen("publication.hotline.work", nil), Columns: s.headings("item", "count")}
	for _, x := range []struct {
		key string
		n   int
	}{
		{"received", d.Received},
		{"accepted", d.Accepted},
		{"refused", d.AllRefused()},
		{"merged", d.Merged},
		{"withdrawn", d.Withdrawn},
		{"moved", acts.moved},
		{"handed", acts.handed},
		{"answered", d.Closed},
		{"open", d.Open},
		{"reopened", d.Reopened},
		{"urged", acts.urged},
		{"pressed", acts.pressed},
		{"named", acts.named},
	} {
		t.Rows = append(t.Rows, publication.Row{Key: x.key, Cells: []publication.Words{s.frozen("publication.hotline.work."+x.key, nil), figure(x.n)}})
	}
	return t
}

func (s *scene) hotlineRefusals(d *figures.Tally) publication.Table {
	t := publication.Table{Caption: s.frozen("publication.hotline.refusals", nil), Columns: s.headings("reason", "count")}
	for _, k := range casework.Refusals() {
		t.Rows = append(t.Rows, publication.Row{Key: string(k), Cells: []publication.Words{s.frozen("disposition."+string(k), nil), figure(d.Refused[k])}})
	}
	return t
}

// hotlineKinds are the reports by category, in the order of the district's list: a report of two categories counts in both.
func (s *scene) hotlineKinds(n *figures.Count) publication.Table {
	t := publication.Table{Caption: s.frozen("publication.hotline.kinds", nil), Columns: s.headings("category", "received", "accepted", "answered")}
	for _, c := range s.Book.Categories() {
		if x := n.Categories[c.Code]; x != nil {
			t.Rows = append(t.Rows, publication.Row{Key: c.Code, Cells: []publication.Words{
				publication.Words(c.Names), s.smallFigure(x.Received), s.smallFigure(x.Accepted), s.smallFigure(x.Closed),
			}})
		}
	}
	return t
}

// smallFigure is a number that says nothing of single people: what is not 0 and too small is told as that.
func (s *scene) smallFigure(n int) publication.Words {
	if n > 0 && n < s.Rules.SmallNumber {
		return s.frozen("publication.small", texts.Args{"small": s.Rules.SmallNumber})
	}
	return figure(n)
}

func (s *scene) hotlineClocks(d *figures.Tally) publication.Table {
	t := publication.Table{Caption: s.frozen("publication.hotline.clocks", nil), Columns: s.headings("clock", "ended", "kept", "rate")}
	for _, k := range casework.ClockNames() {
		r := d.Clocks[k]
		percent, ok := r.Percent()
		if !ok {
			continue
		}
		t.Rows = append(t.Rows, publication.Row{Key: string(k), Cells: []publication.Words{
			s.frozen("clock."+string(k), nil), figure(r.N()), figure(r.Met), publication.Same(strconv.Itoa(percent) + "%"),
		}})
	}
	return t
}

// hotlineScores tell how satisfied people were and how long it took; a mean of few is not told.
func (s *scene) hotlineScores(d *figures.Tally) publication.Table {
	t := publication.Table{Caption: s.frozen("publication.hotline.scores", nil), Columns: s.headings("item", "value")}
	row := func(key string, value publication.Words) {
		t.Rows = append(t.Rows, publication.Row{Key: key, Cells: []publication.Words{s.frozen("publication.hotline.scores."+key, nil), value}})
	}
	mean, rated, _ := d.Satisfaction()
	row("rated", figure(rated))
	if rated >= max(1, s.Rules.SmallNumber) {
		row("mean", publication.Same(oneDigit(mean)))
	} else {
		row("mean", s.frozen("publication.few", texts.Args{"small": s.Rules.SmallNumber}))
	}
	for key, l := range map[string]figures.Lasted{"decide": d.ToDecide, "close": d.ToClose} {
		value := s.frozen("publication.no_value", nil)
		if median, ok := l.Days(0.5); ok {
			value = publication.Same(oneDigit(median))
		}
		row(key, value)
	}
	slices.SortFunc(t.Rows[2:], func(a, b publication.Row) int { return cmp.Compare(b.Key, a.Key) }) // to decide before to close
	return t
}
