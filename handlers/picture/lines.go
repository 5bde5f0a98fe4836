package picture

import (
	"math"
	"slices"

	"github.com/go-analyze/charts"
)

// Lines draws one line for each series over the labels, for what changes with time. Labels that do not fit are left
// out by turns. It draws nothing and fails as Bars does.
func Lines(title, unit string, labels []string, series []Series) ([]byte, error) {
	return lines(title, unit, labels, series, false)
}

// Trend is Lines of what is not known at every label: a value that is no number (NaN) is a gap in its line.
func Trend(title, unit string, labels []string, series []Series) ([]byte, error) {
	return lines(title, unit, labels, series, true)
}

func lines(title, unit string, labels []string, series []Series, gaps bool) ([]byte, error) {
	p, err := newPage(title, unit, labels, series, gaps)
	if err != nil {
		return nil, err
	}
	if p.empty() {
		return p.blank()
	}
	list := make(charts.LineSeriesList, len(p.series))
	for i, s := range p.series {
		list[i] = charts.LineSeries{Name: s.Name, Values: gapped(s.Values)}
	}
	highest, whole := span(p.labels, p.series, false)
	opt := charts.NewLineChartOptionWithSeries(list)
	opt.Theme = charts.GetTheme(charts.ThemeLight)
	opt.Legend = p.legend()
	opt.Padding = p.padding(highest)
	opt.LineStrokeWidth = 4
	opt.Symbol = charts.Symbol{Shape: charts.SymbolCircle, Size: 6}
	opt.XAxis = p.categoryAxis(p.labels)
	if p.crowded() {
		opt.XAxis.LabelCount = p.labelsThatFit()
	}
	opt.YAxis = []charts.YAxisOption{p.valueAxis(newScale(highest, whole))}
	return p.paint(upright, func(painter *charts.Painter) error { return painter.LineChart(opt) })
}

func (p *page) labelsThatFit() int {
	widest := 1
	for _, l := range p.labels {
		widest = max(widest, ruler{p.font, textSize}.width(l))
	}
	return min(len(p.labels), max(2, (width-150)/(widest+20)))
}

// gapped says where the charts library is to leave a gap.
func gapped(values []float64) []float64 {
	out := slices.Clone(values)
	for i, v := range out {
		if math.IsNaN(v) {
			out[i] = charts.GetNullValue()
		}
	}
	return out
}
