package seeds

import "slices"

// Cron is five cron fields: minute, hour, day, month, weekday, in the district's time zone.
type Cron string

// Setting is one number as the file gives it, for the documentation and for doctor.
type Setting struct {
	Name, Value, Unit string
	Source            string // regulation and article, item of the plan, practice
	Status            string // one of the Status constants
	Note              string
	Line              int

	cell string // the value as a spreadsheet holds it
}

// How far a setting binds or can be trusted.
const (
	StatusCertain    = "certain"    // the rule's own text was read
	StatusLocal      = "local"      // binds elsewhere; taken over as a sensible default
	StatusUnverified = "unverified" // not read in the rule's own text: a person should look it up
	StatusOurs       = "ours"       // chosen for this program
)

// List is every setting in the order of the file.
func (s Settings) List() []Setting { return slices.Clone(s.list) }
