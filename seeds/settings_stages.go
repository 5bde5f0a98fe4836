package seeds

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
)

// stageNames are the steps of the ladder; the texts have a sentence for each.
var stageNames = []string{"before", "due", "overdue", "order", "press", "circulate", "summon", "lapse", "soon", "call", "call_next", "call_top", "call_all"}

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
		f := item.fields([]string{"name", "after", "tell"}, "copy", "rung", "does", "every")
		s := casework.StageRule{
			Name: f.text("name"), Rung: casework.Rung(f.among("rung", rungs())), Does: casework.Action(f.among("does", deeds)),
		}
		if !slices.Contains(stageNames, s.Name) {
			f.fault("one of "+strings.Join(stageNames, ", "), "stage %q", s.Name)
		}
		s.Tell, s.Copy = f.audiences("tell"), f.audiences("copy")
		f.when(&s)
		if n, ok := f.byKey["every"]; ok {
			s.Every = n.duration()
		}
		if len(out) > 0 && out[len(out)-1].Every > 0 {
			f.fault("nothing after what comes again and again", "stage %s never comes", s.Name)
		}
		if len(out) > 0 && !comesAfter(s, out[len(out)-1]) {
			f.fault("stages one after the other, earliest first", "stage %s is not later than the one before it", s.Name)
		}
		if slices.ContainsFunc(out, func(o casework.StageRule) bool { return o.Name == s.Name }) {
			f.fault("each stage once", "stage %s is there twice", s.Name)
		}
		out = append(out, s)
	}
	return out
}

// when reads after: a length of time from the limit, or days or working days beyond its last day.
func (f fields) when(s *casework.StageRule) {
	text := f.text("after")
	var err error
	if s.Later, err = calendar.ParseLimit(text); err == nil && (s.Later.Unit == calendar.Day || s.Later.Unit == calendar.Workday) {
		return
	}
	s.Later = calendar.Limit{}
	if s.After, err = time.ParseDuration(text); err != nil && f.has("after") {
		f.byKey["after"].fault("a length of time after the limit such as 24h, negative before it, or days such as 5wd", "after %s", f.byKey["after"].kind())
	}
}

// comesAfter tells whether a step is later than the one before it whatever the calendar says: n working days are no less than n
// days, and n days no less than n times 24 hours.
func comesAfter(s, before casework.StageRule) bool {
	const day = 24 * time.Hour
	switch {
	case !s.Later.Valid() && !before.Later.Valid():
		return s.After > before.After
	case !s.Later.Valid():
		return false
	case !before.Later.Valid():
		return time.Duration(s.Later.N)*day > before.After
	}
	return s.Later.N > before.Later.N && (s.Later.Unit == before.Later.Unit || s.Later.Unit == calendar.Workday)
}

// audiences reads a list of who is told; none when the key is missing.
func (f fields) audiences(key string) []casework.Audience {
	names := f.texts(key)
	out := make([]casework.Audience, 0, len(names))
	for _, who := range names {
		if !slices.Contains(audiences, who) {
			f.fault("one of "+strings.Join(audiences, ", "), "%s %q", key, who)
		}
		out = append(out, casework.Audience(who))
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
	s.checkPlan(f)
	s.checkWater(f)
	for name, form := range map[string]string{
		"letter_order": s.LetterOrder, "letter_press": s.LetterPress, "letter_circulate": s.LetterCirculate, "letter_summon": s.LetterSummon,
		"letter_minutes":  s.LetterMinutes,
		"letter_progress": s.LetterProgress,
		"letter_restrict": s.LetterRestrict,
		"letter_across":   s.LetterAcross, "letter_referral": s.LetterReferral,
	} {
		if n, ok := f.byKey[name]; ok && (strings.Count(form, "{n}") != 1 || !strings.Contains(form, "{year}")) {
			n.fault("a number with {year} and one {n}", "%s is %q", name, form)
		}
	}
	if s.RewardAvoided > s.RewardPenalty || s.RewardPenalty > s.RewardGrave || s.RewardGrave > s.RewardMax {
		f.byKey["reward_grave"].fault("reward_avoided ≤ reward_penalty ≤ reward_grave ≤ reward_max", "the steps of rewards are not in order")
	}
	if s.NearGuessed < s.NearBoundary {
		f.byKey["near_guessed"].fault("no less than near_boundary: a guess is trusted less", "near_guessed is %g", s.NearGuessed)
	}
}

// checkPlan finds what contradicts itself in how milestones of the plan are chased.
func (s Settings) checkPlan(f fields) {
	if n, ok := f.byKey["plan_regularly"]; ok && !slices.Contains([]plan.Period{plan.Monthly, plan.Quarterly, plan.HalfYear, plan.Yearly}, plan.Period(s.PlanRegularly)) {
		n.fault("month, quarter, half-year or year", "plan_regularly is %q", s.PlanRegularly)
	}
	if n, ok := f.byKey["plan_press"]; ok && (s.PlanUrge >= s.PlanOrder || s.PlanOrder >= s.PlanPress) {
		n.fault("plan_urge < plan_order < plan_press", "the steps after the last day of a milestone are not in order")
	}
}

// checkWater finds what is no practice of judging water.
func (s Settings) checkWater(f fields) {
	choose(f, "water_non_detect", water.NonDetect(s.WaterNonDetect), water.NonDetects())
	choose(f, "section_period", publication.Every(s.SectionPeriod), publication.Rhythms())
}
