package assess

import (
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
)

// Amount is a number in hundredths: percents, points, scores. Whole numbers underneath, so that no rank and no seal hangs on
// how a machine rounds. What is computed is rounded down: a line is reached by whoever reaches it.
type Amount int64

// One is the number one, and MaxAmount the largest that may be entered.
const (
	One       Amount = 100
	MaxAmount Amount = 1_000_000 * One
)

// String writes the number with as many decimals as it has: 95, 87.5, 66.66.
func (a Amount) String() string {
	s := strconv.FormatInt(int64(a/One), 10)
	if a < 0 && a > -One {
		s = "-0"
	}
	rest := a % One
	if rest < 0 {
		rest = -rest
	}
	if rest == 0 {
		return s
	}
	return strings.TrimRight(s+"."+strconv.FormatInt(int64(rest+One), 10)[1:], "0")
}

// Float is the number for a spreadsheet.
func (a Amount) Float() float64 { return float64(a) / float64(One) }

// ParseAmount reads a number that is not negative, with at most two decimals. Invalid for anything else.
func ParseAmount(s string) (Amount, error) {
	whole, part, dotted := strings.Cut(s, ".")
	n, err := strconv.ParseUint(whole, 10, 32)
	if dotted && (part == "" || len(part) > 2) {
		err = strconv.ErrSyntax
	}
	var hundredths uint64
	if err == nil && dotted {
		hundredths, err = strconv.ParseUint((part + "0")[:2], 10, 8)
	}
	if a := Amount(n)*One + Amount(hundredths); err == nil && a <= MaxAmount { //nolint:gosec // 32 bits and two digits
		return a, nil
	}
	return 0, &grid.Error{Code: grid.Invalid, Key: "error.assess.number", Args: map[string]string{"said": s}, Err: err}
}

// UnmarshalText reads what ParseAmount reads; MarshalText writes it.
func (a *Amount) UnmarshalText(text []byte) error {
	n, err := ParseAmount(string(text))
	if err == nil {
		*a = n
	}
	return err
}

// MarshalText writes the number as String does.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }
