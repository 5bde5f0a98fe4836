package read

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// figure is a number to reach that a text names.
type figure struct {
	from, to int // bytes of the text
	target   plan.Target
	doubt    Code // Direction, or none
}

// figures finds the numbers to reach in a clause; what only says which things are meant (1000人以上的村庄) is none.
func figures(t string) []figure {
	var out []figure
	add := func(f figure) {
		if !slices.ContainsFunc(out, func(x figure) bool { return f.from < x.to && x.from < f.to }) {
			out = append(out, f)
		}
	}
	for _, r := range genre.Relations {
		if r.Relation != string(plan.Flat) {
			continue
		}
		for _, m := range r.re.FindAllStringIndex(t, -1) {
			add(figure{from: m[0], to: m[1], target: plan.Target{Relation: plan.Flat}})
		}
	}
	for _, f := range waterClasses(t) {
		add(f)
	}
	for _, m := range genre.words["bare_figure"].FindAllStringSubmatchIndex(t, -1) {
		if v, err := strconv.ParseFloat(t[m[4]:m[5]], 64); err == nil {
			if f, ok := directed(t, m[4], m[5], v, "", out); ok {
				add(f)
			}
		}
	}
	for _, m := range genre.figure.FindAllStringSubmatchIndex(t, -1) {
		if f, ok := numberOf(t, m, out); ok {
			add(f)
		}
	}
	for _, m := range genre.words["percent_han"].FindAllStringSubmatchIndex(t, -1) {
		if f, ok := directed(t, m[0], m[1], float64(numeral(t[m[2]:m[3]])), "%", out); ok {
			add(f)
		}
	}
	slices.SortFunc(out, func(a, b figure) int { return a.from - b.from })
	return out
}

// numberOf reads a number with its unit.
func numberOf(t string, m []int, before []figure) (figure, bool) {
	v, err := strconv.ParseFloat(strings.ReplaceAll(t[m[2]:m[3]], ",", ""), 64)
	if err != nil || v < 0 || v > 1e12 {
		return figure{}, false
	}
	if m[2] > 0 && (t[m[2]-1] >= '0' && t[m[2]-1] <= '9' || t[m[2]-1] == '.') {
		return figure{}, false
	}
	unit := strings.TrimPrefix(t[m[6]:m[7]], genre.Plain["piece"])
	if unit == "" {
		unit = t[m[6]:m[7]]
	}
	return directed(t, m[0], m[1], v, unit, before)
}

// directed tells in which direction a number is to be reached; false for one that says which things are meant.
func directed(t string, from, to int, v float64, unit string, before []figure) (figure, bool) {
	f := figure{from: from, to: to, target: plan.Target{Value: v, Unit: unit}}
	over, under := prefix("over", t[to:]), prefix("under", t[to:])
	if slogan(t[:from]) || scope(t, f, over) {
		return f, false
	}
	f.to += max(over, under)
	before = slices.DeleteFunc(slices.Clone(before), func(x figure) bool { return x.to > from })
	if rel, near := relation(t[:from]); near {
		f.target.Relation = sided(rel, over > 0, under > 0)
		if rel == plan.Down || rel == plan.Up {
			f.target.Against = base(t)
		}
		// 超过2万平方米的公共建筑 are those that are meant
		meant := rel == plan.AtLeast && unit != "%" && genre.is("exceeds", t[:from]) && strings.Contains(t[f.to:], genre.Plain["of"])
		return f, !meant
	}
	if n := len(before); n > 0 && genre.is("list_on", t[before[n-1].to:from]) {
		f.target.Relation, f.target.Against = before[n-1].target.Relation, before[n-1].target.Against
		return f, true
	}
	return undirected(t, f, over > 0, under > 0)
}

// sided turns a relation as the words behind the number want it: 稳定在80%以上 is a floor, 保持在5%以内 a ceiling.
func sided(rel plan.Relation, over, under bool) plan.Relation {
	switch {
	case rel == plan.AtMost && over && !under:
		return plan.AtLeast
	case rel == plan.AtLeast && under && !over:
		return plan.AtMost
	}
	return rel
}

