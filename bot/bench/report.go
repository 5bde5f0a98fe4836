package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// What a person brings along with a report, in bytes: words, a photograph's two names and a place. These are the sizes by
// which stores are compared here.
const (
	wordsSize  = 115
	fileSize   = 90 // Telegram's file id
	uniqueSize = 15 // its unique part
	userBytes  = wordsSize + fileSize + uniqueSize + 2*8 /* place */ + 8 /* who */ + 8 /* when */ + len("water")
)

// nextID is a new case's name, as long as real ones.
func (w *warehouse) nextID() string { return fmt.Sprintf("%012x", w.serial.Add(1)) }

// report makes a citizen's report that is not stored yet, and the change that stores it: the case with its clock and the
// first event of its history, every index, a number, a figure for the digest and the confirmation in the outbox.
func (w *warehouse) report(id string, now time.Time) (ledger.Change, error) {
	who := grid.PersonID("p-" + id)
	town := w.towns[int(w.serial.Load())%len(w.towns)]
	at := scatter(*town.Centre, w.serial.Load())
	c := casework.Case{
		ID: casework.CaseID(id), Number: ledger.ReportMarker, Code: "K7M2QX", Source: casework.FromCitizen, Reporter: who,
		Categories: []string{"water"}, Text: strings.Repeat("x", wordsSize), Cell: town.Code, CreatedAt: now, Point: &at,
		Evidence: []casework.Evidence{{
			File: strings.Repeat("u", uniqueSize), ID: strings.Repeat("f", fileSize), Kind: "photo", Stage: casework.AsReported, At: now, Arrived: now,
		}},
	}
	next, event, err := w.work.Apply(c, casework.Act{Action: casework.Submit, Person: who, At: now}, grid.NewRoster(1, nil), now)
	if err != nil {
		return ledger.Change{}, err
	}
	year := now.Year()
	return ledger.Change{
		At:      now,
		Cases:   []ledger.CaseWrite{{After: next, Events: []casework.Event{event}}},
		Numbers: []ledger.Number{{Series: "report", Year: year, Format: strconv.Itoa(year) + "-%05d", Marker: ledger.ReportMarker}},
		Counts:  []ledger.Count{{Day: now.Format(time.DateOnly), Field: "reported/" + string(town.Code), N: 1}},
		Outbox:  []ledger.Message{{To: who, Priority: ledger.Reply, Kind: "report.registered", Text: "registered " + ledger.ReportMarker, At: now}},
	}, nil
}

// scatter is one of many places within a kilometre of p.
func scatter(p geo.Point, n int64) geo.Point {
	const span, step = 0.02, 0.6180339887
	x := float64(n) * step
	y := float64(n) * step * step * 1.3
	return geo.Point{Lon: p.Lon + (x-float64(int64(x))-.5)*span, Lat: p.Lat + (y-float64(int64(y))-.5)*span}
}
