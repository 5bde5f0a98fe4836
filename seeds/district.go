package seeds

import (
	"bytes"
	"errors"
	"io/fs"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/coverage"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/grid/water"
)

const districtFile = "district.yaml"

// District is everything a folder says about one district, checked: every reference in it points to something.
type District struct {
	Code         grid.CellCode
	Names        map[string]string // by language tag
	Tree         *grid.Tree
	Shapes       []geo.Shape            // the land of cells; ID is the cell's code
	Guessed      map[grid.CellCode]bool // cells whose centre, and so whose land, is a guess
	Outline      geo.MultiPolygon       // the district's own line
	Places       []routing.Place
	Neighbours   []routing.Neighbour
	Departments  []Department
	Plan         plan.Plan      // zero when the folder has none
	Measures     []plan.Measure // the plan's
	Categories   []category.Category
	Matters      []category.Matter
	Authorities  []category.Authority
	Years        []calendar.Year // holidays, by year
	Calendar     *calendar.Calendar
	Settings     Settings
	Alarms       incident.Words    // what raises an alarm
	Incidents    incident.Rules    // how incidents are graded and who is told
	Boards       []board.Board     // which public boards have to stand
	Assessment   assess.Scheme     // how units are assessed; without indicators nobody is
	Credit       enterprise.Scheme // of the credit grade of enterprises; without grades nobody is graded
	Patrols      patrol.Norms      // what is asked of patrols
	Rounds       []coverage.Rhythm // how often cells and rivers are visited
	Unverified   []string          // what a person should look up besides settings
	Officers     []grid.Officer
	SampleSites  []site.Site             // invented ones, for the demonstration
	Checklists   map[string][]site.Point // what is asked at sites, by kind
	Standard     water.Standard          // by which water is judged
	Sections     []water.Section         // where it is looked at
	SiteKinds    []site.Kind             // what is inspected, and how often
	Publications []publication.Duty      // what is owed to the public at set times
	PostSamples  []post.Sample           // ready texts for the seasons
	Naming       casework.Naming         // by which words a report names the people of its own cells
	Sources      []Source                // where the lines and lists come from that the public sees

	cells sheet.Table // as they were written
}

// Source is where something that the public sees comes from, as its licence wants it said.
type Source struct {
	Names   map[string]string // of what was taken, by language tag
	From    string            // by whom, and where it lies
	Licence string
}

// loader is one reading of a folder.
type loader struct {
	fsys     fs.FS
	faults   faults
	d        *District
	levels   []string
	cells    []grid.Cell
	position map[grid.CellCode]int // of a code in cells
	cellLine map[grid.CellCode]int // of a code in its file
	index    *geo.Index
	words    words // of categories and matters
	rivers   map[string]river
}

// Load reads a district's folder. The error joins a *Fault for everything that is wrong with it, each with file, line,
// what is wrong and what was expected.
func Load(fsys fs.FS) (*District, error) {
	l := &loader{fsys: fsys, words: words{}, d: &District{Guessed: make(map[grid.CellCode]bool)}}
	l.loadDistrict()
	l.loadSettings()
	l.loadHolidays()
	l.loadDepartments()
	l.loadCategories()
	l.loadSites()
	l.loadPlan()
	l.loadChecklists()
	l.loadMatters()
	l.loadAuthorities()
	l.loadAlarms()
	l.loadIncidents()
	l.loadAssessment()
	l.loadCredit()
	l.loadPatrols()
	l.loadPublications()
	l.loadPosts()
	l.loadNeighbours()
	l.loadCells()
	l.loadBoards()
	l.loadBoundaries()
	l.loadRivers()
	l.loadPlaces()
	l.loadSections()
	l.loadRoster()
	l.loadNaming()
	l.plantTree()
	l.loadSampleSites()
	if err := l.faults.err(); err != nil {
		return nil, err
	}
	return l.d, nil
}

// exists tells whether the folder has the file.
func (l *loader) exists(file string) bool {
	_, err := fs.Stat(l.fsys, file)
	return !errors.Is(err, fs.ErrNotExist)
}

// read returns a file of the folder; a missing one is a fault.
func (l *loader) read(file string) ([]byte, bool) {
	data, err := fs.ReadFile(l.fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.faults.add(file, 0, "this file in the district's folder", "the file is missing")
	case err != nil:
		l.faults.add(file, 0, "a readable file", "%v", err)
	}
	if err != nil {
		return nil, false
	}
	if at := notUTF8(data); at >= 0 {
		l.faults.add(file, 1+bytes.Count(data[:at], []byte("\n")), "UTF-8; in a spreadsheet: save as CSV UTF-8",
			"the text is not UTF-8")
		return nil, false
	}
	return data, true
}

// notUTF8 is where a text stops being UTF-8, or -1: spreadsheets on Chinese Windows write GBK unless told otherwise.
func notUTF8(data []byte) int {
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// open reads a YAML file of the folder as a block of exactly these keys.
func (l *loader) open(file string, keys ...string) (fields, bool) { return l.openWith(file, keys) }

// openWith is open for a block in which some keys may be missing.
func (l *loader) openWith(file string, keys []string, optional ...string) (fields, bool) {
	data, ok := l.read(file)
	if !ok {
		return fields{}, false
	}
	root, ok := readYAML(file, data, &l.faults)
	if !ok {
		return fields{}, false
	}
	return root.fields(keys, optional...), true
}

// loadDistrict reads the names of the district and of its levels.
func (l *loader) loadDistrict() {
	f, ok := l.openWith(districtFile, []string{"names", "levels"}, "sources")
	if !ok {
		return
	}
	l.d.Names = f.names()
	l.levels = f.texts("levels")
	if n := len(l.levels); f.has("levels") && n < 2 {
		f.byKey["levels"].fault("two levels or more, the district's first", "%d levels", n)
	}
	for _, n := range f.items("sources") {
		x := n.fields([]string{"names", "from", "licence"})
		l.d.Sources = append(l.d.Sources, Source{Names: x.names(), From: x.text("from"), Licence: x.text("licence")})
	}
}
