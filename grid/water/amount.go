package water

import (
	"fmt"
	"strconv"
	"strings"
)

// Amount is a measured amount in 1/100,000,000 of its item's unit, so that means and limits compare exactly: 0.1, 0.2 and 0.3
// have the mean 0.2 and not a little more.
type Amount int64

const (
	decimals        = 8
	one      Amount = 100_000_000
	most            = 9 // digits before the point: beyond any measurement
)

// ParseAmount reads digits with a point at most; what stands beyond the eighth place (of a mean that a spreadsheet computed) is
// rounded. False for anything else, a sign and an exponent too.
func ParseAmount(s string) (Amount, bool) {
	whole, part, point := strings.Cut(s, ".")
	if whole == "" || point && part == "" || len(whole) > most || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	part += strings.Repeat("0", decimals)
	n, err := strconv.ParseInt(whole+part[:decimals], 10, 64)
	if rest := part[decimals:]; rest != "" && rest[0] >= '5' {
		n++
	}
	return Amount(n), err == nil
}

// String writes the amount without zeros that say nothing.
func (a Amount) String() string {
	s := fmt.Sprintf("%d.%08d", a/one, a%one)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Float is the amount for a chart.
func (a Amount) Float() float64 { return float64(a) / float64(one) }

// Round gives an amount to so many places behind the point, for people to read.
func (a Amount) Round(places int) Amount {
	step := one
	for range places {
		step /= 10
	}
	return (a + step/2) / step * step
}

// MarshalText writes what String writes.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (a *Amount) UnmarshalText(text []byte) error {
	n, ok := ParseAmount(string(text))
	if !ok {
		return fmt.Errorf("water: %q is no amount", text)
	}
	*a = n
	return nil
}

// mean divides a sum by n; what does not divide goes to the worse side, so that a mean beyond a limit stays beyond it.
func mean(sum Amount, n int, down bool) Amount {
	if down {
		return sum / Amount(n)
	}
	return (sum + Amount(n) - 1) / Amount(n)
}
