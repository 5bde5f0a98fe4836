package picture

import (
	"fmt"
	"math"
)

// Series is one row of numbers, one for each label, with the name that the legend shows.
type Series struct {
	Name   string
	Values []float64
}

const (
	// MaxLabels is how many labels a picture takes: more could not be read on a phone. With MaxSeries the highest
	// picture stays below what Telegram takes as a photo: width and height together 10,000 pixels.
	MaxLabels = 40
	// MaxSeries is how many series can be told apart by their colours.
	MaxSeries = 6
)

// most is the largest value that is drawn. Far beyond it the charts library takes a number for a gap.
const most = 1e15

// check refuses what cannot be drawn honestly: a series that does not fit the labels, a number that is not one or has
// no end, and a negative number, since the axis starts at zero. With gaps, no number (NaN) is a gap.
func check(labels []string, series []Series, gaps bool) error {
	if len(labels) > MaxLabels || len(series) > MaxSeries {
		return fmt.Errorf("picture: %d labels and %d series: at most %d and %d can be read",
			len(labels), len(series), MaxLabels, MaxSeries)
	}
	for i, s := range series {
		if len(s.Values) != len(labels) {
			return fmt.Errorf("picture: series %d has %d values for %d labels", i, len(s.Values), len(labels))
		}
		for j, v := range s.Values {
			if math.IsNaN(v) && gaps {
				continue
			}
			if math.IsNaN(v) || v < 0 || v > most {
				return fmt.Errorf("picture: series %d, value %d is %g: want a number from 0 to %g", i, j, v, most)
			}
		}
	}
	return nil
}

// scale is a value axis from zero to top in equal steps with round numbers.
type scale struct {
	top, step float64
}

// newScale finds the scale for values up to highest. Whole numbers get whole steps: there is no half report.
func newScale(highest float64, whole bool) scale {
	if highest <= 0 {
		return scale{top: 1, step: 1}
	}
	const steps = 5
	rough := highest / steps
	size := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * size
	for _, round := range []float64{1, 2, 5} {
		if rough <= round*size {
			step = round * size
			break
		}
	}
	if whole {
		step = max(1, math.Ceil(step))
	}
	return scale{top: step * math.Ceil(highest/step), step: step}
}

// span returns the highest bar and whether all values are whole numbers. Stacked bars are as high as their sum.
func span(labels []string, series []Series, stacked bool) (highest float64, whole bool) {
	whole = true
	for i := range labels {
		sum := 0.0
		for _, s := range series {
			v := s.Values[i]
			if math.IsNaN(v) {
				continue
			}
			sum += v
			whole = whole && v == math.Trunc(v)
			highest = max(highest, v)
		}
		if stacked {
			highest = max(highest, sum)
		}
	}
	return highest, whole
}
