package assess

import (
	"encoding/json"
	"fmt"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Dossiers is the kind under which assessments are kept, each under its period; All is the shelf of them all, by the end of the
// period.
const (
	Dossiers ledger.DossierKind = "assessment"
	All      ledger.Shelf       = "all"
)

// Read is the assessment that a dossier holds; the zero one when there is none.
func Read(d ledger.Dossier) (Assessment, error) {
	var a Assessment
	err := d.Into(&a)
	return a, err
}

// Write is the write of an assessment as it is after an event. The files of its comments stay.
func Write(read ledger.Dossier, after Assessment, e Event) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, after, e)
	w.On = map[ledger.Shelf]float64{All: float64(after.To.Unix())}
	for _, c := range after.Comments {
		for _, f := range c.Files {
			w.Files = append(w.Files, f.Unique)
		}
	}
	return w, err
}

// ReadHistory reads the lines of a history.
func ReadHistory(lines [][]byte) ([]Event, error) {
	out := make([]Event, len(lines))
	for i, line := range lines {
		if err := json.Unmarshal(line, &out[i]); err != nil {
			return nil, fmt.Errorf("history of an assessment, line %d: %w", i+1, err)
		}
	}
	return out, nil
}
