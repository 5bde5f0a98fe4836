package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// inspectionData is what a button of an inspection carries: q:verb:ID, or q:verb:ID.point.
func inspectionData(verb, id, point string) string {
	if point != "" {
		id += "." + point
	}
	return "q:" + verb + ":" + id
}

// inspect begins an inspection of a site, or goes on with the officer's own that is under way.
func (s *scene) inspect(n site.Number) error {
	x, _, err := s.seen(n)
	if err != nil {
		return err
	}
	if !s.mayInspect(x) {
		return grid.Fail(grid.Forbidden, "error.site.kept")
	}
	under, err := s.inspecting(n)
	if err != nil {
		return err
	}
	if under != "" {
		return s.showInspection(under)
	}
	points := s.Sites.Rules.Checklists[x.Kind]
	if len(points) == 0 {
		return grid.Fail(grid.NotFound, "error.inspection.no_list")
	}
	i := site.Inspection{
		ID: s.code(10), Site: n, Name: x.Name, Kind: x.Kind, Cell: x.Cell, Officer: s.officer.ID, Points: points, Began: s.now,
		Metres: x.Present(s.officer.ID, s.now),
	}
	if x.Drawn(s.officer.ID) {
		i.Draw = x.Assigned.Draw
		for _, o := range x.Assigned.Officers {
			if o != s.officer.ID {
				i.With = append(i.With, o)
			}
		}
	}
	if err := s.putInspection(ledger.Dossier{}, i, site.InspectionEvent{Did: site.Began}); err != nil {
		return err
	}
	s.question(i, i.Points[0], false)
	return nil
}

// inspecting is the officer's unfinished inspection of a site; empty for none.
func (s *scene) inspecting(n site.Number) (string, error) {
	open, err := s.openInspections()
	if err != nil {
		return "", err
	}
	for _, i := range open {
		if i.Site == n {
			return i.ID, nil
		}
	}
	return "", nil
}

