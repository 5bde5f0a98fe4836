package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// tellDrawn tells each inspector what they were drawn for, and with whom.
func (s *scene) tellDrawn(d site.Draw) error {
	for _, id := range d.Inspectors {
		o, _ := s.roster.Officer(id)
		mine := d.Of(id)
		if len(mine) == 0 {
			continue
		}
		lines := make([]string, 0, len(mine))
		buttons := make([]flow.Choice, 0, s.Rules.PageSize)
		for _, t := range mine[:min(len(mine), drawShown)] {
			lines = append(lines, s.Texts.T(s.lang, "draw.mine", s.ticketArgs(t)))
			if len(buttons) < s.Rules.PageSize {
				buttons = append(buttons, flow.Choice{Label: texts.Name(string(t.Site)), Data: siteData("open", t.Site)})
			}
		}
		if err := s.tell(o.Person, casework.Case{}, flow.Reply{Key: "draw.notice", Args: texts.Args{
			"month": drawTitle(d), "n": len(mine), "lines": texts.Raw(strings.Join(lines, "\n")),
		}, Rows: inRows(4, buttons)}); err != nil {
			return err
		}
	}
	return nil
}

// tellDraw shows a draw to its supervisor.
func (s *scene) tellDraw(key string, d site.Draw) {
	lines := s.poolLines(d)
	for _, t := range d.Drawn[:min(len(d.Drawn), drawShown)] {
		lines = append(lines, s.Texts.T(s.lang, "draw.ticket", s.ticketArgs(t)))
	}
	args := s.drawArgs(d)
	args["lines"] = texts.Raw(strings.Join(lines, "\n"))
	row := []flow.Choice{{Key: "button.draw_results", Data: "z:results:" + d.ID}}
	if d.Public.IsZero() {
		row = append(row, flow.Choice{Key: "button.draw_publish", Data: "z:publish:" + d.ID})
	}
	s.say(flow.Reply{Key: key, Args: args, Rows: [][]flow.Choice{row}})
}

// poolLines tell what is drawn from what, kind by kind.
func (s *scene) poolLines(d site.Draw) []string {
	pools := d.Result().Pools
	out := make([]string, 0, len(pools))
	for _, p := range pools {
		out = append(out, s.Texts.T(s.lang, "draw.pool", texts.Args{"kind": s.kindName(p.Kind), "sites": p.Sites, "drawn": p.Drawn, "share": p.Share}))
	}
	return out
}

// drawTitle is what people call a draw.
func drawTitle(d site.Draw) any {
	if month, lifted, _ := drawOfMonth(d.ID); lifted {
		return texts.Text{Key: "draw.lifted", Args: texts.Args{"month": month}}
	}
	return d.Period
}

func (s *scene) drawArgs(d site.Draw) texts.Args {
	public := texts.Text{Key: "draw.not_public"}
	if !d.Public.IsZero() {
		public = texts.Text{Key: "draw.public", Args: texts.Args{"day": s.dayOf(d.Public)}}
	}
	return texts.Args{
		"month": drawTitle(d), "seed": d.Seed, "n": len(d.Drawn), "open": d.Open(), "inspectors": len(d.Inspectors), "public": public,
		"each": d.Each,
	}
}

func (s *scene) ticketArgs(t site.Ticket) texts.Args {
	var who texts.List
	for _, o := range t.Officers {
		who = append(who, texts.Name(s.officerName(o)))
	}
	args := texts.Args{
		"number": string(t.Site), "name": t.Name, "kind": s.kindName(t.Kind), "cell": s.Sites.Tree.PathName(t.Cell), "officers": any(who),
		"result": texts.Text{Key: "draw.open"},
	}
	switch {
	case t.Failed > 0:
		args["result"] = texts.Text{Key: "draw.failed", Args: texts.Args{"day": s.dayOf(t.Done), "n": t.Failed}}
	case t.Inspection != "":
		args["result"] = texts.Text{Key: "draw.clean", Args: texts.Args{"day": s.dayOf(t.Done)}}
	}
	if len(who) == 0 {
		args["officers"] = texts.Text{Key: "draw.nobody"}
	}
	return args
}
