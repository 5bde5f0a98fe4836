package seeds

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/incident"
)

const alarmsFile = "alarms.yaml"

// loadAlarms reads which words raise an alarm.
func (l *loader) loadAlarms() {
	f, ok := l.open(alarmsFile, "within", "harmless", "denying", "unreal", "sensitive", "triggers")
	if !ok {
		return
	}
	w := &l.d.Alarms
	w.Harmless, w.Denying, w.Unreal = f.alarmWords("harmless"), f.alarmWords("denying"), f.alarmWords("unreal")
	if n, ok := f.byKey["within"]; ok {
		w.Within = n.count()
	}
	for _, n := range f.items("sensitive") {
		e := n.fields([]string{"case", "words"})
		w.Sensitive = append(w.Sensitive, incident.SensitiveWords{Case: e.sensitive(), Words: e.alarmWords("words")})
	}
	codes := words{}
	for _, n := range f.items("triggers") {
		w.Triggers = append(w.Triggers, l.trigger(n, codes))
	}
}

func (l *loader) trigger(n node, codes words) incident.Trigger {
	e := n.fields([]string{"code", "names", "calls"}, "cases", "words", "together", "kinds")
	t := incident.Trigger{
		Code: e.code(codes), Names: e.names(), Calls: e.truth("calls"),
		Words: e.alarmWords("words"), Kinds: l.kinds(e),
	}
	for _, c := range e.items("cases") {
		t.Cases = append(t.Cases, c.sensitive())
	}
	for _, list := range e.items("together") {
		t.Together = append(t.Together, spaced(list.words()))
	}
	switch {
	case len(t.Together) == 1:
		e.byKey["together"].fault("two lists or more; one word that is enough goes into words", "one list")
	case len(t.Words)+len(t.Together)+len(t.Kinds) == 0:
		e.fault("words, together or kinds", "nothing raises %s", t.Code)
	}
	return t
}

// kinds reads codes of kinds of pollution.
func (l *loader) kinds(f fields) []string {
	items := f.items("kinds")
	out := make([]string, 0, len(items))
	for _, n := range items {
		code := n.text()
		if !slices.ContainsFunc(l.d.Categories, func(c category.Category) bool {
			return slices.ContainsFunc(c.Kinds, func(k category.Kind) bool { return k.Code == code })
		}) {
			n.fault("the code of a kind in "+categoriesFile, "kind %q does not exist", code)
		}
		out = append(out, code)
	}
	return out
}

// sensitive reads the key case.
func (f fields) sensitive() incident.Sensitive {
	n, ok := f.byKey["case"]
	if !ok {
		return "" // a fault already
	}
	return n.sensitive()
}

// sensitive reads a case of article 4.
func (n node) sensitive() incident.Sensitive {
	c := incident.Sensitive(n.text())
	if known := incident.SensitiveCases(); !slices.Contains(known, c) {
		names := make([]string, len(known))
		for i, k := range known {
			names[i] = string(k)
		}
		n.fault(strings.Join(names, ", "), "case %q", string(c))
	}
	return c
}

// alarmWords reads words, in which an underscore stands for a blank between Latin words.
func (f fields) alarmWords(key string) []string { return spaced(f.words(key)) }

func spaced(list []string) []string {
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "_", " ")
	}
	return list
}
