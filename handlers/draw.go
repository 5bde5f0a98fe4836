package handlers

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	drawMonth = "2006-01" // a draw is of a month: there is one for each, and it is not repeated until it suits somebody
	drawShown = 30        // lines of a draw in one message; all of it is in the file

	liftedSuffix = "-lifted" // what the month's draw of enterprises of which a card was lifted is called besides its month
)

// draw shows this month's random draw of sites and inspectors, or what it would be drawn from: /draw; with its results as files:
// /draw results [2026-11], which are everybody's once they are public.
func (s *scene) draw() error {
	words := strings.Fields(s.msg.Args)
	if !s.supervises() && len(words) == 0 {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	month := s.now.In(s.Rules.Location).Format(drawMonth)
	if len(words) == 0 {
		return s.showDraw(month)
	}
	if len(words) == 2 {
		month = words[1]
	}
	if _, _, ok := drawOfMonth(month); !ok || !strings.EqualFold(words[0], "results") {
		return grid.Fail(grid.Invalid, "error.draw.usage")
	}
	return s.drawResults(month)
}

func (s *scene) supervises() bool {
	return s.roster.Can(s.Sites.Tree, s.me, s.Sites.Tree.Root().Code, s.now, grid.Supervisor)
}

// drawOfMonth takes apart what a draw is called: its month, and whether it is the spot check of enterprises of which a card was lifted.
func drawOfMonth(id string) (month string, lifted, ok bool) {
	month, lifted = strings.CutSuffix(id, liftedSuffix)
	_, err := time.Parse(drawMonth, month)
	return month, lifted, err == nil
}

// liftedDraw is what this month's spot check of them is called.
func (s *scene) liftedDraw() string { return s.local().Format(drawMonth) + liftedSuffix }

// pressDraw does what a button of a draw says.
func (s *scene) pressDraw(verb, month string) error {
	if !s.supervises() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	if _, _, ok := drawOfMonth(month); !ok {
		return s.forged(s.msg.Data)
	}
	switch verb {
	case "look":
		return s.showDraw(month)
	case "toss":
		return s.toss(month)
	case "publish":
		return s.publishDraw(month)
	case "results":
		return s.drawResults(month)
	}
	return s.forged(s.msg.Data)
}

// drawOf reads the draw of a month; one that was not made yet has no ID.
func (s *scene) drawOf(month string) (site.Draw, ledger.Dossier, error) {
	read, err := s.dossier(site.DrawDossier, month)
	if err != nil {
		return site.Draw{}, read, err
	}
	d, err := site.ReadDraw(read)
	return d, read, err
}

// madeDraw is drawOf for a draw that was made. NotFound otherwise.
func (s *scene) madeDraw(month string) (site.Draw, ledger.Dossier, error) {
	d, read, err := s.drawOf(month)
	if err == nil && d.ID == "" {
		err = grid.Fail(grid.NotFound, "error.draw.none", "month", month)
	}
	return d, read, err
}

func (s *scene) showDraw(month string) error {
	d, _, err := s.drawOf(month)
	if err != nil {
		return err
	}
	if d.ID != "" {
		s.tellDraw("draw.made", d)
		return nil
	}
	if d, err = s.tossed(month); err != nil {
		return err
	}
	args := s.drawArgs(d)
	args["lines"] = texts.Raw(strings.Join(s.poolLines(d), "\n"))
	r := flow.Reply{Key: "draw.ask", Args: args}
	if len(d.Drawn) > 0 {
		r.Rows = [][]flow.Choice{{{Key: "button.draw_toss", Data: "z:toss:" + month}}}
	}
	s.say(r)
	return nil
}

// tossed draws from what there is now, without making it count.
func (s *scene) tossed(month string) (site.Draw, error) {
	ids, err := s.Store.Shelf(s.ctx, site.Dossier, site.AllShelf, site.First, site.Last, mostSites)
	if err != nil {
		return site.Draw{}, err
	}
	numbers := make([]site.Number, len(ids))
	for i, id := range ids {
		numbers[i] = site.Number(id)
	}
	all, err := s.readSites(numbers)
	if err != nil {
		return site.Draw{}, err
	}
	d := site.Draw{
		ID: month, Period: month, Seed: s.Rules.DrawSeed, At: s.now, By: s.officer.ID, Each: s.Rules.DrawTogether,
	}
	for _, o := range s.roster.Officers() {
		there, ok := s.roster.StandIn(o, s.now)
		if ok && there.ID == o.ID && len(o.Areas(s.now, grid.Inspector)) > 0 {
			d.Inspectors = append(d.Inspectors, o.ID)
		}
	}
	kinds := s.Sites.Rules.Kinds
	if _, lifted, _ := drawOfMonth(month); lifted {
		if all, err = s.liftedSites(all); err != nil {
			return site.Draw{}, err
		}
		kinds = []site.Kind{{Code: enterprise.LiftedKind, Share: s.Enterprises.Rules.Share}}
	}
	return site.Toss(d, kinds, all), nil
}

// liftedSites are the sites of enterprises of which a card was lifted, but those to which another draw sends somebody already.
func (s *scene) liftedSites(all []site.Site) ([]site.Site, error) {
	carded, err := s.shelfOfEnterprises(enterprise.Carded)
	if err != nil {
		return nil, err
	}
	dossiers := make([]enterprise.Enterprise, len(carded))
	for i, d := range carded {
		dossiers[i] = d.e
	}
	return enterprise.Lots(dossiers, slices.DeleteFunc(slices.Clone(all), func(x site.Site) bool { return x.Assigned != nil })), nil
}

// toss draws, puts it on record, and tells everybody who was drawn.
func (s *scene) toss(month string) error {
	made, read, err := s.drawOf(month)
	switch {
	case err != nil:
		return err
	case made.ID != "":
		return grid.Fail(grid.Conflict, "error.draw.made", "month", month)
	case month != s.local().Format(drawMonth) && month != s.liftedDraw():
		return grid.Fail(grid.Expired, "error.draw.past")
	}
	d, err := s.tossed(month)
	if err != nil {
		return err
	}
	if len(d.Drawn) == 0 || len(d.Inspectors) == 0 {
		return grid.Fail(grid.Conflict, "error.draw.nothing")
	}
	if err := s.shelve(d.Write(read, s.drawEvent(site.Tossed))); err != nil {
		return err
	}
	for _, t := range d.Drawn {
		x, at, err := s.site(t.Site)
		if err != nil {
			return err
		}
		x.Assigned = &site.Assignment{Draw: d.ID, Officers: t.Officers}
		if err := s.putSite(at, x, site.Event{Did: site.Drawn}); err != nil {
			return err
		}
	}
	s.tellDraw("draw.made", d)
	return s.tellDrawn(d)
}

func (s *scene) drawEvent(did site.DrawStep) site.DrawEvent {
	return site.DrawEvent{At: s.now, By: s.officer.ID, Via: s.via(), Did: did}
}

// publishDraw lets the public see the results of a draw, from now on.
func (s *scene) publishDraw(month string) error {
	d, read, err := s.madeDraw(month)
	if err == nil && !d.Public.IsZero() {
		err = grid.Fail(grid.Conflict, "error.draw.public", "month", month)
	}
	if err != nil {
		return err
	}
	d.Public, d.PublicBy = s.now, s.officer.ID
	if err := s.shelve(d.Write(read, s.drawEvent(site.Published))); err != nil {
		return err
	}
	s.tellDraw("draw.published", d)
	return nil
}

// drawnDone notes in a draw that one of its sites was inspected.
func (s *scene) drawnDone(i site.Inspection) error {
	if i.Draw == "" {
		return nil
	}
	d, read, err := s.drawOf(i.Draw)
	if err != nil || !d.Finish(i) {
		return err
	}
	e := s.drawEvent(site.Checked)
	e.Site, e.Inspection = i.Site, i.ID
	return s.shelve(d.Write(read, e))
}

// drawResults brings the results of a draw as the public may see them: a text to read, and JSON to go on with.
func (s *scene) drawResults(month string) error {
	d, _, err := s.madeDraw(month)
	if err == nil && d.Public.IsZero() && !s.supervises() {
		err = grid.Fail(grid.NotFound, "error.draw.none", "month", month)
	}
	if err != nil {
		return err
	}
	data, err := json.MarshalIndent(d.Result(), "", "  ")
	if err != nil {
		return err
	}
	var text bytes.Buffer
	text.WriteString(s.Texts.Plain(s.lang, "draw.file", s.drawArgs(d)) + "\n\n")
	for _, t := range d.Drawn {
		text.WriteString(s.Texts.Plain(s.lang, "draw.file_line", s.ticketArgs(t)) + "\n")
	}
	for _, file := range []struct {
		name    string
		content []byte
	}{{"draw-" + month + ".txt", text.Bytes()}, {"draw-" + month + ".json", data}} {
		document, err := s.document(file.name, file.content)
		if err != nil {
			return err
		}
		s.say(flow.Reply{Key: "draw.results", Args: s.drawArgs(d), Document: document})
	}
	return nil
}
