package seeds

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// fields is a block of which every key is known.
type fields struct {
	node

	byKey map[string]node
}

// fields reads a block with these required and optional keys: a missing or unknown one is a fault.
func (n node) fields(required []string, optional ...string) fields {
	f := fields{node: n, byKey: make(map[string]node)}
	known := slices.Concat(required, optional)
	pairs := n.pairs()
	for _, p := range pairs {
		if !slices.Contains(known, p.key.at.Value) {
			p.key.fault("one of "+strings.Join(known, ", "), "unknown key %q", p.key.at.Value)
			continue
		}
		f.byKey[p.key.at.Value] = p.value
	}
	if pairs == nil {
		return f // a fault already
	}
	for _, key := range required {
		if _, ok := f.byKey[key]; !ok {
			n.fault("the keys "+strings.Join(required, ", "), "key %q is missing", key)
		}
	}
	return f
}

// has tells whether the key is there.
func (f fields) has(key string) bool { _, ok := f.byKey[key]; return ok }

// text of a key, "" when the key is not there.
func (f fields) text(key string) string {
	if n, ok := f.byKey[key]; ok {
		return n.text()
	}
	return ""
}

func (f fields) texts(key string) []string {
	if n, ok := f.byKey[key]; ok {
		return n.texts()
	}
	return nil
}

func (f fields) words(key string) []string {
	if n, ok := f.byKey[key]; ok {
		return n.words()
	}
	return nil
}

func (f fields) items(key string) []node {
	if n, ok := f.byKey[key]; ok {
		return n.items()
	}
	return nil
}

// truth reads true or false; false when the key is not there.
func (f fields) truth(key string) bool {
	n, ok := f.byKey[key]
	if !ok {
		return false
	}
	switch n.text() {
	case "true":
		return true
	case "false":
	default:
		n.fault("true or false", "%s", n.kind())
	}
	return false
}

// names reads the key names: names by language tag, zh-CN at least.
func (f fields) names() map[string]string { return f.byLanguage("names") }

// byLanguage reads a text by language tag.
func (f fields) byLanguage(key string) map[string]string {
	n, ok := f.byKey[key]
	if !ok {
		return nil
	}
	out := make(map[string]string)
	for _, p := range n.pairs() {
		out[p.key.at.Value] = p.value.text()
	}
	if out["zh-CN"] == "" {
		n.fault(key+" by language tag, zh-CN at least", "no %s in zh-CN", strings.TrimSuffix(key, "s"))
	}
	return out
}

// whole reads a whole number from 0.
func (f fields) whole(key string) int {
	n, ok := f.byKey[key]
	if !ok {
		return 0
	}
	v, err := strconv.Atoi(n.text())
	if err != nil || v < 0 {
		n.fault("a whole number from 0", "%s", n.kind())
	}
	return v
}

// integers reads a list of whole numbers.
func (f fields) integers(key string) []int {
	items := f.items(key)
	out := make([]int, 0, len(items))
	for _, n := range items {
		v, err := strconv.Atoi(n.text())
		if err != nil {
			n.fault("a whole number", "%s", n.kind())
			continue
		}
		out = append(out, v)
	}
	return out
}

// point reads [longitude, latitude]; nil when the key is not there.
func (f fields) point(key string) *geo.Point {
	n, ok := f.byKey[key]
	if !ok {
		return nil
	}
	items := n.items()
	if len(items) != 2 {
		n.fault("[longitude, latitude] in degrees (WGS-84)", "%d numbers", len(items))
		return nil
	}
	var v [2]float64
	for i, item := range items {
		var err error
		if v[i], err = strconv.ParseFloat(item.text(), 64); err != nil {
			item.fault("a decimal number", "%s", item.kind())
			return nil
		}
	}
	p := geo.Point{Lon: v[0], Lat: v[1]}
	if err := p.Valid(); err != nil {
		n.fault("a place on earth, longitude first", "%v", err)
		return nil
	}
	return &p
}
