package seeds

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"github.com/gridwarden/gridwarden/grid/calendar"
)

// The holidays of the whole country, one file a year, so that a district needs none of its own.
//
//go:embed holidays/*.json
var national embed.FS

const holidaysFolder = "holidays"

// loadHolidays reads the yearly tables; a file in the district's own folder takes the place of the national one of
// that name, or adds a year that the program does not know yet.
func (l *loader) loadHolidays() {
	before := len(l.faults.list)
	files := make(map[string]fs.FS)
	for _, fsys := range []fs.FS{national, l.fsys} {
		names, err := fs.Glob(fsys, holidaysFolder+"/*.json")
		if err != nil {
			l.faults.add(holidaysFolder, 0, "a readable folder", "%v", err)
		}
		for _, name := range names {
			files[name] = fsys
		}
	}
	for name, fsys := range files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			l.faults.add(name, 0, "a readable file", "%v", err)
			continue
		}
		y, err := calendar.ParseYear(data)
		if err != nil {
			l.faults.add(name, 0, "the table of one year's days off and made-up days", "%v", err)
			continue
		}
		if want := strconv.Itoa(y.Year) + ".json"; path.Base(name) != want {
			l.faults.add(name, 0, "the file name "+want, "the table is for the year %d", y.Year)
		}
		l.d.Years = append(l.d.Years, y)
	}
	slices.SortFunc(l.d.Years, func(a, b calendar.Year) int { return a.Year - b.Year })
	loc := l.d.Settings.TimeZone
	if loc == nil || len(l.faults.list) > before {
		return // a fault already
	}
	cal, err := calendar.New(loc, l.d.Years...)
	if err != nil {
		l.faults.add(holidaysFolder, 0, "years that agree with each other", "%v", err)
	}
	l.d.Calendar = cal
}
