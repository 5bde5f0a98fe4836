package main

import (
	"fmt"
	"slices"
	"time"
)

// median is the middle one of some measurements; 0 of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// quantile is the q-th part of some waits, 0 ≤ q ≤ 1; 0 of none.
func quantile(waits []time.Duration, q float64) time.Duration {
	if len(waits) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(waits))
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

// ms words a duration in milliseconds.
func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

// perSecond words a rate.
func perSecond(v float64) string {
	if v >= 10000 {
		return fmt.Sprintf("%.1fk/s", v/1000)
	}
	return fmt.Sprintf("%.0f/s", v)
}

// micros words a cost in microseconds; "?" where the system does not tell it.
func micros(v float64) string {
	if v <= 0 {
		return "? us"
	}
	return fmt.Sprintf("%.0f us", v)
}

// rate is how often something happened in a second.
func rate(n int64, in time.Duration) float64 { return float64(n) / max(in.Seconds(), 1e-9) }

// each is what one of n cost, in microseconds.
func each(total time.Duration, n int64) float64 {
	if n == 0 {
		return 0
	}
	return float64(total.Nanoseconds()) / 1e3 / float64(n)
}
