package flow

import (
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Draft is a report that is not submitted yet. What the person replaced goes to Former and Pins, of which the newest are
// kept.
type Draft struct {
	Nonce string    `json:"n"` // buttons carry it, so that those of an older draft are known
	Field bool      `json:"fi,omitempty"`
	Began time.Time `json:"b"`
	Step  StepName  `json:"p,omitempty"` // where it stood when it was set aside

	Words  []Words `json:"w,omitempty"`
	Former []Words `json:"fw,omitempty"`
	Files  []File  `json:"f,omitempty"`
	Phone  string  `json:"ph,omitempty"` // left by the contact button
	Name   string  `json:"nm,omitempty"` // the real one, if they want to leave it; anonymous without it

	Categories     []string `json:"c,omitempty"` // main one first
	Kinds          []string `json:"k,omitempty"`
	CategoryChosen bool     `json:"cc,omitempty"`
	Elsewhere      string   `json:"el,omitempty"` // code of the matter when it is not environmental
	Anyway         bool     `json:"an,omitempty"` // to be filed though it is not environmental

	Pin         *Pin            `json:"pin,omitempty"`  // where the person says it is
	Pins        []Pin           `json:"pins,omitempty"` // what Pin was before
	Exif        *Pin            `json:"ex,omitempty"`   // where a photo's metadata says it was taken
	ExifAsked   bool            `json:"exa,omitempty"`
	PlaceEdited bool            `json:"pe,omitempty"` // the words of the complaint no longer tell the place
	Cell        grid.CellCode   `json:"g,omitempty"`
	CellChosen  bool            `json:"gc,omitempty"`
	Offered     []grid.CellCode `json:"of,omitempty"`
	NotThese    []grid.CellCode `json:"nt,omitempty"` // offered and turned down
	PlaceTries  int             `json:"tr,omitempty"`
	OutOfArea   bool            `json:"oa,omitempty"`
	AwayKept    bool            `json:"ak,omitempty"` // to be filed though it is out of area
	Away        string          `json:"aw,omitempty"` // the neighbour's name, where it is known
	Towards     *geo.Compass    `json:"to,omitempty"` // in which the district lies, seen from the point

	Site     site.Number     `json:"si,omitempty"` // at which it began, by the link on its sticker
	Urgent   bool            `json:"u,omitempty"`
	Alarm    casework.CaseID `json:"al,omitempty"` // that the officers on duty were called with
	Heard    *heard          `json:"hd,omitempty"` // what they were told
	Told     bool            `json:"ut,omitempty"` // whom to call now
	Searched bool            `json:"se,omitempty"` // for similar cases
	Similar  []Similar       `json:"sm,omitempty"`
	Repeated bool            `json:"rp,omitempty"` // told that the same words again add nothing
	OwnAsked bool            `json:"oq,omitempty"` // asked for own words, where all were forwarded
	NoPhoto  bool            `json:"np,omitempty"` // an inspector files without a photo
}

// Words is what one message said.
type Words struct {
	Message int    `json:"m,omitempty"`
	Text    string `json:"t"`
	Place   bool   `json:"p,omitempty"`  // said as the place
	Forward bool   `json:"fw,omitempty"` // written by somebody else
}

// Pin is a point with what is known of it.
type Pin struct {
	Point    geo.Point `json:"pt"`
	Accuracy float64   `json:"ac,omitempty"` // metres; 0 when not given
	Picked   bool      `json:"pk,omitempty"`
	Live     bool      `json:"lv,omitempty"`
	FromFile string    `json:"f,omitempty"` // the file whose metadata it comes from
}

// Text is what happened, in the person's words, one message a line.
func (d *Draft) Text() string { return d.join(false) }

// Place is where it is, in the person's words.
func (d *Draft) Place() string { return d.join(true) }

func (d *Draft) join(place bool) string {
	var parts []string
	for _, w := range d.Words {
		if w.Place == place {
			parts = append(parts, w.Text)
		}
	}
	return strings.Join(parts, "\n")
}

// empty tells whether nobody would miss the draft.
func (d *Draft) empty() bool {
	return len(d.Words)+len(d.Files)+len(d.Pins)+len(d.Categories) == 0 && d.Pin == nil && d.Phone == "" && d.Name == ""
}

// setPin takes where the person says it is and keeps what was said before.
func (d *Draft) setPin(p Pin) {
	if d.Pin != nil && *d.Pin != p {
		d.Pins = append(d.Pins, *d.Pin)
	}
	d.Pin = &p
	d.placeChanged()
}

// placeChanged forgets what was decided on an older place.
func (d *Draft) placeChanged() {
	d.CellChosen, d.AwayKept, d.Searched, d.Site = false, false, false, ""
	d.Similar = nil
}

// retire moves the words that match to Former.
func (d *Draft) retire(match func(Words) bool) {
	var keep []Words
	for _, w := range d.Words {
		if match(w) {
			d.Former = append(d.Former, w)
		} else {
			keep = append(keep, w)
		}
	}
	d.Words = keep
}

func (d *Draft) clone() *Draft {
	if d == nil {
		return nil
	}
	c := *d
	c.Words, c.Former, c.Files = slices.Clone(d.Words), slices.Clone(d.Former), slices.Clone(d.Files)
	c.Categories, c.Kinds = slices.Clone(d.Categories), slices.Clone(d.Kinds)
	c.Pins, c.Offered, c.NotThese = slices.Clone(d.Pins), slices.Clone(d.Offered), slices.Clone(d.NotThese)
	c.Similar = slices.Clone(d.Similar)
	return &c
}

// groups lists the albums that files belong to.
func groups(files []File) []string {
	var out []string
	for _, f := range files {
		if f.Group != "" && !slices.Contains(out, f.Group) {
			out = append(out, f.Group)
		}
	}
	return out
}
