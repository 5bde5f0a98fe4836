package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// The figures of redis-benchmark are read although its title holds quotes, commas and line ends of our arguments.
func TestReadsRedisBenchmark(t *testing.T) {
	const out = "\"test\",\"rps\",\"avg_latency_ms\",\"min\",\"p50\",\"p95\",\"p99\",\"max\"\n" +
		"\"EVALSHA 12 {\"a\",\"b\"}\n1 2\",\"57142.86\",\"0.5\",\"0.1\",\"0.4\",\"0.9\",\"1.2\",\"3.1\"\n"
	m := csvFigures.FindStringSubmatch(out)
	if len(m) != 2 || m[1] != "57142.86" {
		t.Errorf("read %q", m)
	}
}

func TestQuantile(t *testing.T) {
	waits := []time.Duration{5, 1, 4, 2, 3}
	for q, want := range map[float64]time.Duration{0: 1, .5: 3, .99: 5, 1: 5} {
		if got := quantile(waits, q); got != want {
			t.Errorf("quantile %g is %v, want %v", q, got, want)
		}
	}
	if got := quantile(nil, .5); got != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// The tiling that points are looked for in has no gaps, and the index agrees with the plain test on it.
func TestTiling(t *testing.T) {
	shapes := tiling(5, 4, 25)
	index, err := geo.NewIndex(shapes)
	if err != nil {
		t.Fatal(err)
	}
	exact := plainTest(shapes)
	for n := range int64(5000) {
		p := scatter(geo.Point{}, n)
		p = geo.Point{Lon: tileWest + tileWidth*(p.Lon*50+.5), Lat: tileSouth + tileHeight*(p.Lat*50+.5)}
		got, ok := index.Find(p)
		if want := exact(p); !ok || got != want {
			t.Fatalf("%v lies in %d, found %d, %t", p, want, got, ok)
		}
	}
}

// Sections can be chosen; a name that is none is an error that lists them.
func TestOnly(t *testing.T) {
	var out bytes.Buffer
	err := run(t.Context(), []string{"-only", "nonsense"}, &out)
	if err == nil || !strings.Contains(err.Error(), "conversations") {
		t.Errorf("got %v", err)
	}
}

// A process that is not there has used no time.
func TestCPU(t *testing.T) {
	if got := cpuOf(1 << 30); got != 0 {
		t.Errorf("it has computed for %v", got)
	}
}
