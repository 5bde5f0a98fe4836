package water

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Treatments is the kind under which the treatment of black and odorous water bodies is kept, each under the number of its site;
// AllTreated is the shelf of them all, and Untreated of those that are not finished, by the day until which they have to be.
const (
	Treatments ledger.DossierKind = "black_water"
	AllTreated ledger.Shelf       = "all"
	Untreated  ledger.Shelf       = "open"
)

// BlackWater is what the kind of such sites, and of reports of such water, is called in a district's tables.
const BlackWater = "black_water"

// Stage is how far a treatment is.
type Stage string

// The stages, in their order.
const (
	Found   Stage = "found"
	Treated Stage = "treating"
	Done    Stage = "done"   // the work is finished, and is looked at
	Struck  Stage = "struck" // off the list (销号)
)

// Stages lists them.
func Stages() []Stage { return []Stage{Found, Treated, Done, Struck} }

// Treatment is a black and odorous water body with who has to treat it until when.
type Treatment struct {
	Site    string          `json:"site"` // the number of its site
	Name    string          `json:"name"`
	Cell    grid.CellCode   `json:"cell"`
	Unit    grid.Department `json:"unit"`
	Person  string          `json:"person"` // in charge (责任人), as it is published
	Due     string          `json:"due"`    // the last day (完成期限), 2006-01-02
	Added   time.Time       `json:"added"`
	Stage   Stage           `json:"stage"`
	Percent int             `json:"percent"`
	Notes   []Note          `json:"notes,omitempty"`
	Struck  time.Time       `json:"struck,omitzero"`

	Reminded Reminded `json:"reminded,omitempty"`
}

// Note is progress that was reported.
type Note struct {
	At      time.Time      `json:"at"`
	By      grid.OfficerID `json:"by"`
	Stage   Stage          `json:"stage"`
	Percent int            `json:"percent"`
	Words   string         `json:"words"`
}

// TreatmentEvent is an entry of a treatment's history.
type TreatmentEvent struct {
	At     time.Time      `json:"at"`
	By     grid.OfficerID `json:"by,omitempty"`
	Via    string         `json:"via,omitempty"`
	Did    string         `json:"did"`
	Due    string         `json:"due,omitempty"`
	Person string         `json:"person,omitempty"`
	Note   *Note          `json:"note,omitempty"`
}

// What happens to a treatment.
const (
	DidRegister = "register"
	DidChange   = "change" // of the day or the person
	DidProgress = "progress"
	DidStrike   = "strike"
)

// Register puts a water body on the list, or changes who treats it until when. Invalid: a day that is none, or nobody.
func (x Treatment) Register(site, name string, cell grid.CellCode, unit grid.Department, person, due string, now time.Time) (Treatment, TreatmentEvent, error) {
	if _, err := time.Parse(time.DateOnly, due); err != nil || person == "" {
		return x, TreatmentEvent{}, grid.Fail(grid.Invalid, "error.black.form")
	}
	e := TreatmentEvent{At: now, Did: DidChange, Due: due, Person: person}
	if x.Site == "" {
		x.Added, x.Stage, e.Did = now, Found, DidRegister
	}
	x.Site, x.Name, x.Cell, x.Unit, x.Person, x.Due = site, name, cell, unit, person, due
	return x, e, nil
}

// Progress reports how far the treatment is; with 100 percent the work is done. Conflict: it is off the list; Invalid: no percentage,
// or no words.
func (x Treatment) Progress(percent int, words string, by grid.OfficerID, now time.Time) (Treatment, TreatmentEvent, error) {
	const whole = 100
	switch {
	case x.Stage == Struck:
		return x, TreatmentEvent{}, grid.Fail(grid.Conflict, "error.black.struck")
	case percent < 0 || percent > whole || words == "":
		return x, TreatmentEvent{}, grid.Fail(grid.Invalid, "error.black.progress")
	}
	x.Percent, x.Stage = percent, Treated
	if percent == whole {
		x.Stage = Done
	}
	n := Note{At: now, By: by, Stage: x.Stage, Percent: percent, Words: words}
	x.Notes = append(slices.Clone(x.Notes), n)
	return x, TreatmentEvent{At: now, By: by, Did: DidProgress, Note: &n}, nil
}

// Strike takes a water body whose treatment is done off the list. Conflict: it is not done.
func (x Treatment) Strike(words string, by grid.OfficerID, now time.Time) (Treatment, TreatmentEvent, error) {
	if x.Stage != Done {
		return x, TreatmentEvent{}, grid.Fail(grid.Conflict, "error.black.not_done")
	}
	x.Stage, x.Struck = Struck, now
	n := Note{At: now, By: by, Stage: Struck, Percent: x.Percent, Words: words}
	x.Notes = append(slices.Clone(x.Notes), n)
	return x, TreatmentEvent{At: now, By: by, Did: DidStrike, Note: &n}, nil
}

// end is the first instant after its last day.
func (x Treatment) end(loc *time.Location) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, x.Due, loc)
	if err != nil {
		return time.Time{}
	}
	return t.AddDate(0, 0, 1)
}

// Late tells whether the last day is over and the work is not done.
func (x Treatment) Late(now time.Time, loc *time.Location) bool {
	return (x.Stage == Found || x.Stage == Treated) && !now.Before(x.end(loc))
}

// Reminder is what the unit is reminded of now: the days that are left, or "late", with the day, so that a new day is a new
// reminder. Nothing when there is nothing, or it was said already.
func (x Treatment) Reminder(days []int, now time.Time, loc *time.Location) string {
	if x.Stage != Found && x.Stage != Treated {
		return ""
	}
	if of := ofLastDay(x.Due, x.end(loc), days, now); !x.Reminded[of] {
		return of
	}
	return ""
}

// Remind notes that the unit was reminded.
func (x Treatment) Remind(of string, now time.Time) (Treatment, TreatmentEvent) {
	x.Reminded = x.Reminded.with(of)
	return x, TreatmentEvent{At: now, Did: string(DidRemind)}
}

// Write makes the write of a treatment.
func (x Treatment) Write(read ledger.Dossier, e TreatmentEvent) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, x, e)
	w.Stand(true, AllTreated, DayPlace(x.Due))
	w.Stand(x.Stage == Found || x.Stage == Treated, Untreated, DayPlace(x.Due))
	return w, err
}

// PublicTreatment is what anybody may see of a treatment: everything but who reported progress.
type PublicTreatment struct {
	Site    string
	Name    string
	Cell    grid.CellCode
	Unit    grid.Department
	Person  string
	Due     string
	Stage   Stage
	Percent int
	Late    bool
	Notes   []PublicReport
	Struck  time.Time
}

// Public is the public part of a treatment; false for one that is not registered.
func (x Treatment) Public(now time.Time, loc *time.Location) (PublicTreatment, bool) {
	if x.Site == "" {
		return PublicTreatment{}, false
	}
	p := PublicTreatment{
		Site: x.Site, Name: x.Name, Cell: x.Cell, Unit: x.Unit, Person: x.Person, Due: x.Due, Stage: x.Stage, Percent: x.Percent,
		Late: x.Late(now, loc), Struck: x.Struck,
	}
	for _, n := range x.Notes {
		p.Notes = append(p.Notes, PublicReport{At: n.At, Words: n.Words})
	}
	return p, true
}
