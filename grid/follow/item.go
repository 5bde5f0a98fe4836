package follow

import (
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// ItemKind is the kind of the dossiers of what was published, as followers are told of it.
const ItemKind ledger.DossierKind = "news"

// Fresh is the shelf of all items by when they were published, in milliseconds.
const Fresh ledger.Shelf = "fresh"

// Sources of items.
const (
	OfCase  = "case"  // the public notice of a case
	OfPost  = "post"  // a notice or advice of the office
	OfIssue = "issue" // a publication
)

// Item is one thing that was published, once: the ID is its source and what it is called there.
type Item struct {
	Source string            `json:"s"`
	Ref    string            `json:"r"` // the case's ID, the post's ID, the publication's
	At     time.Time         `json:"at"`
	Reach  Reach             `json:"re"`
	Title  map[string]string `json:"ti,omitempty"` // by language, where the source has no words of its own to be read again
}

// ID names the item.
func (i Item) ID() string { return i.Source + "." + i.Ref }

// Write makes the item's dossier. Published again, after it was taken back, it is news again.
func (i Item) Write(read ledger.Dossier) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, i)
	w.Stand(true, Fresh, float64(i.At.UnixMilli()))
	return w, err
}

// Concerns tells whether the person gets the item in a digest that begins after from: one of their topics reaches it, which they
// followed before it was published.
func (f Follows) Concerns(i Item, from time.Time, tree *grid.Tree) bool {
	if !i.At.After(from) {
		return false
	}
	reached := i.Reach.Shelves(tree)
	return slices.ContainsFunc(f.Topics, func(t Followed) bool {
		if t.Since.After(i.At) {
			return false
		}
		return i.Reach.All || slices.ContainsFunc(On(t.Topic, tree), func(s Shelf) bool { return slices.Contains(reached, s) })
	})
}

// Run is how far the digests of one hour have come; a dossier of DigestKind by its hour.
type Run struct {
	Until time.Time `json:"u"`           // everybody of this hour was told what was published up to then
	At    time.Time `json:"at,omitzero"` // under way: what is told goes up to then
	Place float64   `json:"p,omitempty"` // under way: everybody up to this place was told
}

// DigestKind is the kind of the dossiers of Run.
const DigestKind ledger.DossierKind = "digest"

// RunID is the ID of the run of an hour.
func RunID(hour int) string { return strconv.Itoa(hour) }
