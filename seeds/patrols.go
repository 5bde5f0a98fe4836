package seeds

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/patrol"
)

const patrolsFile = "patrols.yaml"

// loadPatrols reads what the district asks of patrols.
func (l *loader) loadPatrols() {
	f, ok := l.open(patrolsFile, "standards", "rounds")
	if !ok {
		return
	}
	for _, n := range f.items("standards") {
		e := n.fields([]string{"level", "min_way", "min_time", "min_gap", "source", "status"})
		l.sourced(e, "level "+e.text("level"))
		s := patrol.Standard{Level: l.level(e), MinTime: e.span("min_time"), MinGap: e.span("min_gap")}
		if e.has("min_way") {
			s.MinWay = e.byKey["min_way"].measure()
		}
		if slices.ContainsFunc(l.d.Patrols.Standards, func(x patrol.Standard) bool { return x.Level == s.Level }) {
			e.fault("each level once", "level %d is there twice", s.Level)
		}
		l.d.Patrols.Standards = append(l.d.Patrols.Standards, s)
	}
	l.loadRounds(f)
	if f.has("standards") && len(l.d.Patrols.Standards) == 0 {
		f.byKey["standards"].fault("what counts as a patrol, at least for level 1", "no standard")
	}
}

// level reads a level of the grid.
func (l *loader) level(e fields) int {
	n, err := strconv.Atoi(e.text("level"))
	if e.has("level") && (err != nil || n < 1 || n > len(l.levels)) {
		e.byKey["level"].fault("a level of the grid, from 1", "level %q", e.text("level"))
	}
	return n
}

// span reads a length of time that may be none: 0h.
func (f fields) span(key string) time.Duration {
	d, err := time.ParseDuration(f.text(key))
	if f.has(key) && (err != nil || d < 0) {
		f.byKey[key].fault("a length of time such as 24h or 30m, or 0h for none", "%q", f.text(key))
	}
	return d
}
