package media

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// table is a full box of fixed-size big-endian records: version and flags, a count, the records.
type table struct {
	data []byte
	n    int
	size int
}

// newTable reads a table whose count stands at offset at of the body and whose records have size bytes.
func newTable(body []byte, at, size int) (table, bool) {
	if len(body) < at+4 {
		return table{}, false
	}
	n := int(binary.BigEndian.Uint32(body[at:]))
	rest := body[at+4:]
	if n > len(rest)/size {
		return table{}, false
	}
	return table{data: rest, n: n, size: size}, true
}

func (t table) u32(i, field int) int {
	return int(binary.BigEndian.Uint32(t.data[i*t.size+field*4:]))
}

// samples are the tables that say where a track's samples lie.
type samples struct {
	chunks table // stco or co64: where each chunk begins
	runs   table // stsc: from which chunk on, how many samples per chunk
	sizes  table // stsz, when they differ
	same   int   // the size of every sample, 0 when they differ
	count  int
}

// addSamples notes which bytes the track plays. False when the tables do not fit the file or each other.
func (f *film) addSamples(stbl []box) bool {
	s, ok := f.readSamples(stbl)
	if !ok {
		return false
	}
	next, run := 0, 0
	for i := range s.chunks.n {
		for run+1 < s.runs.n && s.runs.u32(run+1, 0) <= i+1 {
			run++
		}
		start := s.chunks.u32(i, 0)
		if s.chunks.size == 8 {
			if start != 0 { // beyond 4 GB, or a negative number
				return false
			}
			start = s.chunks.u32(i, 1)
		}
		n := min(s.runs.u32(run, 1), s.count-next)
		length, ok := s.length(next, n, len(f.data))
		if !ok || start+length > len(f.data) {
			return false
		}
		next += n
		if length > 0 {
			f.played = append(f.played, span{start, start + length})
		}
	}
	return true
}

// length adds up n samples from first on; false when they exceed the file.
func (s samples) length(first, n, limit int) (int, bool) {
	if s.same > 0 {
		return n * s.same, n <= limit/s.same
	}
	sum := 0
	for i := range n {
		if sum += s.sizes.u32(first+i, 0); sum > limit {
			return 0, false
		}
	}
	return sum, true
}

func (f *film) readSamples(stbl []box) (s samples, ok bool) {
	var chunks, runs, sizes bool
	for _, b := range stbl {
		body := f.data[b.body:b.end]
		switch b.kind {
		case "stco":
			s.chunks, chunks = newTable(body, 4, 4)
		case "co64":
			s.chunks, chunks = newTable(body, 4, 8)
		case "stsc":
			s.runs, runs = newTable(body, 4, 12)
		case "stsz":
			sizes = s.readSizes(body)
		}
	}
	return s, chunks && runs && sizes && s.runs.n > 0
}

// readSizes refuses samples of one byte each: old QuickTime writes that for sound whose real size stands elsewhere.
func (s *samples) readSizes(body []byte) bool {
	if len(body) < 12 {
		return false
	}
	s.same = int(binary.BigEndian.Uint32(body[4:]))
	s.count = int(binary.BigEndian.Uint32(body[8:]))
	if s.same > 0 {
		return s.same > 1
	}
	var ok bool
	s.sizes, ok = newTable(body, 8, 4)
	return ok
}

// blankGaps zeroes what lies in a mdat box and is never played.
func (f *film) blankGaps(b box) {
	slices.SortFunc(f.played, func(x, y span) int { return cmp.Compare(x.start, y.start) })
	at := b.body
	for _, p := range f.played {
		if p.start > at {
			clear(f.data[at:min(p.start, b.end)])
		}
		if at = max(at, p.end); at >= b.end {
			return
		}
	}
	clear(f.data[at:b.end])
}
