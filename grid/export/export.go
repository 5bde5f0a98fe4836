// Package export is what officials take out of the system: a table of cases, a register, a file of one case. A long one is
// made beside the chats; what was asked for is a dossier, so that a restart goes on with it.
package export

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Kind is the kind of the dossiers of requests.
const Kind ledger.DossierKind = "export"

// Waiting is the shelf of requests that are not done, by when they were asked for, in milliseconds.
const Waiting ledger.Shelf = "waiting"

// What is what somebody wants.
type What string

// What can be exported.
const (
	Cases       What = "cases"       // a workbook of the cases of a time and a cell
	Sites       What = "sites"       // a workbook of the register
	Coverage    What = "coverage"    // a workbook of what was visited and missed
	Enterprises What = "enterprises" // a workbook of the register of enterprises
	Facts       What = "facts"       // a workbook of what was found at enterprises
	Readings    What = "readings"    // a workbook of what was measured at the sections
	Plan        What = "plan"        // a workbook of the measures of the plan and their milestones
	File        What = "file"        // one case on paper
)

// Registers lists what is exported whole, as far as the person may see it.
func Registers() []What { return []What{Sites, Coverage, Enterprises, Facts, Readings, Plan} }

// Request is one export that somebody asked for. Whether they may is asked again when it is made.
type Request struct {
	ID      string          `json:"id"`
	By      grid.PersonID   `json:"by"`
	Lang    string          `json:"l"`
	What    What            `json:"w"`
	From    time.Time       `json:"f,omitzero"` // cases that came in from then on
	To      time.Time       `json:"t,omitzero"` // and before then
	Cell    grid.CellCode   `json:"c,omitempty"`
	Open    bool            `json:"o,omitempty"` // only open cases
	Case    casework.CaseID `json:"ca,omitempty"`
	At      time.Time       `json:"at"`
	Message int             `json:"m,omitempty"` // that shows how far it is; 0: none does
	Tries   int             `json:"n,omitempty"` // that ended before they were done
	Done    time.Time       `json:"d,omitzero"`
	Fault   string          `json:"e,omitempty"` // the sentence that said why not
}

// Write makes the request, as it is now, the next version of its dossier.
func (r Request) Write(read ledger.Dossier) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, r)
	w.Stand(r.Done.IsZero(), Waiting, float64(r.At.UnixMilli()))
	return w, err
}
