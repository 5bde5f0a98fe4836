package flow

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// maxSiteName is the longest name of a site, in characters: it has to fit a sticker and a line of a list.
const maxSiteName = 40

// NewSite is what is known so far of a site that is added in the field.
type NewSite struct {
	Kind string    `json:"k,omitempty"`
	Pin  *Pin      `json:"p,omitempty"`
	Name string    `json:"n,omitempty"`
	Zone site.Zone `json:"z,omitempty"`

	ZoneSaid bool `json:"zs,omitempty"` // which may be none
	NoPhoto  bool `json:"np,omitempty"`
}

// SitePlace is a site as a report begins at it: from the link on its sticker.
type SitePlace struct {
	Number site.Number       `json:"no"`
	Name   string            `json:"n"`
	Names  map[string]string `json:"k"` // of its kind
	Cell   grid.CellCode     `json:"g"`
	Point  *geo.Point        `json:"p,omitempty"`
}

type (
	// AddSite puts a site on the register.
	AddSite struct {
		Site  NewSite
		Files []File
		At    time.Time
	}

	// OpenSite is what the link on a site's sticker asks for: an officer sees the site, anybody else reports it. The latter is
	// answered by an event SiteGiven.
	OpenSite struct{ Number site.Number }

	// NoteInspection adds words and photos to a point of an inspection under way.
	NoteInspection struct {
		Inspection string
		Point      string
		Words      string
		Files      []File
		At         time.Time
	}
)

func (AddSite) command()        {}
func (OpenSite) command()       {}
func (NoteInspection) command() {}

// SiteLink begins the code of a link on a sticker: t.me/<bot>?start=s_PW0012.
const SiteLink = "s_"

// askSite asks for the first thing that a new site lacks.
func (t *turn) askSite() {
	task := t.s.Task
	if task.Site == nil {
		task.Site = &NewSite{}
	}
	kind, known := t.siteKind(task.Site.Kind)
	switch n := task.Site; {
	case !known:
		t.ask("site.ask_kind", nil, inRows(2, t.siteKinds())...)
	case n.Pin == nil:
		t.askPlace("site.ask_place", args("kind", texts.Names(kind.Names)))
	case n.Name == "":
		t.ask("site.ask_name", args("kind", texts.Names(kind.Names), "max", maxSiteName))
	case kind.Zoned && !n.ZoneSaid:
		t.ask("site.ask_zone", args("name", n.Name), t.zones()...)
	case len(task.Files) == 0 && !n.NoPhoto:
		t.ask("site.ask_photo", args("name", n.Name), []Choice{t.choice("button.no_photo", "no_picture", "")})
	default:
		t.do(AddSite{Site: *n, Files: task.Files, At: t.e.At})
		t.endStory()
	}
}

func (t *turn) siteKind(code string) (site.Kind, bool) {
	kinds := t.book.SiteKinds()
	i := slices.IndexFunc(kinds, func(k site.Kind) bool { return k.Code == code })
	if i < 0 {
		return site.Kind{}, false
	}
	return kinds[i], true
}

func (t *turn) siteKinds() []Choice {
	kinds := t.book.SiteKinds()
	out := make([]Choice, 0, len(kinds))
	for _, k := range kinds {
		out = append(out, t.named(texts.Names(k.Names), "site_kind", k.Code))
	}
	return out
}

func (t *turn) zones() [][]Choice {
	all := make([]Choice, 0, len(site.Zones())+1)
	for _, z := range site.Zones() {
		all = append(all, t.choice("zone."+string(z), "zone", string(z)))
	}
	return inRows(2, append(all, t.choice("zone.none", "zone", "")))
}

