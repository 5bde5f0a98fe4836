package picture

import (
	"math"

	"github.com/go-analyze/charts"
)

// legend names the series above the chart. A single series needs none: the title says what it is.
func (p *page) legend() charts.LegendOption {
	names := make([]string, len(p.series))
	for i, s := range p.series {
		names[i] = s.Name
	}
	return charts.LegendOption{
		Show: new(len(names) > 1), SeriesNames: names, FontStyle: p.style(textSize, charts.ColorBlack),
		Offset: charts.OffsetStr{Left: charts.PositionCenter}, Symbol: charts.SymbolSquare,
	}
}

func (p *page) categoryAxis(labels []string) charts.CategoryAxisOption {
	return charts.CategoryAxisOption{
		Labels: labels, LabelCount: len(labels), LabelFontStyle: p.style(textSize, charts.ColorBlack),
	}
}

// valueAxis starts at zero: a bar that starts elsewhere lies about proportions.
func (p *page) valueAxis(s scale) charts.ValueAxisOption {
	return charts.ValueAxisOption{
		Min: new(0.0), Max: new(s.top), Unit: s.step, LabelCount: int(math.Round(s.top/s.step)) + 1,
		RangeValuePaddingScale: new(0.0), PreferNiceIntervals: new(false), SplitLineShow: new(true),
		ValueFormatter: number, LabelFontStyle: p.style(textSize, charts.ColorGray),
	}
}

// padding leaves room for the value written behind the longest bar or above the highest one.
func (p *page) padding(highest float64) charts.Box {
	top := textSize / 2
	if len(p.series) == 1 { // no legend keeps the distance from the head
		top = textSize * 3 / 2
	}
	right := margin + ruler{p.font, textSize}.width(number(highest))
	return charts.NewBox(margin, top, right, margin)
}
