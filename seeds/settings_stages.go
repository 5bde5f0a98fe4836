package seeds

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// stageNames are the steps of the ladder; the texts have a sentence for each.
var stageNames = []string{"before", "due", "overdue", "escalate_chief", "escalate_district", "lapse", "soon", "call", "call_next", "call_top", "call_all"}

var audiences = []string{
	string(casework.TellHandler), string(casework.TellChief), string(casework.TellDistrict), string(casework.TellDesk),
	string(casework.TellDepartment), string(casework.TellSuperior), string(casework.TellLeader), string(casework.TellAll),
	string(casework.TellReporter),
}

// deeds are what a stage may do by itself: what the state table lets the program do when the reporter keeps silent.
var deeds = []string{string(casework.Lapse), string(casework.Unanswered)}

// rungs are the steps of pressing that a stage may be, to be acknowledged by whoever is told.
func rungs() []string {
	out := make([]string, 0, len(casework.Rungs()))
	for _, r := range casework.Rungs() {
		out = append(out, string(r))
	}
	return out
}

// stages reads a ladder: earliest first, each step once.
func (n node) stages() []casework.StageRule {
	items := n.items()
	out := make([]casework.StageRule, 0, len(items))
	for _, item := range items {
		f := item.fields([]string{"name", "after", "tell"}, "rung", "does", "every")
		s := casework.StageRule{
			Name: f.text("name"), Rung: casework.Rung(f.among("rung", rungs())), Does: casework.Action(f.among("does", deeds)),
		}
		if !slices.Contains(stageNames, s.Name) {
			f.fault("one of "+strings.Join(stageNames, ", "), "stage %q", s.Name)
		}
		for _, who := range f.texts("tell") {
			if !slices.Contains(audiences, who) {
				f.fault("one of "+strings.Join(audiences, ", "), "tell %q", who)
			}
			s.Tell = append(s.Tell, casework.Audience(who))
		}
		var err error
		if s.After, err = time.ParseDuration(f.text("after")); err != nil && f.has("after") {
			f.byKey["after"].fault("a length of time after the limit such as 24h, negative before it", "after %s", f.byKey["after"].kind())
		}
		if n, ok := f.byKey["every"]; ok {
			s.Every = n.duration()
		}
		if len(out) > 0 && out[len(out)-1].Every > 0 {
			f.fault("nothing after what comes again and again", "stage %s never comes", s.Name)
		}
		if len(out) > 0 && s.After <= out[len(out)-1].After {
			f.fault("stages one after the other, earliest first", "stage %s is not later than the one before it", s.Name)
		}
		if slices.ContainsFunc(out, func(o casework.StageRule) bool { return o.Name == s.Name }) {
			f.fault("each stage once", "stage %s is there twice", s.Name)
		}
		out = append(out, s)
	}
	return out
}

// among reads an optional value of a closed set.
func (f fields) among(key string, known []string) string {
	if !f.has(key) {
		return ""
	}
	v := f.text(key)
	if !slices.Contains(known, v) {
		f.byKey[key].fault("one of "+strings.Join(known, ", "), "%s %q", key, v)
	}
	return v
}

// checkSettings finds numbers that contradict each other.
func (l *loader) checkSettings(f fields) {
	s := l.d.Settings
	if s.FinishLimit.Unit == s.FinishLawLimit.Unit && s.FinishLimit.N > s.FinishLawLimit.N {
		f.byKey["finish_limit"].fault("no more than finish_law_limit, "+s.FinishLawLimit.String(), "finish_limit is %s", s.FinishLimit)
	}
	for _, reason := range s.UnsealSilent {
		if !slices.Contains(casework.UnsealReasons(), reason) {
			f.byKey["unseal_silent"].fault(strings.Join(casework.UnsealReasons(), ", "), "unseal_silent names %q", reason)
		}
	}
	if s.NearGuessed < s.NearBoundary {
		f.byKey["near_guessed"].fault("no less than near_boundary: a guess is trusted less", "near_guessed is %g", s.NearGuessed)
	}
}
