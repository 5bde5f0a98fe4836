package seeds

import (
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// What Check warns of.
const (
	BlindSpots            = "blind_spots"            // cells in which nobody is chief or inspector
	TooFewInspectors      = "too_few_inspectors"     // cells with one inspector alone: two are the rule
	SampleRoster          = "sample_roster"          // the officers are invented
	UnverifiedSettings    = "unverified_settings"    // numbers that a person should look up
	HolidaysMissing       = "holidays_missing"       // years whose table is not loaded
	ApproximateBoundaries = "approximate_boundaries" // cells whose line is not official
	GuessedCells          = "guessed_cells"          // cells whose place itself is a guess
	NoBoundary            = "no_boundary"            // townships that no point leads to
)

// Warning is something about a district that works but should be mended.
type Warning struct {
	Code  string   // one of the constants: the key of its text is doctor.<code>
	File  string   // where it is mended
	Items []string // codes of cells, names of settings, years
}

// Check lists what works but should be mended. It looks at the roster as it was loaded; CheckRoster looks at another.
func (d *District) Check(now time.Time) []Warning {
	out := d.CheckRoster(grid.NewRoster(0, d.Officers), now)
	out = append(out, d.checkHolidays(now)...)
	var unverified []string
	for _, s := range d.Settings.List() {
		if s.Status == StatusUnverified {
			unverified = append(unverified, s.Name)
		}
	}
	out = warn(out, UnverifiedSettings, settingsFile, append(unverified, d.Unverified...))
	return append(out, d.checkLand()...)
}

// CheckRoster lists what is wrong with who is responsible where, at that moment.
func (d *District) CheckRoster(r *grid.Roster, now time.Time) []Warning {
	var few, invented []string
	watched := make(map[grid.CellCode]int)
	for _, o := range r.Officers() {
		for _, c := range o.Areas(now, grid.Inspector) {
			watched[c]++
		}
		if o.Sample {
			invented = append(invented, string(o.ID))
		}
	}
	spots := r.BlindSpots(d.Tree, now)
	blind := make([]string, 0, len(spots))
	for _, c := range spots {
		blind = append(blind, string(c.Code))
	}
	for _, c := range d.Tree.Cells() {
		if watched[c.Code] == 1 {
			few = append(few, string(c.Code))
		}
	}
	out := warn(nil, BlindSpots, rosterFile, blind)
	out = warn(out, TooFewInspectors, rosterFile, few)
	return warn(out, SampleRoster, rosterFile, invented)
}

// checkHolidays misses this year's table, and next year's from November on, when it is announced.
func (d *District) checkHolidays(now time.Time) []Warning {
	today := now.In(d.Settings.TimeZone)
	years := []int{today.Year()}
	if today.Month() >= time.November {
		years = append(years, today.Year()+1)
	}
	var missing []string
	for _, y := range years {
		if !d.Calendar.Known(y) {
			missing = append(missing, strconv.Itoa(y))
		}
	}
	return warn(nil, HolidaysMissing, holidaysFolder, missing)
}

// checkLand lists cells whose land is not known well, and those of the second level that have none.
func (d *District) checkLand() []Warning {
	var approx, guessed, none []string
	drawn := make(map[string]bool, len(d.Shapes))
	for _, s := range d.Shapes {
		drawn[s.ID] = true
		if s.Approx {
			approx = append(approx, s.ID)
		}
	}
	for _, c := range d.Tree.Cells() {
		if d.Guessed[c.Code] {
			guessed = append(guessed, string(c.Code))
		}
		if c.Level == 2 && c.Kind != grid.UnassignedKind && !drawn[string(c.Code)] {
			none = append(none, string(c.Code))
		}
	}
	out := warn(nil, ApproximateBoundaries, shapesFile, approx)
	out = warn(out, GuessedCells, cellsFile, guessed)
	return warn(out, NoBoundary, shapesFile, none)
}

func warn(out []Warning, code, file string, items []string) []Warning {
	if len(items) == 0 {
		return out
	}
	return append(out, Warning{Code: code, File: file, Items: items})
}
