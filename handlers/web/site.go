package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/doorway"
	"github.com/gridwarden/gridwarden/handlers/publicationsheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Cases is what the public may know of cases.
type Cases interface {
	// Cases is the index of them, as the store stands.
	Cases(ctx context.Context) (*public.Index, error)
	// Steps is the public timeline of the case with that number; NotFound when there is none.
	Steps(ctx context.Context, number string) ([]public.Step, error)
}

// Records reads what is not a case. It refuses kinds that hold what is not for the public; what of a dossier is public, its
// domain package says.
type Records interface {
	Dossier(ctx context.Context, kind ledger.DossierKind, id string) (ledger.Dossier, error)
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
}

// Named is something with a code and names in the languages of the site.
type Named struct {
	Code  string
	Names texts.Names
}

// River is a line on the map.
type River struct {
	Name  string
	Lines []geo.Line
}

// Source is where something on the site comes from.
type Source struct {
	Names   texts.Names
	From    string
	Licence string
}

// Options say what the site shows.
type Options struct {
	Cases  Cases
	Boards Boards

	Enterprises Enterprises

	Records Records
	Plan    func(ctx context.Context) (plan.Board, error)                        // the plan of work
	People  func(ctx context.Context, cell grid.CellCode) (public.People, error) // who answers for a township
	Water   water.Work
	Words   *texts.Catalogue

	Publications publication.Work // what is owed to the public

	// Documents opens a file of the evidence store by the id that Telegram gave it. It is asked only for files that an official put
	// to the public. Conflict while the file is still being fetched. Nil: there are none.
	Documents func(ctx context.Context, unique string) ([]byte, error)

	Clock func() time.Time
	Log   *slog.Logger

	District    texts.Names // the district's name
	Office      string      // who answers for the site, as letters are signed
	Hotline     string      // of the government, for whoever would rather call
	Tree        *grid.Tree
	Categories  []Named // of pollution, in the order of the district's list
	Departments []Named
	Shapes      []geo.Shape            // the land of cells; ID is the cell's code
	Guessed     map[grid.CellCode]bool // cells whose land is a guess
	Outline     geo.MultiPolygon
	Rivers      []River
	Sources     []Source // of what the site shows, as licences want it said
	Location    *time.Location
	NoticesFor  time.Duration  // that a notice without an end of its own is listed
	Decide      calendar.Limit // in which it is decided whether a report is accepted
	Finish      calendar.Limit // in which an accepted one is answered
	Square      float64        // metres: places of reports are told as the middle of a square of this size
	Small       int            // rates of fewer cases are marked
	Base        string         // public address without a slash at its end, for links that leave the site; empty: that of the request
	Bot         string         // user name of the bot

	Door     Door           // for reports; nil: the site only shows
	Secret   []byte         // signs forms
	Proxies  []netip.Prefix // of which what they say of a visitor's address is believed
	Uploads  *doorway.Room  // for forms with files; nil: without bounds
	MaxFiles int            // of one report
}

// Site is the public site, an http.Handler.
type Site struct {
	o       Options
	handler http.Handler
	pages   func() (pages, error) // read when one is first asked for
	assets  assets
	boxes   map[grid.CellCode]geo.Shape
	sheets  sheets      // of what was published, for the printer
	land    func() plot // of every map; drawn when one is first asked for
}

// New checks the options; nothing is read from the store, and no template, before somebody asks.
func New(o Options) (*Site, error) {
	if o.Cases == nil || o.Plan == nil || o.People == nil || o.Words == nil || o.Clock == nil || o.Tree == nil || o.Location == nil {
		return nil, errors.New("web: cases, a plan, people, words, a clock, a tree of cells and a time zone are needed")
	}
	if o.Door != nil && len(o.Secret) < 16 {
		return nil, errors.New("web: a secret is needed to sign forms")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Publications.Memory = new(publication.Memory)
	s := &Site{o: o, boxes: make(map[grid.CellCode]geo.Shape, len(o.Shapes)), sheets: publicationsheet.NewDrawer(o.Words, o.Office)}
	for _, shape := range o.Shapes {
		s.boxes[grid.CellCode(shape.ID)] = shape
	}
	s.land = sync.OnceValue(s.drawLand)
	var err error
	if s.assets, err = readAssets(); err != nil {
		return nil, err
	}
	s.pages = sync.OnceValues(s.readPages)
	s.handler = guard(o.Base, s.routes())
	return s, nil
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
