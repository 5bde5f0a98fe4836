package ledger

import (
	"encoding/json"
	"fmt"
)

// DossierKind names what dossiers are about: sites, patrols, measures of the plan.
type DossierKind string

// Dossier is the document of something that is not a case. What its JSON means is the business of the package that the kind
// belongs to; the store keeps it, its version and its history.
type Dossier struct {
	Kind    DossierKind
	ID      string // unique in its kind
	Version int64  // 0: there is none yet
	Body    []byte // JSON
}

// Into reads the body. A dossier that does not exist leaves v as it is.
func (d Dossier) Into(v any) error {
	if d.Version == 0 {
		return nil
	}
	if err := json.Unmarshal(d.Body, v); err != nil {
		return fmt.Errorf("dossier %s %s: %w", d.Kind, d.ID, err)
	}
	return nil
}

// Shelf is an ordered list of dossiers of one kind, such as the sites of a cell by the day on which they are due.
type Shelf string

// DossierWrite replaces a dossier, or makes it, if it is still at its Version, and adds to its history. What stands on a shelf
// stays there until Off names the shelf. Markers of the change's numbers are replaced in bodies and events.
type DossierWrite struct {
	Dossier

	Events [][]byte          // JSON, for the end of its history; nobody ever alters what stands there
	On     map[Shelf]float64 // shelves, and the place on each
	Off    []Shelf
	Files  []string // Telegram's unique ids of files that it names: they stay in the evidence store for good
}

// Stand puts the dossier on a shelf at a place, or takes it off.
func (w *DossierWrite) Stand(on bool, shelf Shelf, place float64) {
	if !on {
		w.Off = append(w.Off, shelf)
		return
	}
	if w.On == nil {
		w.On = make(map[Shelf]float64)
	}
	w.On[shelf] = place
}

// WriteDossier makes the write of v as the next version of what was read, with its events.
func WriteDossier(read Dossier, v any, events ...any) (DossierWrite, error) {
	w := DossierWrite{Dossier: read}
	var err error
	if w.Body, err = json.Marshal(v); err != nil {
		return w, fmt.Errorf("dossier %s %s: %w", read.Kind, read.ID, err)
	}
	for _, e := range events {
		line, err := json.Marshal(e)
		if err != nil {
			return w, fmt.Errorf("event of dossier %s %s: %w", read.Kind, read.ID, err)
		}
		w.Events = append(w.Events, line)
	}
	return w, nil
}