// siteMessage takes whatever a message brings of a new site.
func (t *turn) siteMessage() {
	n := t.s.Task.Site
	switch {
	case t.e.Point != nil && (t.e.Venue != "" || t.e.Forward):
		t.askPlace("site.not_there", nil)
		return
	case t.e.Point != nil:
		n.Pin = &Pin{Point: *t.e.Point, Accuracy: t.e.Accuracy, Live: t.e.Live, Picked: t.e.Picked}
	}
	joins := t.joinsSilently(t.s.Task.Files)
	t.takeFiles(t.e.stamped(""))
	if said := strings.Join(strings.Fields(t.e.Text), " "); said != "" && n.Kind != "" && n.Name == "" {
		if utf8.RuneCountInString(said) > maxSiteName {
			t.sayKey("site.name_long", "max", maxSiteName)
			return
		}
		n.Name = said
	}
	if !joins {
		t.askAgain()
	}
}

func (t *turn) chooseSiteKind(code string) { t.onSite(func(n *NewSite) { n.Kind = code }) }
func (t *turn) noPicture(string)           { t.onSite(func(n *NewSite) { n.NoPhoto = true }) }

func (t *turn) chooseZone(code string) {
	if code != "" && !slices.Contains(site.Zones(), site.Zone(code)) {
		t.stale()
		return
	}
	t.onSite(func(n *NewSite) { n.Zone, n.ZoneSaid = site.Zone(code), true })
}

// onSite changes the new site by a button and asks on.
func (t *turn) onSite(change func(*NewSite)) {
	if t.s.Task.Story != Siting || t.s.Task.Site == nil {
		t.stale()
		return
	}
	change(t.s.Task.Site)
	t.askAgain()
}

// back takes the last answer about a new site back, and tells whether there was any.
func (n *NewSite) back() bool {
	switch {
	case n == nil:
		return false
	case n.ZoneSaid:
		n.ZoneSaid, n.Zone = false, ""
	case n.Name != "":
		n.Name = ""
	case n.Pin != nil:
		n.Pin = nil
	case n.Kind != "":
		n.Kind = ""
	default:
		return false
	}
	return true
}

// siteGiven begins a report at a site, or gives its place to the report under way that has none.
func (t *turn) siteGiven() {
	given := t.e.Site
	if given == nil {
		return
	}
	t.park()
	if d := t.s.Draft; d != nil && (d.Pin != nil || d.Place() != "" || d.CellChosen) {
		t.offerDraft()
		return
	}
	if t.s.Draft == nil {
		t.newDraft()
	}
	d := t.s.Draft
	if given.Point != nil {
		d.setPin(Pin{Point: *given.Point})
	}
	d.Words = append(d.Words, Words{Text: given.Name, Place: true})
	d.Site, d.Cell, d.CellChosen = given.Number, given.Cell, true
	t.s.Story, t.s.Step, t.s.Seen = Report, stepWhat, t.now
	if d.Text() != "" || len(d.Files) > 0 {
		t.advance()
		return
	}
	t.ask("report.ask_first_at", args("name", given.Name, "kind", texts.Names(given.Names)))
}

// askNote asks for words or photos of a point of an inspection.
func (t *turn) askNote() {
	t.ask("inspection.ask_note", args("point", t.s.Task.Asked), []Choice{t.choice("button.note_done", "note_done", "")})
}

// noteMessage takes them at once: what was sent is kept whatever comes next.
func (t *turn) noteMessage() {
	task := t.s.Task
	joins := t.joinsSilently(task.Files)
	before := len(task.Files)
	t.takeFiles(t.e.stamped(""))
	words := strings.TrimSpace(t.e.Text)
	if words == "" && len(task.Files) == before {
		t.askAgain()
		return
	}
	t.do(NoteInspection{
		Inspection: task.Inspection, Point: task.Point, Words: t.clipTask(words, t.rules.MaxText), Files: task.Files[before:], At: t.e.At,
	})
	if !joins {
		t.ask("inspection.noted", args("point", task.Asked, "files", len(task.Files)), []Choice{t.choice("button.note_done", "note_done", "")})
	}
}

// noteDone leaves the note; the handlers' next question stands under the inspection itself.
func (t *turn) noteDone(string) {
	if t.s.Task.Story != Noting {
		t.stale()
		return
	}
	id := t.s.Task.Inspection
	t.do(ShowInspection{ID: id})
	t.endStory()
}

// ShowInspection shows an inspection under way at the point that comes next.
type ShowInspection struct{ ID string }

func (ShowInspection) command() {}
