package letterhead

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// RestrictSeries are proposals to suspend approvals in an area (限批建议书).
const RestrictSeries casework.Series = "restrict"

// ProposalSeries is the series of a proposal: those to summon are numbered together with those that a case leads to.
func ProposalSeries(m assess.Remedy) casework.Series {
	if m == assess.Suspend {
		return RestrictSeries
	}
	return casework.SummonSeries
}

// Proposal words the proposal of a remedy about a unit that did not pass an assessment. It goes to the district's government,
// and says that others decide: neither a talk nor a suspension is the district's to order.
func (h Head) Proposal(a assess.Assessment, r assess.Result, m assess.Remedy, marker string) casework.Letter {
	lines := []string{h.say("paper.assess.matter", texts.Args{
		"unit": r.Unit.Name, "period": texts.Period(a.Period), "score": r.Score.String(), "pass": a.Scheme.Pass.String(), "counted": r.Counted,
	})}
	for _, x := range r.Marks {
		if x.Standing == assess.Counts {
			lines = append(lines, h.say("paper.assess.line", texts.Args{
				"n": len(lines), "indicator": IndicatorName(a.Scheme, x.Indicator), "value": FigureValue(a.Scheme, x.Figure), "weight": x.Weight, "points": x.Points.String(),
			}))
		}
	}
	basis := h.SummonBasis
	if m == assess.Suspend {
		basis = h.RestrictBasis
	}
	lines = append(lines, h.say("paper.assess.do."+string(m), texts.Args{"unit": r.Unit.Name}), h.say("paper.assess.proposed."+string(m), nil),
		h.say("paper.assess.seal", texts.Args{"hash": a.Seal.Hash}), h.say("paper.basis", texts.Args{"basis": basis}))
	return casework.Letter{
		Series: ProposalSeries(m), No: marker, Text: strings.Join(lines, "\n"),
		To: h.say("paper.assess.to", texts.Args{"district": h.Work.Tree.Root().Name}),
	}
}

// IndicatorName is an indicator by name.
func IndicatorName(s assess.Scheme, code string) texts.Names {
	i, _ := s.Indicator(code)
	return i.Names
}

// FigureValue is a figure with what it was counted from.
func FigureValue(s assess.Scheme, f assess.Figure) texts.Text {
	i, _ := s.Indicator(f.Indicator)
	args := texts.Args{"value": f.Value.String(), "got": f.Got, "n": f.N, "source": ""}
	if f.Given != nil {
		args["source"] = f.Given.Source
	}
	switch {
	case f.Given == nil && f.N == 0:
		return texts.Text{Key: "assess.value.none"}
	case f.Given != nil && i.Measure.Mean():
		return texts.Text{Key: "assess.value.given_mean", Args: args}
	case f.Given != nil:
		return texts.Text{Key: "assess.value.given", Args: args}
	case i.Measure.Mean():
		return texts.Text{Key: "assess.value.mean", Args: args}
	}
	return texts.Text{Key: "assess.value.share", Args: args}
}
