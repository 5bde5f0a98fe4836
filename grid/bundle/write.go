package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed" // for the readme and the script
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

//go:embed readme.txt
var readme []byte

//go:embed verify.py
var script []byte

var errOriginals = errors.New("originals are for courts only: they tell where a reporter stood")

// Write packs the case into out. Files that are not there to be shown are left out and said to be; an original that was
// asked for and is missing is an error.
func Write(ctx context.Context, out io.Writer, c Case, files Files) error {
	if c.Originals && c.For != Court {
		return errOriginals
	}
	w := &writer{zip: zip.NewWriter(out), at: c.At}
	events, err := eventLines(c)
	if err != nil {
		return err
	}
	w.add(readmeName, readme)
	w.add(scriptName, script)
	w.json(headName, head{
		Case: c.Case.ID, Number: c.Case.Number, CaseNo: c.Case.CaseNo, Events: c.Case.Events, Head: c.Case.Head, For: c.For, Exported: c.At,
	})
	told := summary{
		Number: c.Case.Number, CaseNo: c.Case.CaseNo, State: c.Case.State, Categories: c.Case.Categories, Cell: string(c.Case.Cell),
		Place: c.Place, Created: c.Case.CreatedAt, Closed: c.Case.ClosedAt, Disposition: c.Case.Disposition, Reply: c.Case.Reply,
	}
	if c.For == Authority {
		told.Verdict, told.Finding = c.Case.Verdict, c.Case.Finding
	}
	w.json(summaryName, told)
	if c.For == Court {
		w.add(caseName, c.Case.Matter())
	}
	w.add(eventsName, events)
	w.add(anchorsName, lines(c.Anchors))
	w.evidence(ctx, c, files)
	w.add(manifestName, w.manifest.Bytes())
	return errors.Join(w.err, w.zip.Close())
}

type writer struct {
	zip      *zip.Writer
	at       time.Time
	manifest bytes.Buffer
	err      error
}

// add puts a file into the bundle and into its manifest.
func (w *writer) add(name string, data []byte) {
	if w.err != nil {
		return
	}
	f, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.at})
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		w.err = fmt.Errorf("bundle: %s: %w", name, err)
		return
	}
	sum := sha256.Sum256(data)
	fmt.Fprintf(&w.manifest, "%s  %s\n", hex.EncodeToString(sum[:]), name)
}

func (w *writer) json(name string, v any) {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("bundle: %s: %w", name, err)
	}
	w.add(name, append(b, '\n'))
}

// lines ends each line.
func lines(list []string) []byte {
	if len(list) == 0 {
		return nil
	}
	return []byte(strings.Join(list, "\n") + "\n")
}

// eventLines writes each event as it was hashed, or as its hash when its words are not for this audience.
func eventLines(c Case) ([]byte, error) {
	out := make([]string, len(c.Events))
	for i, e := range c.Events {
		if c.For == Court || open(e) || c.For == Authority && official[e.Action] {
			out[i] = string(e.Hashed())
			continue
		}
		b, err := json.Marshal(withheld{Withheld: true, Seq: e.Seq, At: e.At, Action: e.Action, Hash: e.Hash})
		if err != nil {
			return nil, fmt.Errorf("bundle: event %d: %w", e.Seq, err)
		}
		out[i] = string(b)
	}
	return lines(out), nil
}

// openNotes are the notes of events that anybody may read: facts and codes, and the answer that the reporter was given.
var openNotes = map[string]bool{
	"cell": true, "disposition": true, "reply": true, "stage": true, "files": true, "sha256": true, "size": true, "type": true,
	"lost": true, "clock": true, "limit": true, "stale": true, "for": true, "originals": true,
}

// official are the events that police and prosecutors may read whole: what officers did and found. What the public wrote, what was asked
// of whoever reported, and what was done about them is not among them.
var official = map[casework.Action]bool{
	casework.Accept: true, casework.HandOn: true, casework.Assign: true, casework.AnswerTask: true, casework.Take: true, casework.AddEvidence: true,
	casework.SealEvidence: true, casework.Investigate: true, casework.HandIn: true, casework.ApproveFinding: true, casework.Close: true,
	casework.Supervise: true, casework.Issue: true, casework.Export: true,
}

// open tells whether anybody may read the event. What is not known to be harmless is not.
func open(e casework.Event) bool {
	for k := range e.Note {
		if !openNotes[k] {
			return false
		}
	}
	return true
}