// openInspections are those that the officer has not finished, the oldest first.
func (s *scene) openInspections() ([]site.Inspection, error) {
	const most = 50
	ids, err := s.Store.Shelf(s.ctx, site.InspectionDossier, site.OpenShelf(s.officer.ID), site.First, site.Last, most)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	docs, err := s.Store.Dossiers(s.ctx, site.InspectionDossier, ids)
	if err != nil {
		return nil, err
	}
	out := make([]site.Inspection, len(docs))
	for n, d := range docs {
		if out[n], err = site.ReadInspection(d); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// listInspections shows what the officer has not finished: /inspections.
func (s *scene) listInspections() error {
	if s.officer.ID == "" {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	open, err := s.openInspections()
	if err != nil {
		return err
	}
	if len(open) == 0 {
		s.say(flow.Reply{Key: "inspection.none", Rows: [][]flow.Choice{{{Key: "button.sites", Data: siteData("page", "0")}}}})
		return nil
	}
	lines, buttons := make([]string, 0, len(open)), make([]flow.Choice, 0, len(open))
	for n, i := range open {
		args := s.inspectionArgs(i)
		args["i"] = n + 1
		lines = append(lines, s.Texts.T(s.lang, "inspection.line", args))
		buttons = append(buttons, flow.Choice{Label: texts.Name(string(i.Site)), Data: inspectionData("show", i.ID, "")})
	}
	s.say(flow.Reply{Key: "inspection.list", Args: texts.Args{"n": len(open), "lines": texts.Raw(strings.Join(lines, "\n"))}, Rows: inRows(4, buttons)})
	return nil
}

// inspection reads one for the officer who does it.
func (s *scene) inspection(id string) (site.Inspection, ledger.Dossier, error) {
	d, err := s.dossier(site.InspectionDossier, id)
	if err != nil {
		return site.Inspection{}, d, err
	}
	i, err := site.ReadInspection(d)
	if err == nil && (len(d.Body) == 0 || i.Officer != s.officer.ID) {
		err = grid.Fail(grid.NotFound, "error.inspection.unknown")
	}
	return i, d, err
}

func (s *scene) putInspection(read ledger.Dossier, i site.Inspection, e site.InspectionEvent) error {
	e.At, e.By, e.Via = s.now, s.officer.ID, s.via()
	return s.shelve(i.Write(read, e))
}

// pressInspection does what a button of an inspection says.
func (s *scene) pressInspection(verb, arg string) error {
	id, point, _ := strings.Cut(arg, ".")
	switch {
	case slices.Contains(site.Verdicts(), site.Verdict(verb)):
		return s.answer(id, point, site.Verdict(verb))
	case verb == "show":
		return s.showInspection(id)
	case verb == "at":
		return s.showPointOf(id, point)
	case verb == "note":
		return s.beginNote(id, point)
	case verb == "file":
		return s.filePoint(id, point)
	case verb == "done":
		return s.finishInspection(id)
	}
	return s.forged(s.msg.Data)
}

// answer takes the verdict on a point, and asks the next one.
func (s *scene) answer(id, code string, v site.Verdict) error {
	i, d, err := s.inspection(id)
	if err != nil {
		return err
	}
	p, ok := i.Point(code)
	switch {
	case !i.Done.IsZero():
		return grid.Fail(grid.Conflict, "error.inspection.over")
	case !ok:
		return s.forged(s.msg.Data)
	}
	s.endNote()
	a := i.Answer(code)
	if a.Case != "" && v != site.Fails {
		return grid.Fail(grid.Conflict, "error.inspection.filed", "number", a.Number)
	}
	if a.Verdict != v {
		a.Point, a.Verdict, a.At = p.Code, v, s.now
		i.Put(a)
		if err := s.putInspection(d, i, site.InspectionEvent{Did: site.Answered, Point: p.Code, Said: v}); err != nil {
			return err
		}
	}
	if v == site.Fails && len(a.Files) == 0 {
		if err := s.note(i, p); err != nil { // what was found is to be seen
			return err
		}
	}
	s.askNext(i, true)
	return nil
}

// endNote ends the gathering of photos for a point, because the person went on to another.
func (s *scene) endNote() {
	if s.state.Story == flow.Noting {
		s.state.Story, s.state.Step, s.state.Task = flow.Idle, "", nil
	}
}

// showInspection shows an inspection where it stands.
func (s *scene) showInspection(id string) error {
	i, _, err := s.inspection(id)
	if err != nil {
		return err
	}
	s.askNext(i, false)
	return nil
}

// askNext asks the next question that has no verdict, or shows the whole when all have.
func (s *scene) askNext(i site.Inspection, edit bool) {
	if p, ok := i.Next(); ok && i.Done.IsZero() {
		s.question(i, p, edit)
		return
	}
	s.summary(i, edit)
}

// showPointOf goes back to a point.
func (s *scene) showPointOf(id, code string) error {
	i, _, err := s.inspection(id)
	if err != nil {
		return err
	}
	p, ok := i.Point(code)
	if !ok || !i.Done.IsZero() {
		return s.forged(s.msg.Data)
	}
	s.question(i, p, true)
	return nil
}

func (s *scene) inspectionArgs(i site.Inspection) texts.Args {
	answered, failed := 0, len(i.Failed())
	for _, p := range i.Points {
		if i.Answer(p.Code).Verdict != "" {
			answered++
		}
	}
	args := texts.Args{
		"site": string(i.Site), "name": i.Name, "kind": s.kindName(i.Kind), "cell": s.Sites.Tree.PathName(i.Cell), "n": len(i.Points),
		"answered": answered, "failed": failed, "began": s.moment(i.Began), "presence": texts.Text{Key: "inspection.absent"},
	}
	if i.Metres != nil {
		args["presence"] = texts.Text{Key: "inspection.present", Args: texts.Args{"metres": int(*i.Metres + 0.5)}}
	}
	return args
}

// question asks one point.
func (s *scene) question(i site.Inspection, p site.Point, edit bool) {
	at := slices.IndexFunc(i.Points, func(q site.Point) bool { return q.Code == p.Code })
	args := s.inspectionArgs(i)
	args["i"], args["point"] = at+1, texts.Names(p.Names)
	args["files"] = texts.Text{}
	if a := i.Answer(p.Code); len(a.Files) > 0 || a.Words != "" {
		args["files"] = texts.Text{Key: "inspection.has", Args: texts.Args{"n": len(a.Files), "words": excerpt(a.Words, 80)}}
	}
	verdicts := make([]flow.Choice, 0, len(site.Verdicts()))
	for _, v := range site.Verdicts() {
		verdicts = append(verdicts, flow.Choice{Key: "inspection.verdict." + string(v), Data: inspectionData(string(v), i.ID, p.Code)})
	}
	more := []flow.Choice{{Key: "button.inspection_note", Data: inspectionData("note", i.ID, p.Code)}}
	if at > 0 {
		more = append(more, flow.Choice{Key: "button.inspection_back", Data: inspectionData("at", i.ID, i.Points[at-1].Code)})
	}
	s.say(flow.Reply{Key: "inspection.question", Args: args, Rows: [][]flow.Choice{verdicts, more}, Edit: edit})
}

// summary shows all answers, a button for each failure that is no case yet, and the way to finish.
func (s *scene) summary(i site.Inspection, edit bool) {
	lines := make([]string, 0, len(i.Points))
	var rows [][]flow.Choice
	for n, p := range i.Points {
		a := i.Answer(p.Code)
		line := texts.Args{"i": n + 1, "point": texts.Names(p.Names), "verdict": texts.Text{Key: "inspection.verdict." + string(a.Verdict)}, "case": texts.Text{}}
		if a.Case != "" {
			line["case"] = texts.Text{Key: "inspection.filed", Args: texts.Args{"number": a.Number}}
		}
		lines = append(lines, s.Texts.T(s.lang, "inspection.answer", line))
		if a.Verdict == site.Fails && a.Case == "" {
			rows = append(rows, []flow.Choice{{
				Key: "button.inspection_file", Args: texts.Args{"i": strconv.Itoa(n + 1)}, Data: inspectionData("file", i.ID, p.Code),
			}})
		}
	}
	key := "inspection.over"
	if i.Done.IsZero() {
		key = "inspection.summary"
		rows = append(rows, []flow.Choice{
			{Key: "button.inspection_done", Data: inspectionData("done", i.ID, "")},
			{Key: "button.inspection_back", Data: inspectionData("at", i.ID, i.Points[len(i.Points)-1].Code)},
		})
	}
	args := s.inspectionArgs(i)
	args["lines"] = texts.Raw(strings.Join(lines, "\n"))
	s.say(flow.Reply{Key: key, Args: args, Rows: rows, Edit: edit})
}

// beginNote asks for words and photos of a point.
func (s *scene) beginNote(id, code string) error {
	i, _, err := s.inspection(id)
	if err != nil {
		return err
	}
	p, ok := i.Point(code)
	if !ok || !i.Done.IsZero() {
		return grid.Fail(grid.Conflict, "error.inspection.over")
	}
	return s.note(i, p)
}

func (s *scene) note(i site.Inspection, p site.Point) error {
	return s.begin(flow.Task{Story: flow.Noting, Inspection: i.ID, Point: p.Code, Asked: texts.Names(p.Names).In(s.lang)})
}

// noteInspection keeps what was said and shown of a point.
func (s *scene) noteInspection(n flow.NoteInspection) error {
	i, d, err := s.inspection(n.Inspection)
	if err != nil {
		return err
	}
	p, ok := i.Point(n.Point)
	if !ok || !i.Done.IsZero() {
		return grid.Fail(grid.Conflict, "error.inspection.over")
	}
	a := i.Answer(p.Code)
	a.Point, a.At = p.Code, s.now
	a.Words = strings.TrimSpace(a.Words + "\n" + n.Words)
	a.Files = slices.Clone(a.Files)
	for _, f := range n.Files {
		a.Files = append(a.Files, site.Shot{File: f.Unique, ID: f.ID, Kind: f.Kind, At: f.At, Arrived: f.Arrived})
		s.kept = append(s.kept, f.Unique)
	}
	i.Put(a)
	return s.putInspection(d, i, site.InspectionEvent{Did: site.Noted, Point: p.Code})
}

// presence notes in the officer's inspection of a site under way how far from it they checked in.
func (s *scene) presence(n site.Number, metres float64) error {
	id, err := s.inspecting(n)
	if err != nil || id == "" {
		return err
	}
	i, d, err := s.inspection(id)
	if err != nil || i.Metres != nil && *i.Metres <= metres {
		return err
	}
	i.Metres = &metres
	return s.putInspection(d, i, site.InspectionEvent{Did: site.Present})
}
