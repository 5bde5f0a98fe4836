package letterhead

import (
	"slices"
	"strings"
	"sync"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/picture"
)

// Drawer draws documents as PNG. A document goes to several people within a moment, and drawing costs as much as fifty messages
// of text: the newest drawings are kept. The zero value is ready; it may be used at once from many places.
type Drawer struct {
	mu     sync.Mutex
	newest [8]drawing
	next   int
}

type drawing struct {
	paper ledger.Paper
	png   []byte
}

// Draw returns the document as PNG, which nobody may alter. It fails when Telegram would not take the picture.
func (d *Drawer) Draw(p ledger.Paper) ([]byte, error) {
	if png := d.drawn(p); png != nil {
		return png, nil
	}
	png, err := picture.DrawDocument(picture.Document{
		Issuer: p.Issuer, Number: p.No, Title: p.Title, To: p.To, Paragraphs: strings.Split(p.Text, "\n"), Signed: p.Issuer, Day: p.Day, Copy: p.Copy,
	})
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.newest[d.next] = drawing{p, png}
	d.next = (d.next + 1) % len(d.newest)
	return png, nil
}

func (d *Drawer) drawn(p ledger.Paper) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.newest[:], func(n drawing) bool { return n.png != nil && n.paper == p })
	if i < 0 {
		return nil
	}
	return d.newest[i].png
}
