package publicationsheet

import (
	"errors"
	"sync"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Bounds of what a drawer does and keeps.
const (
	inLine = 6        // who may wait at once, with whoever is served
	kept   = 32 << 20 // bytes of drawings: those of years
)

// ErrBusy says that too many drawings are waited for.
var ErrBusy = errors.New("publicationsheet: too many drawings are waited for")

// Drawer draws for everybody who asks, one issue at a time, and keeps the newest drawings: what was published never changes, and
// drawing takes as long as many pages of the site. It may be used at once from many places.
type Drawer struct {
	words  *texts.Catalogue
	office string
	line   chan struct{}

	pen sync.Mutex // whoever holds it draws

	mu    sync.Mutex
	drawn map[drawing][]byte
	order []drawing // the oldest first
	size  int
}

// drawing names one by what it shows: the hash covers all of an issue.
type drawing struct {
	hash string
	lang texts.Lang
}

// NewDrawer makes a drawer with the words of a catalogue, for documents that an office signs.
func NewDrawer(words *texts.Catalogue, office string) *Drawer {
	return &Drawer{words: words, office: office, line: make(chan struct{}, inLine), drawn: make(map[drawing][]byte)}
}

// Draw returns the PDF of an issue in a language, which nobody may alter. ErrBusy when it is not drawn yet and too many wait already;
// otherwise as Draw of the package.
func (d *Drawer) Draw(p publication.Public, lang texts.Lang) ([]byte, error) {
	what := drawing{p.Hash, lang}
	if data, ok := d.look(what); ok {
		return data, nil
	}
	select {
	case d.line <- struct{}{}:
		defer func() { <-d.line }()
	default:
		return nil, ErrBusy
	}
	d.pen.Lock()
	defer d.pen.Unlock()
	if data, ok := d.look(what); ok { // whoever was before drew it
		return data, nil
	}
	data, err := Draw(d.words, d.office, p, lang)
	if err != nil {
		return nil, err
	}
	d.keep(what, data)
	return data, nil
}

func (d *Drawer) look(what drawing) ([]byte, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	data, ok := d.drawn[what]
	return data, ok
}

// keep keeps a drawing and lets go of the oldest, as many as are too much.
func (d *Drawer) keep(what drawing, data []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drawn[what], d.size = data, d.size+len(data)
	d.order = append(d.order, what)
	for d.size > kept && len(d.order) > 1 {
		d.size -= len(d.drawn[d.order[0]])
		delete(d.drawn, d.order[0])
		d.order = d.order[1:]
	}
}
