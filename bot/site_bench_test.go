package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/web"
	"github.com/gridwarden/gridwarden/seeds"
)

// manyCases are what the public may see of a hundred thousand cases.
type manyCases struct{ index *public.Index }

func (m manyCases) Cases(context.Context) (*public.Index, error) { return m.index, nil }

func (m manyCases) Steps(context.Context, string) ([]public.Step, error) {
	return []public.Step{{At: monday, What: public.WasReceived}, {At: monday, What: public.WasAccepted}}, nil
}

// BenchmarkSite is how long pages take at a hundred thousand cases of this year, beside a handler that says as much as a page does
// and does nothing else. With "new" something changed since the last page, so that all townships are counted anew.
func BenchmarkSite(b *testing.B) {
	d, err := seeds.Load(seeds.Ledu)
	if err != nil {
		b.Fatal(err)
	}
	words, err := texts.New()
	if err != nil {
		b.Fatal(err)
	}
	x, towns := public.NewIndex(), d.Tree.Level(2)
	fill := func(i int) public.Case {
		c := public.Case{
			Report: fmt.Sprintf("2026-%05d", i), Number: fmt.Sprintf("A2026-%05d", i), Categories: []string{d.Categories[i%len(d.Categories)].Code},
			Township: towns[i%len(towns)].Code, Stage: public.Stages()[i%len(public.Stages())], Opened: monday.Add(-time.Duration(i) * 4 * time.Minute),
		}
		if i%5 == 0 {
			c.Notice = "经查属实，已责令停止排放。"
		}
		return c
	}
	for i := range 100_000 {
		x.Put(fill(i))
	}
	site, err := web.New(web.Options{
		Cases: manyCases{x}, Words: words, Clock: func() time.Time { return monday }, District: d.Names, Office: "office", Tree: d.Tree,
		Categories: categoryNames(d), Departments: departmentNames(d), Shapes: d.Shapes, Guessed: d.Guessed, Outline: d.Outline,
		Location: d.Settings.TimeZone, Small: d.Settings.SmallNumber, Plan: func(context.Context) (plan.Board, error) { return plan.Board{}, nil },
		People: func(context.Context, grid.CellCode) (public.People, error) { return public.People{}, nil },
	})
	if err != nil {
		b.Fatal(err)
	}
	body := make([]byte, 30_000)
	bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
	for _, c := range []struct {
		name, path string
		handler    http.Handler
		moved      bool
	}{
		{"bare", "/", bare, false},
		{"cases", "/cases", site, false},
		{"cases filtered", "/cases?township=630202102&state=open&page=3", site, false},
		{"case", "/cases/A2026-00042", site, false},
		{"cases new", "/cases?page=7", site, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if c.moved {
					x.Put(fill(i % 1000))
				}
				w := httptest.NewRecorder()
				c.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, http.NoBody))
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d", c.path, w.Code)
				}
			}
		})
	}
}
