package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
)

// row is one line of the table. Numbers are worded by whoever measured them, with their units.
type row struct {
	goal, ours, baseline, ratio, want, note string
}

// table gathers the rows.
type table struct{ rows []row }

func (t *table) add(r row) { t.rows = append(t.rows, r) }

// print writes the table in aligned columns.
func (t *table) print(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "\ngoal\tours\tbaseline\tratio\tgoal is\tnote")
	for _, r := range t.rows {
		cells := []string{r.goal, r.ours, r.baseline, r.ratio, r.want, r.note}
		for i, c := range cells {
			if c == "" {
				cells[i] = "-"
			}
		}
		_, _ = fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	_ = w.Flush()
}

// ratio words a quotient; nothing when there is nothing to divide by.
func ratio(ours, baseline float64) string {
	if baseline == 0 || ours == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", ours/baseline)
}

// machine describes where the figures come from.
func machine() string {
	model := "unknown processor"
	if raw, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(raw)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	load := "unknown"
	if raw, err := os.ReadFile("/proc/loadavg"); err == nil {
		load = strings.Join(strings.Fields(string(raw))[:3], " ")
	}
	return fmt.Sprintf("machine: %d cores, %s, %s/%s, %s, load before %s; loopback only, everything shares the cores",
		runtime.NumCPU(), model, runtime.GOOS, runtime.GOARCH, runtime.Version(), load)
}
