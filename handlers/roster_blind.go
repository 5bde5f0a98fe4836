package handlers

import (
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showBlind lists the cells that nobody watches now (盲区) by township: /blind. Plan item 41 wants none.
func (s *scene) showBlind(offset int) error {
	if !s.admin() && !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	cells := s.roster.BlindSpots(s.Work.Tree, s.now)
	if len(cells) == 0 {
		s.say(flow.Reply{Key: "blind.none"})
		return nil
	}
	groups := grid.ByTownship(s.Work.Tree, cells)
	offset = max(0, min(offset, len(groups)-1))
	page := groups[offset:min(offset+s.Rules.PageSize, len(groups))]
	lines := make([]string, 0, len(page))
	for _, g := range page {
		names := make(texts.List, 0, len(g))
		for _, c := range g {
			names = append(names, c.Name)
		}
		town := s.Work.Tree.Name(s.Work.Tree.Township(g[0].Code))
		lines = append(lines, s.Texts.T(s.lang, "blind.line", texts.Args{"cell": town, "n": len(g), "names": names}))
	}
	r := flow.Reply{
		Key: "blind.title", Args: texts.Args{"n": len(cells), "lines": texts.Raw(strings.Join(lines, "\n"))},
		Edit: s.msg.Kind == Button && offset > 0,
	}
	if next := offset + len(page); next < len(groups) {
		r.Rows = [][]flow.Choice{{{Key: "button.more", Data: "b:" + strconv.Itoa(next) + ":"}}}
	}
	s.say(r)
	return nil
}

// pressBlind turns a page of the blind spots.
func (s *scene) pressBlind(offset string) error {
	n, err := strconv.Atoi(offset)
	if err != nil {
		return s.forged(s.msg.Data)
	}
	return s.showBlind(n)
}
