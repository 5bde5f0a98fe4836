package flow

import (
	"github.com/gridwarden/gridwarden/grid/routing"
)

// fetched takes where a file's metadata says it was taken, as a suggestion: what the person says about the place wins,
// and both are kept.
func (t *turn) fetched() {
	d := t.s.Draft
	if d == nil || t.e.Point == nil || t.e.Point.Valid() != nil || d.Exif != nil {
		return
	}
	for _, f := range d.Files {
		if f.Unique == t.e.File {
			d.Exif = &Pin{Point: *t.e.Point, FromFile: f.Unique}
		}
	}
	unsure := d.Pin == nil && !d.CellChosen && (t.s.Step == stepWhere || t.s.Step == stepSummary)
	if d.Exif != nil && t.s.Story == Report && unsure && len(t.s.Held) == 0 {
		t.offerExif()
	}
}

// offerExif offers the metadata's place unless it is of no use: unknown, or what the words say anyway. It tells whether
// it asked.
func (t *turn) offerExif() bool {
	d := t.s.Draft
	a := t.book.Route(routing.Query{Point: &d.Exif.Point})
	if len(a.Candidates) == 0 || a.Candidates[0].Cell == d.Cell {
		return false
	}
	d.ExifAsked = true
	t.ask("report.exif", args("cell", t.cellName(a.Candidates[0].Cell)), []Choice{
		t.choice("button.exif_use", "exif_use", ""), t.choice("button.exif_no", "exif_no", ""),
	})
	return true
}

func (t *turn) exifUse(string) {
	d := t.s.Draft
	if d.Exif == nil {
		t.stale()
		return
	}
	d.setPin(*d.Exif)
	t.advance()
}

func (t *turn) exifNo(string) { t.advance() }
