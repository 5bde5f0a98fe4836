package flow

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/grid/routing"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Book is what a conversation must know of the district. All of it answers at once, from memory.
type Book interface {
	// Classify tells what the words of a complaint are about.
	Classify(text string) category.Verdict
	// Alarm tells what the words, of a report of these kinds of pollution, hit that cannot wait.
	Alarm(text string, kinds []string) incident.Alarm
	// Incidents are the district's rules of incidents.
	Incidents() incident.Rules
	// Trigger is the name, by language, of what raises an alarm.
	Trigger(code string) map[string]string
	// SiteKinds lists the kinds of sites that the district inspects.
	SiteKinds() []site.Kind
	// Downstream lists the neighbours whom water that leaves the district reaches.
	Downstream() []routing.Neighbour
	// Route tells which cells a place belongs to.
	Route(q routing.Query) routing.Answer
	// Path lists the cells from the root down to code; empty for an unknown code.
	Path(code grid.CellCode) []grid.Cell
	// Nearby lists the cells that a case of this cell may belong to instead, likeliest first.
	Nearby(code grid.CellCode) []grid.CellCode
	// Unassigned is the queue for what lies inside the district but in no cell.
	Unassigned() grid.CellCode
	// Responsible is the role of whoever works on a case of the cell at that moment; false when nobody is appointed.
	Responsible(code grid.CellCode, at time.Time) (grid.Role, bool)
	// Departments lists the bodies that may be asked to lead or to help, as the district's plan names them.
	Departments() []grid.Department
	// NamedDepartments lists those of them that the words name, by name or alias.
	NamedDepartments(text string) []grid.Department
	// Proposal tells whom the plan would have in the lead of a report of these categories and kinds, and who supports; false
	// when the plan says nothing of it.
	Proposal(categories, kinds []string) (Proposal, bool)
	// Categories lists the categories in the order in which people are shown them.
	Categories() []category.Category
	// Matter is what is known of a matter that is not environmental.
	Matter(code string) (category.Matter, bool)
	// Authorities lists who may be in charge of a report with these words, kinds and categories instead, the likeliest first.
	Authorities(text string, kinds, categories []string) []category.Option
	// Authority finds a body by what somebody calls it.
	Authority(name string) (category.Option, bool)
	// Neighbour is what is known of a neighbouring district.
	Neighbour(name string) (routing.Neighbour, bool)
	// Rules are the numbers of the conversation.
	Rules() Rules
}

// Rules are the numbers of conversations; they come from the settings of the district, with their sources.
type Rules struct {
	MinHan       int           // Chinese characters that tell an object and what happens (12369 practice: 5)
	MinWords     int           // words that do so in other scripts
	MaxText      int           // characters that one report holds
	MaxFiles     int           // files that one report holds
	MaxOffered   int           // cells, or similar cases, that are offered as buttons
	PlaceTries   int           // how often a place is asked for in words before the report goes to the unassigned queue
	DraftTTL     time.Duration // how long an unfinished report is kept
	Pause        time.Duration // after it, a person is asked whether to go on with the unfinished report
	JoinTime     time.Duration // how long after submitting more words and photos may belong to the report
	LateArrival  time.Duration // between writing and arriving, from which a check-in is told to be late
	ReviewAsk    int           // days to ask for a review, or for the re-review
	ReviewAnswer int           // days in which each is answered
	Hotline      string        // of the government, for what is not ours: 12345
	Emergency    []string      // numbers to call now: fire, police, ambulance
	Location     *time.Location
}

// Proposal is what the district's plan says of a kind of report: the item, who leads and who supports.
type Proposal struct {
	Item     int
	Title    string
	Named    grid.Department // in the lead, as the plan names it
	Lead     grid.Department // the same; none when it is the bureau of the grid itself, for which cells work
	Supports []grid.Department
}
