package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/web"
	"github.com/gridwarden/gridwarden/seeds"
)

// openSite makes the public site of the district in force.
func (a *app) openSite(words *texts.Catalogue) error {
	d := a.district()
	waters := waterWork(d)
	waters.Memory = a.readings
	site, err := web.New(web.Options{
		Cases: a.showcase, Records: publicRecords{a.store}, Boards: shownBoards{a}, Enterprises: newShownEnterprises(a), Plan: a.planBoard(d), People: a.publicPeople(d),
		Water: waters, Words: words, Clock: a.Clock, Log: a.Log,
		District: d.Names, Office: d.Settings.OfficeName, Hotline: d.Settings.Hotline, Tree: d.Tree, Categories: categoryNames(d), Departments: departmentNames(d),
		Shapes: d.Shapes, Guessed: d.Guessed, Outline: d.Outline, Rivers: riverLines(d), Sources: sourcesOf(d),
		Location: d.Settings.TimeZone, Decide: d.Settings.DecideLimit, Finish: d.Settings.FinishLimit, Square: d.Settings.PublicSquare, Small: d.Settings.SmallNumber, NoticesFor: days(d.Settings.PostListed),
		Documents: a.publicDocument, Publications: d.Publishing(), Base: a.Site, Bot: a.me, Door: siteDoor{a}, Secret: a.Keys.Derive("gridwarden/v1/site"), Proxies: a.Proxies, Uploads: a.uploads, MaxFiles: d.Settings.MaxFiles,
	})
	if err != nil {
		return err
	}
	a.site.Store(site)
	return nil
}

// publicDocument opens a file that an official put to the public.
func (a *app) publicDocument(ctx context.Context, unique string) ([]byte, error) {
	f, err := a.store.File(ctx, unique)
	if err != nil {
		return nil, err
	}
	if f.SHA256 == "" {
		return nil, grid.Fail(grid.Conflict, "error.consult.fetching")
	}
	return a.vault.Original(ctx, f.SHA256)
}

// publicSite is the site as it is in force at each request, and what machines read beside its pages. The staff page lies below
// /staff/ at the same address; it shares nothing else with the site, which is given nothing that reads a case.
func (a *app) publicSite() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case isForMachines(r.URL.Path):
			a.machines.ServeHTTP(w, r)
		case strings.HasPrefix(r.URL.Path, "/staff/"):
			a.staff.ServeHTTP(w, r)
		default:
			a.site.Load().ServeHTTP(w, r)
		}
	})
}

func categoryNames(d *seeds.District) []web.Named {
	out := make([]web.Named, 0, len(d.Categories))
	for _, c := range d.Categories {
		out = append(out, web.Named{Code: c.Code, Names: c.Names})
	}
	return out
}

func departmentNames(d *seeds.District) []web.Named {
	out := make([]web.Named, 0, len(d.Departments))
	for _, dep := range d.Departments {
		out = append(out, web.Named{Code: dep.Name, Names: texts.Name(dep.Name)})
	}
	return out
}

// riverLines are the rivers of the district's gazetteer for which there is a line.
func riverLines(d *seeds.District) []web.River {
	var out []web.River
	for _, p := range d.Places {
		if p.Kind == "river" && len(p.Line) > 1 {
			out = append(out, web.River{Name: p.Name, Lines: []geo.Line{p.Line}})
		}
	}
	return out
}

func sourcesOf(d *seeds.District) []web.Source {
	out := make([]web.Source, 0, len(d.Sources))
	for _, x := range d.Sources {
		out = append(out, web.Source{Names: x.Names, From: x.From, Licence: x.Licence})
	}
	return out
}

// publicPeople tells who answers for a cell, as the roster stands.
func (a *app) publicPeople(d *seeds.District) func(context.Context, grid.CellCode) (public.People, error) {
	return func(ctx context.Context, cell grid.CellCode) (public.People, error) {
		roster, err := a.store.Roster(ctx)
		if err != nil {
			return public.People{}, err
		}
		return public.PeopleOf(roster, d.Tree, cell, a.Clock()), nil
	}
}

// boardEvery is how old the public board of the plan may be: reckoning anew reads what is stored of every promise.
const boardEvery = time.Minute

// planBoard is how the district's plan stands for the public.
func (a *app) planBoard(d *seeds.District) func(context.Context) (plan.Board, error) {
	var mu sync.Mutex
	var kept plan.Board
	var since time.Time
	work := planWork(d)
	return func(ctx context.Context) (plan.Board, error) {
		mu.Lock()
		defer mu.Unlock()
		now := a.Clock()
		if !since.IsZero() && now.Sub(since) < boardEvery {
			return kept, nil
		}
		openCases, err := a.showcase.Telling(ctx)
		if err != nil {
			return plan.Board{}, err
		}
		b, err := work.Board(ctx, a.store, openCases, now)
		if err != nil {
			return plan.Board{}, fmt.Errorf("public plan: %w", err)
		}
		kept, since = b, now
		return b, nil
	}
}

// publicRecords is the store as the public site may read it: of dossiers, only the kinds that hold something public.
type publicRecords struct{ store *redisstore.Store }

// publicKinds are the dossiers that have a public part; which part that is, their domain package says.
var publicKinds = map[ledger.DossierKind]bool{
	publication.Dossiers: true,
	post.Kind:            true,
	consultation.Kind:    true,
	hearing.Kind:         true,
	water.Readings:       true,
	water.Supervisions:   true,
	water.Treatments:     true,
}

func (p publicRecords) may(kind ledger.DossierKind) error {
	if publicKinds[kind] {
		return nil
	}
	return &grid.Error{Code: grid.NotFound, Key: "error.not_found", Err: fmt.Errorf("dossiers of kind %s are not public", kind)}
}

func (p publicRecords) Dossier(ctx context.Context, kind ledger.DossierKind, id string) (ledger.Dossier, error) {
	if err := p.may(kind); err != nil {
		return ledger.Dossier{}, err
	}
	return p.store.Dossier(ctx, kind, id)
}

func (p publicRecords) Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error) {
	if err := p.may(kind); err != nil {
		return nil, err
	}
	return p.store.Dossiers(ctx, kind, ids)
}

func (p publicRecords) Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error) {
	if err := p.may(kind); err != nil {
		return nil, err
	}
	return p.store.Shelf(ctx, kind, shelf, from, to, n)
}
