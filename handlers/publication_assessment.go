package handlers

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// assessmentResults are the results of the year's assessment (plan item 42), as they were sealed and made public; without one the
// content says that there is none.
func (s *scene) assessmentResults(p publication.Period) (publication.Content, error) {
	out := publication.Content{Title: s.frozen("publication.assessment.title", texts.Args{"period": texts.Period(p.Name)})}
	a, _, err := s.assessment(p.Name)
	if err != nil {
		return out, err
	}
	public, ok := a.Public()
	if !ok {
		out.Notes = []publication.Words{s.frozen("publication.assessment.none", nil)}
		return out, nil
	}
	out.Intro = s.frozen("publication.assessment.intro", texts.Args{"pass": public.Pass.String(), "day": s.dayOf(public.Published)})
	for _, kind := range assess.Kinds() {
		t := publication.Table{
			Caption: s.frozen("publication.assessment."+string(kind), nil), Columns: s.headings("unit", "score", "grade", "rank", "passed"),
		}
		for _, u := range public.Units {
			if u.Kind == kind {
				t.Rows = append(t.Rows, publication.Row{Key: s.unitKey(u), Cells: s.unitCells(a, u)})
			}
		}
		slices.SortStableFunc(t.Rows, func(x, y publication.Row) int { return cmp.Compare(rankOf(x), rankOf(y)) })
		out.Tables = append(out.Tables, t)
	}
	out.Notes = []publication.Words{
		s.frozen("publication.assessment.note", texts.Args{"least": a.Scheme.Least}), s.frozen("publication.assessment.seal", texts.Args{"hash": public.SHA256}),
	}
	return out, nil
}

// unitKey names a unit for as long as it is called the same: the office may change its department's place, not its name.
func (s *scene) unitKey(u assess.PublicUnit) string {
	if u.Kind == assess.Department {
		return grid.Department(u.Code).Code()
	}
	return u.Code
}

func (s *scene) unitCells(a assess.Assessment, u assess.PublicUnit) []publication.Words {
	if !u.Judged {
		none := s.frozen("publication.no_value", nil)
		return []publication.Words{publication.Same(u.Name), s.frozen("publication.assessment.unjudged", nil), none, none, none}
	}
	passed := s.frozen("publication.yes", nil)
	if !*u.Passed {
		passed = s.frozen("publication.no", nil)
	}
	return []publication.Words{
		publication.Same(u.Name), publication.Same(u.Score.String()), publication.Words(gradeName(a.Scheme, u.Grade)), figure(u.Rank), passed,
	}
}

// rankOf orders the rows of units; those without a rank come last.
func rankOf(r publication.Row) int {
	n, err := strconv.Atoi(r.Cells[3].In(""))
	if err != nil {
		return 1 << 20
	}
	return n
}
