package site

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Point is one question of a checklist, answered on the spot.
type Point struct {
	Code     string            `json:"c"`
	Names    map[string]string `json:"n"`           // the question, by language tag
	Found    string            `json:"f"`           // what a case says that follows from a failure, in Chinese
	Category string            `json:"g"`           // of that case
	Kind     string            `json:"k,omitempty"` // of pollution, within the category
}

// Verdict is an answer to a point.
type Verdict string

// The verdicts.
const (
	Meets  Verdict = "ok" // 合格
	Fails  Verdict = "no" // 不合格
	NotFor Verdict = "na" // 不适用
)

// Verdicts lists them in the order of their buttons.
func Verdicts() []Verdict { return []Verdict{Meets, Fails, NotFor} }

// Answer is what was said of a point.
type Answer struct {
	Point   string          `json:"p"`
	Verdict Verdict         `json:"v,omitempty"` // empty while only words or photos were given
	Words   string          `json:"w,omitempty"`
	Files   []Shot          `json:"f,omitempty"`
	Case    casework.CaseID `json:"c,omitempty"` // that followed
	Number  string          `json:"n,omitempty"` // of that case
	At      time.Time       `json:"at"`
}

// Shot is a file of an answer, with what a case's evidence needs of it.
type Shot struct {
	File    string    `json:"f"`
	ID      string    `json:"i"`
	Kind    string    `json:"k"`
	At      time.Time `json:"at"`
	Arrived time.Time `json:"in"`
}

// Inspection is one going through a checklist at a site. It is stored at each answer: whoever loses the signal, or is called away
// for a day, goes on where it stands.
type Inspection struct {
	ID      string           `json:"id"`
	Site    Number           `json:"s"`
	Name    string           `json:"n"` // of the site, then
	Kind    string           `json:"k"`
	Cell    grid.CellCode    `json:"g"`
	Officer grid.OfficerID   `json:"o"`
	With    []grid.OfficerID `json:"w,omitempty"` // who were drawn together with the officer
	Draw    string           `json:"d,omitempty"` // the draw that it follows from
	Points  []Point          `json:"ps"`          // as the checklist was when it began
	Answers []Answer         `json:"as,omitempty"`
	Began   time.Time        `json:"b"`
	Done    time.Time        `json:"e,omitzero"`
	Metres  *float64         `json:"m,omitempty"` // from the site to where the officer checked in meanwhile; nil without
}

// InspectionDossier is the kind under which inspections are kept.
const InspectionDossier ledger.DossierKind = "inspection"

// OpenShelf has the inspections that an officer has not finished, by their beginning.
func OpenShelf(o grid.OfficerID) ledger.Shelf { return ledger.Shelf("open/" + string(o)) }

// InspectedShelf has the finished inspections of a site, by their end.
func InspectedShelf(n Number) ledger.Shelf { return ledger.Shelf("site/" + string(n)) }

// DoneShelf has all that are finished, by their end.
const DoneShelf ledger.Shelf = "done"

// Step is what happened in an inspection.
type Step string

// The steps.
const (
	Began    Step = "began"
	Answered Step = "answered"
	Noted    Step = "noted"
	Present  Step = "present" // checked in at the site
	Filed    Step = "filed"   // a case of a point that failed
	Finished Step = "finished"
)

// InspectionEvent is one line of an inspection's history.
type InspectionEvent struct {
	At    time.Time      `json:"at"`
	By    grid.OfficerID `json:"by"`
	Via   string         `json:"via,omitempty"`
	Did   Step           `json:"did"`
	Point string         `json:"point,omitempty"`
	Said  Verdict        `json:"said,omitempty"`
	Case  string         `json:"case,omitempty"`
}

// ReadInspection is the inspection that a dossier holds.
func ReadInspection(d ledger.Dossier) (Inspection, error) {
	var i Inspection
	err := d.Into(&i)
	return i, err
}

// Write makes the write of an inspection as the next version of what was read.
func (i Inspection) Write(read ledger.Dossier, e InspectionEvent) (ledger.DossierWrite, error) {
	read.Kind, read.ID = InspectionDossier, i.ID
	out, err := ledger.WriteDossier(read, i, e)
	if err != nil {
		return out, err
	}
	if i.Done.IsZero() {
		out.On = map[ledger.Shelf]float64{OpenShelf(i.Officer): float64(i.Began.Unix())}
		return out, nil
	}
	end := float64(i.Done.Unix())
	out.On = map[ledger.Shelf]float64{InspectedShelf(i.Site): end, DoneShelf: end}
	out.Off = []ledger.Shelf{OpenShelf(i.Officer)}
	return out, nil
}

// Point finds a question by its code.
func (i *Inspection) Point(code string) (Point, bool) {
	at := slices.IndexFunc(i.Points, func(p Point) bool { return p.Code == code })
	if at < 0 {
		return Point{}, false
	}
	return i.Points[at], true
}

// Answer is what was said of a point so far; the zero Answer for nothing.
func (i *Inspection) Answer(code string) Answer {
	for _, a := range i.Answers {
		if a.Point == code {
			return a
		}
	}
	return Answer{}
}

// Put replaces what was said of a point.
func (i *Inspection) Put(a Answer) {
	i.Answers = slices.Clone(i.Answers)
	for n := range i.Answers {
		if i.Answers[n].Point == a.Point {
			i.Answers[n] = a
			return
		}
	}
	i.Answers = append(i.Answers, a)
}

// Next is the first point that has no verdict; false when all have.
func (i *Inspection) Next() (Point, bool) {
	for _, p := range i.Points {
		if i.Answer(p.Code).Verdict == "" {
			return p, true
		}
	}
	return Point{}, false
}

// Failed lists the answers that found something wrong, in the order of the points.
func (i *Inspection) Failed() []Answer {
	var out []Answer
	for _, p := range i.Points {
		if a := i.Answer(p.Code); a.Verdict == Fails {
			out = append(out, a)
		}
	}
	return out
}
