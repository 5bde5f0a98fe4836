package routing

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/category/words"
)

// span is a stretch of text.
type span struct{ start, end int }

type spans []span

// covers tells whether any of the spans contains the stretch.
func (s spans) covers(start, end int) bool {
	for _, o := range s {
		if o.start <= start && end <= o.end {
			return true
		}
	}
	return false
}

// chainLength is how many characters a name within an address may have: 七里河区 after 兰州市.
const chainLength = 6

// outside finds the places in a text that are not ours: neighbours, and whatever bears the ending of a unit of
// administration without being a name of ours. It notes on s what it found.
func (b *Book) outside(s *scan, hits []words.Hit[[]ref]) spans {
	own := make([]bool, len(s.text)) // characters of names of ours
	begins := make(map[int]bool)     // where names of the district, or of what contains it, begin
	var out spans
	for _, h := range hits {
		for _, r := range h.Value {
			switch {
			case r.side == foreign && !b.followed(s.text, h.End, "road"):
				out = append(out, span{h.Start, h.End})
				if s.named == 0 {
					s.named = r.place
				}
			case r.side != foreign && r.grade <= full:
				begins[h.Start] = begins[h.Start] || r.side != ours
				for i := h.Start; i < h.End; i++ {
					own[i] = true
				}
			}
		}
	}
	out = b.cities(s.text, own, out)
	out = b.units(s, own, out)
	out = slices.DeleteFunc(out, func(o span) bool { return begins[o.end] }) // what contains us
	for i := range out {
		out[i].end = b.chain(s.text, own, out[i].end)
	}
	s.foreign = len(out) > 0
	return out
}

// cities adds the cities and provinces that anybody knows.
func (b *Book) cities(text []rune, own []bool, out spans) spans {
	for _, h := range b.names.lang.city.Find(text) {
		if h.Start > 0 && text[h.Start-1] != words.Break && !b.names.lang.has("city_before", string(text[h.Start-1])) {
			continue // part of another word, or of a unit that units finds
		}
		if b.followed(text, h.End, "region_suffix") {
			h.End++
		}
		if !own[h.Start] && !out.covers(h.Start, h.End) && !b.followed(text, h.End, "road") {
			out = append(out, span{h.Start, h.End})
		}
	}
	return out
}

// units adds what ends like a province, city or county, and notes townships that are not ours.
func (b *Book) units(s *scan, own []bool, out spans) spans {
	run := 0 // characters that a name may begin with, before i
	for i, r := range s.text {
		if !own[i] && b.unit(s.text, i, run) && !out.covers(i, i+1) {
			out = append(out, span{i - min(run, chainLength), i + 1})
		}
		if !own[i] && b.town(s.text, i, run) {
			s.doubt = true
		}
		run++
		if !inName(r) || own[i] {
			run = 0
		}
	}
	return out
}

// unit tells whether the character at i ends the name of a province, prefecture, city, county or district, with run
// characters of a name before it.
func (b *Book) unit(text []rune, i, run int) bool {
	lang := b.names.lang
	here := string(text[i])
	if run == 0 {
		return false
	}
	before := string(text[i-1])
	after := ""
	if i+1 < len(text) {
		after = string(text[i+1])
	}
	switch {
	case lang.has("unit_after", after), lang.has("unit_after", here+after):
		return false
	case here == lang.list["district_suffix"][0]: // a 区 is a unit only where an address begins with it
		return run >= 2 && run <= 4 && (i == run || text[i-run-1] == words.Break) && !lang.has("area_before", before)
	case lang.has("district_suffix", here), lang.has("region_suffix", here):
		return (run >= 2 || i == run && here == lang.list["district_suffix"][1]) && !lang.has("unit_before", before)
	default:
		return false
	}
}

// town tells whether the character at i ends the name of a township that is not ours.
func (b *Book) town(text []rune, i, run int) bool {
	lang := b.names.lang
	if run < 2 || !lang.has("township_suffix", string(text[i])) || lang.has("town_before", string(text[i-1])) {
		return false
	}
	return i+1 >= len(text) || !lang.has("town_after", string(text[i+1]))
}

// chain follows an address from the end of one name outside to the end of its last unit.
func (b *Book) chain(text []rune, own []bool, end int) int {
	for i := end; i < len(text) && i-end < chainLength && inName(text[i]); i++ {
		here := string(text[i])
		if i > end && !own[i] && (b.names.lang.has("district_suffix", here) || b.names.lang.has("township_suffix", here)) {
			end = i + 1
		}
	}
	return end
}
