package water

// Ratio is the figures of sections of one river or basin.
type Ratio struct {
	N    int // sections with a class
	Good int // I to III
	Bad  int // worse than V
}

// Basin is how a river or basin stands: with fewer sections than BasinRule.ByShares by the means of all their means, with as many or
// more by shares of classes.
type Basin struct {
	Sections int
	Judged   int // of the sections: those whose class is known
	Quality  Quality
	Verdict  *Verdict // by the means
	Ratio    *Ratio   // by the shares
}

// JudgeBasin judges a river by its sections' samples of a period, section by section. What cannot be judged has no quality.
func (r Rules) JudgeBasin(b Body, sections [][]Sample) Basin {
	out := Basin{Sections: len(sections)}
	var means []Sample
	ratio := Ratio{}
	for _, samples := range sections {
		v := r.Judge(b, samples)
		if v.Samples > 0 {
			means = append(means, v.means(samples))
		}
		c, ok := v.Class()
		if !ok {
			continue
		}
		out.Judged++
		ratio.N++
		if c <= III {
			ratio.Good++
		}
		if c == Worse {
			ratio.Bad++
		}
	}
	if len(sections) < r.Standard.Basin.ByShares {
		v := r.Judge(b, means)
		out.Verdict = &v
		if c, ok := v.Class(); ok && out.Judged == len(sections) {
			out.Quality = c.Quality()
		}
		return out
	}
	out.Ratio = &ratio
	if ratio.N == len(sections) {
		out.Quality = ratio.quality(r.Standard.Basin)
	}
	return out
}

// means is a section as one sample: its mean of each item. An item that was never detected stays a non-detect.
func (v Verdict) means(samples []Sample) Sample {
	out := make(Sample)
	for _, f := range append(v.Findings, v.Others...) {
		if f.N == 0 {
			continue
		}
		out[f.Code] = Value{Amount: f.Mean}
		if limit, below := allBelow(f.Code, samples); below {
			out[f.Code] = Value{Amount: limit, Below: true}
		}
	}
	return out
}

// allBelow tells whether no sample detected the item, and the highest of the detection limits; 0 when one is not known.
func allBelow(code string, samples []Sample) (Amount, bool) {
	limit, unknown := Amount(0), false
	for _, s := range samples {
		v, ok := s[code]
		if ok && !v.Below {
			return 0, false
		}
		unknown = unknown || ok && v.Amount == 0
		limit = max(limit, v.Amount)
	}
	if unknown {
		return 0, true
	}
	return limit, true
}

// quality is how a river with these shares is called.
func (r Ratio) quality(by BasinRule) Quality {
	const whole = 100
	share, bad := whole*r.Good, whole*r.Bad
	switch {
	case share >= by.Excellent*r.N:
		return Excellent
	case share >= by.Good*r.N:
		return Good
	case bad >= by.Heavy*r.N:
		return Heavy
	case bad >= by.Moderate*r.N:
		return Moderate
	}
	return Light
}
