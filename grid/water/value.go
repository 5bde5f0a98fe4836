package water

import (
	"fmt"
	"strings"
	"unicode"
)

// Value is what a laboratory reports for one item: an amount, or that the item was not detected, with the detection limit if it
// was given.
type Value struct {
	Amount Amount // measured; of a non-detect the detection limit, 0 when it is not known
	Below  bool   // not detected
}

// ParseValue reads a value as laboratories and offices write it: 0.05; <0.05 or 0.05L (not detected, detection limit 0.05); a
// word that says so without a limit, as undetected lists them. False for anything else. Full-width digits and signs count as plain.
func ParseValue(s string, undetected []string) (Value, bool) {
	s = strings.ToUpper(strings.Map(plain, s))
	for _, word := range undetected {
		if word = strings.ToUpper(word); strings.HasPrefix(s, word) {
			rest := strings.Trim(s[len(word):], "()<")
			if rest == "" {
				return Value{Below: true}, true
			}
			s = "<" + rest
			break
		}
	}
	below := strings.HasPrefix(s, "<") != strings.HasSuffix(s, "L")
	if below {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "<"), "L")
	}
	a, ok := ParseAmount(s)
	if !ok || below && a == 0 {
		return Value{}, false
	}
	return Value{Amount: a, Below: below}, true
}

// plain makes full-width letters plain and drops blanks.
func plain(r rune) rune {
	const first, last, shift = 0xFF01, 0xFF5E, 0xFEE0
	switch {
	case unicode.IsSpace(r), r == 0xFEFF:
		return -1
	case r >= first && r <= last:
		return r - shift
	case r == 0x2264, r == 0x300A, r == 0x2039: // signs that a hand takes for "less than"
		return '<'
	}
	return r
}

// String writes the value as ParseValue reads it; a non-detect without a limit as ND.
func (v Value) String() string {
	switch {
	case !v.Below:
		return v.Amount.String()
	case v.Amount == 0:
		return "ND"
	}
	return v.Amount.String() + "L"
}

// MarshalText writes what String writes.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (v *Value) UnmarshalText(text []byte) error {
	got, ok := ParseValue(string(text), []string{"ND"})
	if !ok {
		return fmt.Errorf("water: %q is no value", text)
	}
	*v = got
	return nil
}
