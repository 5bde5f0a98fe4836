package georeport

import (
	"maps"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid/category"
)

// Types of answers, as GeoReport names them.
const (
	asString   = "string"
	asNumber   = "number"
	asDatetime = "datetime"
	asText     = "text"
	asOne      = "singlevaluelist"
	asSeveral  = "multivaluelist"
)

// attribute is a question that belongs to a service: what the talk in the chat asks, too, where words do not tell.
type attribute struct {
	code     string
	datatype string
	shown    bool // only to be read; nothing is answered
	values   []value
}

type value struct{ key, name string }

// alsoCode is the attribute that is not taken as words: further categories.
const alsoCode = "also"

// said is an answer in words: what a list calls it, not its key.
func (a attribute) said(answers []string) string {
	words := make([]string, len(answers))
	for i, v := range answers {
		words[i] = v
		for _, o := range a.values {
			if o.key == v {
				words[i] = o.name
			}
		}
	}
	return strings.Join(words, " ")
}

// attributes are those of a service, in the order in which they are asked.
func (c *call) attributes(s category.Category) []attribute {
	out := []attribute{{code: "hint", datatype: asText, shown: true}}
	if len(s.Kinds) > 0 {
		kinds := attribute{code: "kind", datatype: asOne}
		for _, k := range s.Kinds {
			kinds.values = append(kinds.values, value{k.Code, c.called(k.Names)})
		}
		out = append(out, kinds)
	}
	also := attribute{code: alsoCode, datatype: asSeveral}
	for _, other := range c.d.Categories {
		if other.Code != s.Code {
			also.values = append(also.values, value{other.Code, c.called(other.Names)})
		}
	}
	return append(out, also, attribute{code: "seen_at", datatype: asDatetime}, attribute{code: "times", datatype: asNumber},
		attribute{code: "landmark", datatype: asString}, attribute{code: "traces", datatype: asText})
}

// definition tells the questions of one service.
func (c *call) definition() {
	s, ok := c.category(c.id)
	if !ok {
		c.fail(unknown("service_code", c.id))
		return
	}
	w := c.writer()
	w.object("service_definition", func() {
		w.text("service_code", s.Code)
		w.list("attributes", func() {
			for i, a := range c.attributes(s) {
				w.object("attribute", func() { c.attribute(w, a, i+1) })
			}
		})
	})
	c.send(http.StatusOK, w.buf)
}

func (c *call) attribute(w *writer, a attribute, order int) {
	w.flag("variable", !a.shown)
	w.text("code", a.code)
	w.text("datatype", a.datatype)
	w.flag("required", false)
	w.text("datatype_description", c.say("georeport.datatype."+a.datatype, nil))
	w.whole("order", order)
	w.text("description", c.say("georeport.ask."+a.code, nil))
	if len(a.values) == 0 {
		return
	}
	w.list("values", func() {
		for _, v := range a.values {
			w.object("value", func() {
				w.text("key", v.key)
				w.text("name", v.name)
			})
		}
	})
}

// answers reads what was answered to the questions of a service, in their order. What nobody asked is refused: it would be
// lost without the sender knowing.
func (c *call) answers(s category.Category) (map[string][]string, []fault) {
	asked := c.attributes(s)
	given := make(map[string][]string)
	var faults []fault
	for _, name := range slices.Sorted(maps.Keys(c.r.Form)) {
		all := c.r.Form[name]
		code, ok := attributeCode(name)
		if !ok {
			continue
		}
		i := slices.IndexFunc(asked, func(a attribute) bool { return a.code == code && !a.shown })
		if i < 0 {
			faults = append(faults, fault{http.StatusBadRequest, "georeport.error.attribute", map[string]any{"code": short(code)}})
			continue
		}
		for _, v := range all {
			if v = clean(v); v == "" {
				continue
			}
			if wants := asked[i].wants(v); wants != "" {
				faults = append(faults, wrong("attribute["+code+"]", c.say(wants, nil)))
			}
			given[code] = append(given[code], v)
		}
		if len(given[code]) > 1 && asked[i].datatype != asSeveral {
			faults = append(faults, wrong("attribute["+code+"]", c.say("georeport.wants.one", nil)))
		}
	}
	return given, faults
}

// attributeCode takes the code out of attribute[code] and attribute[code][], and out of attribute[code][0], as some clients number the
// answers of a list.
func attributeCode(name string) (string, bool) {
	m := attributeName.FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	return m[1], true
}

var attributeName = regexp.MustCompile(`^attribute\[(.+?)\](?:\[\d{0,3}\])?$`)

// wants is the key of what would be right instead of an answer; empty when it is right.
func (a attribute) wants(v string) string {
	switch a.datatype {
	case asNumber:
		if n, err := strconv.ParseFloat(v, 64); err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return "georeport.wants.number"
		}
	case asDatetime:
		if _, err := parseMoment(v); err != nil {
			return "georeport.wants.moment"
		}
	case asString:
		if strings.ContainsAny(v, "\r\n") {
			return "georeport.wants.line"
		}
	case asOne, asSeveral:
		if !slices.ContainsFunc(a.values, func(o value) bool { return o.key == v }) {
			return "georeport.wants.listed"
		}
	}
	return ""
}
