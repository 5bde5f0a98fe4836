//go:build !linux && !darwin && !freebsd

package media

import "math"

// freeBytes does not know how to ask this system: space is not watched on it.
func freeBytes(string) (uint64, error) { return math.MaxUint64, nil }
