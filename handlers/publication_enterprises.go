package handlers

import (
	"strconv"

	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// frozenTable is a table without rows yet: its caption and columns are sentences of the catalogue that begin with the key.
func (s *scene) frozenTable(key string, columns ...string) publication.Table {
	t := publication.Table{Caption: s.frozen(key, nil)}
	for _, c := range columns {
		t.Columns = append(t.Columns, s.frozen("publication.column."+c, nil))
	}
	return t
}

// cell is a value of a row: words of the catalogue in every language, or what is the same in each.
func (s *scene) frozenCell(v any) publication.Words {
	switch v := v.(type) {
	case texts.Text:
		if v.Key == "" {
			return publication.Same("")
		}
		return s.frozen(v.Key, v.Args)
	case texts.Names:
		out := make(publication.Words)
		for _, lang := range texts.Langs() {
			out[string(lang)] = v.In(lang)
		}
		return out
	case string:
		return publication.Same(v)
	}
	return publication.Same("")
}

func (s *scene) frozenRow(key string, cells ...any) publication.Row {
	r := publication.Row{Key: key}
	for _, c := range cells {
		r.Cells = append(r.Cells, s.frozenCell(c))
	}
	return r
}

// publishCards draws up the lists of cards (plan items 32 and 40): those that count, what became of others in the period, what was found
// above the limits, who exceeded for two quarters running, whose monitoring was not disclosed in time, and what spot checks after lifting found.
func (s *scene) publishCards(p publication.Period) (publication.Content, error) {
	all, err := s.shelfOfEnterprises(enterprise.All)
	if err != nil {
		return publication.Content{}, err
	}
	current, err := s.cardsOf(currentCards)
	if err != nil {
		return publication.Content{}, err
	}
	past, err := s.cardsOf(pastCards)
	if err != nil {
		return publication.Content{}, err
	}
	columns := []string{"enterprise", "number", "card", "measure", "ground", "decision", "until", "extended", "lifted", "stands"}
	now, ended := s.frozenTable("publication.cards.current", columns...), s.frozenTable("publication.cards.ended", columns...)
	for _, x := range current {
		now.Rows = append(now.Rows, s.publishedCard(x))
	}
	for _, x := range past {
		if p.Holds(x.c.Checked) || p.Holds(x.c.Lifted) || p.Holds(x.c.Lapsed) || p.Holds(x.c.Replaced) {
			ended.Rows = append(ended.Rows, s.publishedCard(x))
		}
	}
	checks, err := s.publishedChecks(p)
	return publication.Content{
		Title:  s.frozen("publication.cards.title", texts.Args{"period": texts.Period(p.Name)}),
		Intro:  s.frozen("publication.cards.intro", texts.Args{"n": len(now.Rows), "day": s.dayOf(s.now)}),
		Notes:  []publication.Words{s.frozen("publication.cards.note", nil)},
		Tables: []publication.Table{now, ended, s.publishedExcesses(all, p), s.publishedQuarters(all, p), s.publishedSilence(all, p), checks},
	}, err
}

func (s *scene) publishedCard(x listedCard) publication.Row {
	c := x.c
	until, extended, lifted := "", any(""), ""
	if !c.Until.IsZero() {
		until = s.lastDay(c.Until)
	}
	if c.Months > 0 {
		extended = texts.Text{Key: "publication.cards.extension", Args: texts.Args{"day": s.dayOf(c.Extended), "months": c.Months, "doc": c.ExtDoc}}
	}
	if !c.Lifted.IsZero() {
		lifted = s.dayOf(c.Lifted)
	}
	stands := term("enterprise.state.", string(c.State))
	switch {
	case !c.Replaced.IsZero():
		stands = texts.Text{Key: "publication.cards.replaced", Args: texts.Args{"day": s.dayOf(c.Replaced), "doc": c.StopDoc}}
	case c.Closed:
		stands = texts.Text{Key: "publication.cards.closed", Args: texts.Args{"day": s.dayOf(c.Ruled), "body": c.Body, "doc": c.GovDoc}}
	}
	return s.frozenRow(string(x.d.e.Number)+"/"+strconv.Itoa(c.N), x.d.site.Name, string(x.d.e.Number), term("choice.colour.", string(c.Colour)),
		term("enterprise.measure.", string(c.Measure)), term("enterprise.ground.", string(c.Ground)), c.Doc+" "+s.dayOf(c.Decided), until, extended, lifted, stands)
}

// publishedExcesses are the values above the limits of the period.
func (s *scene) publishedExcesses(all []enterpriseDossier, p publication.Period) publication.Table {
	t := s.frozenTable("publication.cards.exceeded", "enterprise", "number", "day", "what", "item", "measured", "multiple", "source")
	for _, d := range all {
		for _, f := range d.e.Facts {
			if f.Live() && f.Kind.Measured() && p.Holds(f.Day) {
				t.Rows = append(t.Rows, s.frozenRow(string(d.e.Number)+"#"+strconv.Itoa(f.N), d.site.Name, string(d.e.Number), s.dayOf(f.Day),
					term("enterprise.fact.", string(f.Kind)), f.Item, f.Measured(), strconv.FormatFloat(f.Multiple(), 'f', -1, 64), term("enterprise.source.", string(f.Source))))
			}
		}
	}
	return t
}

// publishedQuarters are who exceeded in the last quarter of the period and in the one before it, and what was proposed of it.
func (s *scene) publishedQuarters(all []enterpriseDossier, p publication.Period) publication.Table {
	t := s.frozenTable("publication.cards.quarters", "enterprise", "number", "quarter", "proposed")
	last := s.Enterprises.QuarterOf(p.To.Add(-1))
	for _, d := range all {
		if !s.Enterprises.TwoRunning(d.e, last) {
			continue
		}
		doc := any(texts.Text{Key: "publication.cards.not_proposed"})
		for _, x := range d.e.Pressings {
			if x.Quarter == last.Name {
				doc = x.Doc
			}
		}
		t.Rows = append(t.Rows, s.frozenRow(string(d.e.Number), d.site.Name, string(d.e.Number), texts.Period(last.Name), doc))
	}
	return t
}

// publishedSilence are the disclosures that fell due in the period and came late or not at all.
func (s *scene) publishedSilence(all []enterpriseDossier, p publication.Period) publication.Table {
	t := s.frozenTable("publication.cards.silent", "enterprise", "number", "of", "due", "disclosed")
	for _, d := range all {
		for _, x := range s.Enterprises.Disclosed(d.e, s.now) {
			if !x.Late || !p.Holds(x.Due.Add(-1)) {
				continue
			}
			day := any(texts.Text{Key: "publication.cards.not_disclosed"})
			if x.Made != nil {
				day = s.dayOf(x.Made.Day)
			}
			t.Rows = append(t.Rows, s.frozenRow(string(d.e.Number)+"/"+x.Period, d.site.Name, string(d.e.Number), texts.Period(x.Period), s.lastDay(x.Due), day))
		}
	}
	return t
}

// publishedChecks are the spot checks after lifting of which the results were made public in the period.
func (s *scene) publishedChecks(p publication.Period) (publication.Table, error) {
	t := s.frozenTable("publication.cards.checks", "enterprise", "number", "draw", "day", "found")
	ids, err := s.Store.Shelf(s.ctx, site.DrawDossier, site.PublicShelf, site.First, site.Last, mostSites)
	if err != nil {
		return t, err
	}
	docs, err := s.Store.Dossiers(s.ctx, site.DrawDossier, ids)
	if err != nil {
		return t, err
	}
	for _, read := range docs {
		d, err := site.ReadDraw(read)
		if err != nil {
			return t, err
		}
		if _, lifted, _ := drawOfMonth(d.ID); !lifted || !p.Holds(d.At) {
			continue
		}
		for _, x := range d.Drawn {
			found := texts.Text{Key: "publication.cards.unchecked"}
			if !x.Done.IsZero() {
				found = texts.Text{Key: "publication.cards.found", Args: texts.Args{"n": x.Failed}}
			}
			t.Rows = append(t.Rows, s.frozenRow(d.ID+"/"+string(x.Site), x.Name, string(x.Site), d.ID, s.dayOf(x.Done), found))
		}
	}
	return t, nil
}

// publishContaminated draws up the list of contaminated sites (plan item 25).
func (s *scene) publishContaminated(p publication.Period) (publication.Content, error) {
	all, err := s.shelfOfEnterprises(enterprise.Lands)
	t := s.frozenTable("publication.contaminated.sites", "enterprise", "number", "where", "trade", "risk", "since", "control")
	for _, risk := range enterprise.Risks() {
		for _, d := range all {
			if l := d.e.Land; l != nil && l.Risk == risk {
				t.Rows = append(t.Rows, s.frozenRow(string(d.e.Number), d.site.Name, string(d.e.Number), s.cellName(d.site.Cell), term("choice.trade.", string(d.e.Trade)),
					term("choice.risk.", string(l.Risk)), l.Since, l.Words))
			}
		}
	}
	return publication.Content{
		Title:  s.frozen("publication.contaminated.title", texts.Args{"period": texts.Period(p.Name)}),
		Intro:  s.frozen("publication.contaminated.intro", texts.Args{"n": len(t.Rows), "day": s.dayOf(s.now)}),
		Tables: []publication.Table{t},
	}, err
}

// publishWaterUsers draws up the list of key water users (plan item 19).
func (s *scene) publishWaterUsers(p publication.Period) (publication.Content, error) {
	all, err := s.shelfOfEnterprises(enterprise.Waters)
	t := s.frozenTable("publication.water_users.users", "enterprise", "number", "where", "trade", "water_permit", "quota", "used", "over")
	for _, d := range all {
		w, over := d.e.Water, texts.Text{Key: "publication.water_users.unknown"}
		switch {
		case w == nil: // taken off the list this moment
			continue
		case w.Quota > 0 && w.Used > 0 && w.Over():
			over = texts.Text{Key: "publication.water_users.over"}
		case w.Quota > 0 && w.Used > 0:
			over = texts.Text{Key: "publication.water_users.within"}
		}
		t.Rows = append(t.Rows, s.frozenRow(string(d.e.Number), d.site.Name, string(d.e.Number), s.cellName(d.site.Cell), term("choice.trade.", string(d.e.Trade)),
			orDash(w.Permit), cubicMetres(w.Quota), cubicMetres(w.Used), over))
	}
	return publication.Content{
		Title:  s.frozen("publication.water_users.title", texts.Args{"period": texts.Period(p.Name)}),
		Intro:  s.frozen("publication.water_users.intro", texts.Args{"n": len(t.Rows), "day": s.dayOf(s.now)}),
		Tables: []publication.Table{t},
	}, err
}
