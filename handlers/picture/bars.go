package picture

import (
	"slices"

	"github.com/go-analyze/charts"
)

// Bars draws one bar for each label and series, the series of a label side by side, each with its value. Up to eight
// short labels stand under upright bars; more or longer ones get lying bars, the first label on top, in a picture that
// grows with them. unit says under the title what is counted. Without labels or without series the picture shows the
// title and a dash. It fails for more labels or series than can be read and for values that do not fit the labels, are
// negative or are no numbers.
func Bars(title, unit string, labels []string, series []Series) ([]byte, error) {
	return bars(title, unit, labels, series, false)
}

// Stacked draws one bar for each label, made of the series' values one behind the other, with their sum written behind
// the label. In everything else it is like Bars.
func Stacked(title, unit string, labels []string, series []Series) ([]byte, error) {
	return bars(title, unit, labels, series, true)
}

func bars(title, unit string, labels []string, series []Series, stacked bool) ([]byte, error) {
	p, err := newPage(title, unit, labels, series, false)
	if err != nil {
		return nil, err
	}
	if p.empty() {
		return p.blank()
	}
	if stacked {
		p.appendSums()
	}
	lying := p.crowded()
	if lying {
		p.turn()
	}
	highest, whole := span(p.labels, p.series, stacked)
	opt := charts.NewBarChartOptionWithSeries(p.barSeries(stacked))
	opt.Theme = charts.GetTheme(charts.ThemeLight)
	opt.Horizontal = lying
	if !lying {
		opt.BarSize = 0.6
	}
	opt.StackSeries = new(stacked)
	opt.Legend = p.legend()
	opt.Padding = p.padding(highest)
	opt.CategoryAxis = p.categoryAxis(p.labels)
	opt.ValueAxis = []charts.ValueAxisOption{p.valueAxis(newScale(highest, whole))}
	return p.paint(p.barHeight(lying, stacked), func(painter *charts.Painter) error { return painter.BarChart(opt) })
}

// turn reverses the labels, because lying bars are drawn from the bottom up and people read from the top down.
func (p *page) turn() {
	slices.Reverse(p.labels)
	for i := range p.series {
		p.series[i].Values = slices.Clone(p.series[i].Values) // the caller keeps his order
		slices.Reverse(p.series[i].Values)
	}
}

// barSeries writes its value at each bar. Values of stacked bars would stand on their neighbours, so they get none.
func (p *page) barSeries(stacked bool) charts.BarSeriesList {
	label := charts.SeriesLabel{
		Show: new(!stacked), Distance: 6, ValueFormatter: number, FontStyle: p.style(textSize, charts.ColorBlack),
	}
	list := make(charts.BarSeriesList, len(p.series))
	for i, s := range p.series {
		list[i] = charts.BarSeries{Name: s.Name, Values: s.Values, Label: label}
	}
	return list
}

// appendSums writes the sum of the series behind each label.
func (p *page) appendSums() {
	for i := range p.labels {
		sum := 0.0
		for _, s := range p.series {
			sum += s.Values[i]
		}
		p.labels[i] += "  " + number(sum)
	}
}

func (p *page) barHeight(lying, stacked bool) int {
	if !lying {
		return upright
	}
	inGroup := len(p.series)
	if stacked {
		inGroup = 1
	}
	return axisRoom + len(p.labels)*(inGroup*barSize+groupGap)
}
