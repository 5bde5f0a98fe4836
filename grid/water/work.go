package water

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// Work is what it takes to judge the district's water and to see that it gets better.
type Work struct {
	Network

	List        ListRules
	Period      publication.Every // by which sections are judged for their listing
	County      int               // percent of the county's sources that have to reach their class
	Township    int               // and of those of townships
	BlackReply  calendar.Limit    // to answer a report of black and odorous water
	BlackRemind []int             // days before the last day of a treatment
	Own         grid.Department   // the bureau itself: its clerks enter readings of every section
	Location    *time.Location

	Memory *ledger.Remembered[Reading] // of readings, for whoever shows them again and again; may be nil
}

// Reader reads dossiers; a store does.
type Reader interface {
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
}

// readAtOnce is how many readings are asked for at once.
const readAtOnce = 500

// Readings reads a section's readings of the days from From to before To, the oldest first: all of them, for an automatic station
// gives one a day and the newest are the last.
func (w Work) Readings(ctx context.Context, store Reader, section string, from, to time.Time) ([]Reading, error) {
	last := to.In(w.Location).Add(-time.Nanosecond)
	ids, err := store.Shelf(ctx, Readings, SectionShelf(section), DayPlace(from.In(w.Location).Format(time.DateOnly)), DayPlace(last.Format(time.DateOnly)), math.MaxInt32)
	if err != nil {
		return nil, err
	}
	out := make([]Reading, 0, len(ids))
	for some := range slices.Chunk(ids, readAtOnce) {
		docs, err := store.Dossiers(ctx, Readings, some)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			r, err := w.Memory.Read(d, readingOf)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
	}
	return out, nil
}

func readingOf(d ledger.Dossier) (Reading, error) {
	var r Reading
	err := d.Into(&r)
	return r, err
}

// ReadAll reads dossiers of a kind into values, in the order of the ids.
func ReadAll[T any](ctx context.Context, store Reader, kind ledger.DossierKind, ids []string) ([]T, error) {
	docs, err := store.Dossiers(ctx, kind, ids)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(docs))
	for i, d := range docs {
		if err := d.Into(&out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Periods judges the newest n periods of a section up to the one of now, the oldest first; periods without readings are there, too.
func (w Work) Periods(ctx context.Context, store Reader, s Section, every publication.Every, n int, now time.Time) ([]Judged, error) {
	spans := []publication.Period{every.At(now, w.Location)}
	for len(spans) < n {
		spans = append(spans, every.At(spans[len(spans)-1].From.Add(-time.Nanosecond), w.Location))
	}
	slices.Reverse(spans)
	readings, err := w.Readings(ctx, store, s.ID, spans[0].From, spans[len(spans)-1].To)
	if err != nil {
		return nil, err
	}
	out := make([]Judged, len(spans))
	for i, p := range spans {
		out[i] = w.Rules.Over(s, p, readings)
	}
	return out, nil
}

// In judges a section's readings of one period.
func (w Work) In(ctx context.Context, store Reader, s Section, p publication.Period) (Judged, error) {
	readings, err := w.Readings(ctx, store, s.ID, p.From, p.To)
	return w.Rules.Over(s, p, readings), err
}

// Ended leaves out periods that are not over: what was measured of them so far is not all yet.
func Ended(all []Judged, now time.Time) []Judged {
	return slices.DeleteFunc(slices.Clone(all), func(j Judged) bool { return now.Before(j.Period.To) })
}
