package water

import (
	"cmp"
	"slices"
)

// Sample is what one sampling measured, by item.
type Sample map[string]Value

// Finding is what the samples of a period say of one item.
type Finding struct {
	Code    string
	N       int    // samples that measured it; 0: it is missing
	Mean    Amount // with non-detects as the office counts them
	Unknown bool   // not detected, and the detection limit is not known
	Absent  bool   // no sample detected it: the mean is what the office counts for that
	Best    Class  // it is no better than this
	Worst   Class  // and no worse
	Over    Amount // the share by which the mean passes the limit of class III; 0 where that cannot be said
	Metal   bool
}

// Certain tells whether the item has one class.
func (f Finding) Certain() bool { return f.Best == f.Worst }

// Missing tells whether no sample measured it.
func (f Finding) Missing() bool { return f.N == 0 }

// Verdict is what the samples of a period say of a section. What cannot be known leaves a class between two.
type Verdict struct {
	Body     Body
	Samples  int
	Findings []Finding // of every item that counts, in the order of the standard
	Others   []Finding // of items that were measured and do not count, without a class
	Best     Class
	Worst    Class

	main int // main pollutants that are named at most
}

// Judge gives the verdict on the samples of a period: the arithmetic mean of each item first, then the single worst of the items
// that count. Nothing measured is no verdict: Best is I, and Worst is Worse.
func (r Rules) Judge(b Body, samples []Sample) Verdict {
	v := Verdict{Body: b, Samples: len(samples), Best: I, Worst: I, main: r.Standard.Main}
	for _, i := range r.Standard.Items {
		f := r.find(i, b, samples)
		if !i.Judged {
			if f.N > 0 {
				f.Best, f.Worst, f.Over = 0, 0, 0
				v.Others = append(v.Others, f)
			}
			continue
		}
		v.Findings = append(v.Findings, f)
		v.Best, v.Worst = max(v.Best, f.Best), max(v.Worst, f.Worst)
	}
	return v
}

// sums is what the samples say of one item, added up.
type sums struct {
	n, detected              int
	least, counted, greatest Amount // with non-detects as nothing, as they are counted, and as their limit
	unknown                  bool   // a non-detect without its limit is among them
	vague                    bool   // or one whose limit is too high
}

// sum adds up the samples of one item.
func (r Rules) sum(i Item, b Body, samples []Sample) sums {
	var t sums
	for _, s := range samples {
		v, ok := s[i.Code]
		if !ok {
			continue
		}
		t.n++
		t.unknown = t.unknown || v.Below && v.Amount == 0
		t.greatest += v.Amount
		if !v.Below {
			t.detected++
			t.least, t.counted = t.least+v.Amount, t.counted+v.Amount
			continue
		}
		t.counted += r.counts(v.Amount)
		t.vague = t.vague || i.vague(b, v.Amount)
	}
	return t
}

// find is what the samples say of one item.
func (r Rules) find(i Item, b Body, samples []Sample) Finding {
	f := Finding{Code: i.Code, Best: I, Worst: Worse, Metal: i.Metal}
	t := r.sum(i, b, samples)
	f.N, f.Unknown = t.n, t.unknown
	if f.N == 0 {
		return f
	}
	f.Mean, f.Absent = mean(t.counted, f.N, i.Least), t.detected == 0
	low, high := i.Class(b, mean(t.least, f.N, i.Least)), i.Class(b, mean(t.greatest, f.N, i.Least))
	switch {
	case f.Unknown && i.Least, t.vague && i.High > 0: // anything is possible
	case f.Unknown:
		f.Best = low
	case t.vague:
		f.Best, f.Worst = min(low, high), max(low, high)
	default:
		f.Best = i.Class(b, f.Mean)
		f.Worst = f.Best
	}
	if limit, ok := i.Limit(b, III); ok && i.Rated && f.Best > III && limit > 0 {
		f.Over = over(f.Mean, limit)
	}
	return f
}

// vague tells whether a detection limit is too high to say how good the water is: less than that may be of more than one class.
func (i Item) vague(b Body, limit Amount) bool {
	strictest := I
	if i.Least {
		strictest = V
	}
	a, ok := i.Limit(b, strictest)
	return i.High > 0 || ok && limit > a
}

// counts is how a non-detect counts in a mean.
func (r Rules) counts(limit Amount) Amount {
	if r.NonDetect == WholeLimit {
		return limit
	}
	return limit / 2
}

// over is the share by which an amount passes a limit.
func over(a, limit Amount) Amount {
	whole, part := (a-limit)/limit, (a-limit)%limit
	return whole*one + Amount(float64(part)/float64(limit)*float64(one))
}

// Class is the class of the section; false when it cannot be judged.
func (v Verdict) Class() (Class, bool) {
	if v.Samples == 0 || v.Best != v.Worst {
		return 0, false
	}
	return v.Best, true
}

// Standing is whether a target is reached.
type Standing string

// The standings.
const (
	Met      Standing = "met"
	NotMet   Standing = "not_met"
	Unjudged Standing = "unjudged" // something is missing, or the detection limit is too high
)

// Meets tells whether a target is reached: that is another question than the class, and may have an answer when the class has
// none. What cannot be judged is not reached.
func (v Verdict) Meets(target Class) Standing {
	switch {
	case v.Samples > 0 && v.Worst <= target:
		return Met
	case v.Samples > 0 && v.Best > target:
		return NotMet
	}
	return Unjudged
}

// Main lists the main pollutants (主要污染指标): of a section that is worse than III for certain, the worst that are, as many as the standard says, by
// class, then cyanide and heavy metals, then by how far the limit of III is passed.
func (v Verdict) Main() []Finding {
	if v.Samples == 0 || v.Best <= III {
		return nil
	}
	out := v.Failing(III)
	return out[:min(v.main, len(out))]
}

// Failing lists the items that miss a target for certain, the worst first.
func (v Verdict) Failing(target Class) []Finding {
	out := slices.DeleteFunc(slices.Clone(v.Findings), func(f Finding) bool { return f.Missing() || f.Best <= target })
	slices.SortStableFunc(out, func(a, b Finding) int {
		switch {
		case a.Best != b.Best:
			return cmp.Compare(b.Best, a.Best)
		case a.Metal != b.Metal:
			if a.Metal {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Over, a.Over)
	})
	return out
}

// Vague lists the items for which it cannot be said whether the target is reached.
func (v Verdict) Vague(target Class) []Finding {
	return slices.DeleteFunc(slices.Clone(v.Findings), func(f Finding) bool { return f.Best > target || f.Worst <= target })
}

// Uncertain lists the items for which the class cannot be said.
func (v Verdict) Uncertain() []Finding {
	return slices.DeleteFunc(slices.Clone(v.Findings), Finding.Certain)
}
