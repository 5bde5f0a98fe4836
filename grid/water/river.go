package water

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/publication"
)

// RiverStand is how one river or lake stands in a period, by the district's sections on it.
type RiverStand struct {
	River  string
	Body   Body
	Period publication.Period
	Basin
}

// Rivers judges every river and lake by the newest period in which any of its sections was sampled, in the order of the district's
// file. periods are those of each section, of the same spans. A river of which nothing was read has no period and no quality; a section
// that was not sampled in its river's period leaves the river unjudged, and is counted.
func (r Rules) Rivers(periods [][]Judged) []RiverStand {
	type water struct {
		river string
		body  Body
	}
	var order []water
	of := make(map[water][][]Judged)
	for _, section := range periods {
		if len(section) == 0 {
			continue
		}
		x := section[0].Section
		if x.River == "" || x.Counted() {
			continue
		}
		w := water{x.River, x.Body}
		if of[w] == nil {
			order = append(order, w)
		}
		of[w] = append(of[w], section)
	}
	out := make([]RiverStand, len(order))
	for i, w := range order {
		out[i] = r.river(RiverStand{River: w.river, Body: w.body}, of[w])
	}
	return out
}

// river judges one river by the periods of its sections.
func (r Rules) river(out RiverStand, sections [][]Judged) RiverStand {
	for _, section := range sections {
		for _, j := range section {
			if !j.Empty() && j.Period.From.After(out.Period.From) {
				out.Period = j.Period
			}
		}
	}
	samples := make([][]Sample, len(sections))
	for i, section := range sections {
		at := slices.IndexFunc(section, func(j Judged) bool { return j.Period.Name == out.Period.Name })
		if at >= 0 {
			samples[i] = section[at].samples()
		}
	}
	out.Basin = r.JudgeBasin(out.Body, samples)
	return out
}

// Class is the class of a river of fewer than five sections; false for one that cannot be judged, or is judged by shares.
func (b Basin) Class() (Class, bool) {
	if b.Quality == "" || b.Verdict == nil {
		return 0, false
	}
	return b.Verdict.Class()
}

// Main lists the main pollutants of a river that is judged by means.
func (b Basin) Main() []Finding {
	if b.Quality == "" || b.Verdict == nil {
		return nil
	}
	return b.Verdict.Main()
}

// samples are what the readings of the period measured.
func (j Judged) samples() []Sample {
	var out []Sample
	for _, x := range j.Readings {
		if x.Now.Values != nil {
			out = append(out, x.Now.Values)
		}
	}
	return out
}
