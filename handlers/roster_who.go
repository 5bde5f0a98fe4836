package handlers

import (
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showWho tells any officer who was responsible in a cell on a day, and who stood in: /who CELL [DATE]. It is answered from
// the dates of appointments and absences, which nobody rewrites.
func (s *scene) showWho() error {
	if !s.officer.InService(s.now) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	words := strings.Fields(s.msg.Args)
	day := s.local()
	if n := len(words); n > 1 {
		if d, ok := flow.ReadDay(words[n-1], day); ok {
			day, words = d, words[:n-1]
		}
	}
	if len(words) != 1 {
		return grid.Fail(grid.Invalid, "error.who.usage")
	}
	cell, ok := s.cellSpoken(words[0])
	if !ok {
		return grid.Fail(grid.NotFound, "error.invite.cell", "cell", words[0])
	}
	from := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, day.Location())
	to := from.AddDate(0, 0, 1)
	var lines []string
	path := s.Work.Tree.Path(cell.Code)
	for i := len(path) - 1; i >= 0; i-- {
		served := s.roster.Served(path[i].Code, from, to, grid.Chief, grid.Inspector)
		if len(served) == 0 && i == len(path)-1 {
			lines = append(lines, s.Texts.T(s.lang, "who.nobody", texts.Args{"cell": path[i].Name}))
		}
		for _, sv := range served {
			lines = append(lines, s.whoLine(path[i], sv, from))
		}
	}
	s.say(flow.Reply{Key: "who.title", Args: texts.Args{
		"cell": s.Work.Tree.PathName(cell.Code), "day": from.Format(time.DateOnly),
		"lines": texts.Raw(strings.Join(lines[:min(len(lines), rosterLines)], "\n")),
	}})
	return nil
}

// cellSpoken finds a cell by its code, its name, or the names from the township down written together.
func (s *scene) cellSpoken(text string) (grid.Cell, bool) {
	if c, ok := s.cellNamed(text); ok {
		return c, true
	}
	for _, c := range s.Work.Tree.Cells() {
		if s.Work.Tree.PathName(c.Code) == text {
			return c, true
		}
	}
	return grid.Cell{}, false
}

// whoLine is one officer's service in a cell on the day that begins at from.
func (s *scene) whoLine(cell grid.Cell, sv grid.Service, from time.Time) string {
	a := sv.Appointment
	since := a.From.In(s.Rules.Location).Format(time.DateOnly)
	key, args := "who.line", texts.Args{
		"cell": cell.Name, "role": name("role", string(a.Role)), "name": sv.Officer.Name, "since": since, "deputies": s.stoodIn(sv, from),
	}
	if !a.Until.IsZero() {
		key = "who.line_until"
		args["until"] = a.Until.Add(-time.Nanosecond).In(s.Rules.Location).Format(time.DateOnly)
	}
	return s.Texts.T(s.lang, key, args)
}

// stoodIn tells of each absence that fell on the day who stood in then.
func (s *scene) stoodIn(sv grid.Service, from time.Time) texts.List {
	var out texts.List
	for _, a := range sv.Absences {
		at := a.From
		if at.Before(from) {
			at = from
		}
		var deputy any = texts.Text{Key: "away.nobody"}
		if heir, ok := s.roster.Deputised(sv.Officer, at); ok {
			deputy = heir.Name
		}
		first, last := s.span(a)
		out = append(out, texts.Text{Key: "who.away", Args: texts.Args{"from": first, "until": last, "deputy": deputy}})
	}
	return out
}