// undirected reads a number that no word gives a direction.
func undirected(t string, f figure, over, under bool) (figure, bool) {
	before := t[:f.from]
	f.target.Relation = plan.AtLeast
	switch {
	case f.target.Unit == "%":
		if !over && !genre.is("rate", before) {
			f.doubt = Direction
		}
		return f, true
	case over || under:
		if under {
			f.target.Relation = plan.AtMost
		}
		return f, ends(t[f.to:]) || genre.is("ordered", before)
	}
	return f, genre.is("done_number", before) && counted(f.target.Unit) && !genre.is("scope_number", before)
}

// slogan tells whether a place is within quotes: “六个百分之百”.
func slogan(before string) bool {
	open := strings.LastIndex(before, "\u201c")
	return open >= 0 && !strings.Contains(before[open:], "\u201d")
}

// scope tells whether what follows a number says which things are meant: 10蒸吨及以下的锅炉. A share that a clause begins with is
// to be reached: 90%以上的村庄.
func scope(t string, f figure, over int) bool {
	after, share := t[f.to:], f.target.Unit == "%"
	if share && over > 0 && startsClause(t[:f.from]) {
		return false
	}
	return !share && strings.HasPrefix(after, genre.Plain["of"]) || genre.is("scope_after", after)
}

func startsClause(before string) bool { return before == "" || genre.is("clause_start", before) }

// ends tells whether nothing follows that the number could belong to.
func ends(after string) bool { return after == "" || strings.ContainsAny(after[:1], ",;()") }

func counted(unit string) bool {
	return genre.words["counted"].FindString(unit) == unit
}

// prefix is the length of the words of that name, if they stand first.
func prefix(name, text string) int {
	if at := genre.match(name, text); first(at) {
		return at[1]
	}
	return 0
}

// relation is the direction that words right before a number give it.
func relation(before string) (plan.Relation, bool) {
	const far = 12 // characters between the words and the number, as in 减少排放量约10%
	bestFrom, bestAt, best := 0, -1, plan.Relation("")
	for _, r := range genre.Relations {
		for _, m := range r.re.FindAllStringIndex(before, -1) {
			between := before[m[1]:]
			limit := far
			if r.Relation == string(plan.AtLeast) || r.Relation == string(plan.AtMost) {
				limit = 3
			}
			if utf8.RuneCountInString(between) <= limit && !strings.ContainsAny(between, ",;%0123456789") &&
				(m[1] > bestAt || m[1] == bestAt && m[0] < bestFrom) {
				bestFrom, bestAt, best = m[0], m[1], plan.Relation(r.Relation)
			}
		}
	}
	return best, bestAt >= 0
}

// base is the year that a rise or fall is counted from.
func base(t string) int {
	if m := genre.words["base"].FindStringSubmatch(t); m != nil {
		return yearNumber(m[1])
	}
	return 0
}

// waterClasses finds classes of water to reach: Ⅲ类 and better.
func waterClasses(t string) []figure {
	var out []figure
	for _, name := range []string{"classes", "class_end"} {
		for _, m := range genre.words[name].FindAllStringSubmatchIndex(t, -1) {
			class := classNumber(t[m[2]:m[3]])
			verb := name == "class_end" || near(genre.words["class_verbs"], t[:m[0]], 12)
			if class == 0 || !verb || genre.is("class_after", t[m[1]:]) {
				continue
			}
			out = append(out, figure{from: m[0], to: m[1], target: plan.Target{Relation: plan.AtMost, Value: float64(class), Unit: genre.Plain["class"]}})
		}
	}
	return out
}

// near tells whether the words stand at most so many characters before the end.
func near(re *regexp.Regexp, before string, far int) bool {
	all := re.FindAllStringIndex(before, -1)
	return len(all) > 0 && utf8.RuneCountInString(before[all[len(all)-1][1]:]) <= far
}

// classNumber reads a class of water.
func classNumber(s string) int {
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case r >= '\u2160' && r <= '\u2165':
		return int(r-'\u2160') + 1
	case r == 'I' || r == 'V':
		return map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}[s]
	}
	return numeral(s)
}
