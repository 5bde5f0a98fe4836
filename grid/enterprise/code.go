package enterprise

import "strings"

// CreditCode is a unified social credit code (GB 32100-2015): 17 characters and a check digit.
type CreditCode string

const (
	codeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY" // without I, O, S, V and Z
	codeLength   = 18
)

// Valid tells whether the code is one: its length, its characters and its check digit.
func (c CreditCode) Valid() bool {
	if len(c) != codeLength {
		return false
	}
	sum, weight := 0, 1
	for _, r := range c[:codeLength-1] {
		n := strings.IndexRune(codeAlphabet, r)
		if n < 0 {
			return false
		}
		sum += n * weight
		weight = weight * 3 % len(codeAlphabet)
	}
	return c[codeLength-1] == codeAlphabet[(len(codeAlphabet)-sum%len(codeAlphabet))%len(codeAlphabet)]
}
