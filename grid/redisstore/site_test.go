package redisstore_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
)

// A register of thousands of sites comes in one commit, as an import brings it, and is found again whole.
func TestThousandsOfSitesInOneCommit(t *testing.T) {
	both(t, func(w *world) {
		t := w.t
		n := 600 // the imitation takes its time
		if strings.HasSuffix(t.Name(), "/redis") {
			n = 4000
		}
		c := ledger.Change{At: t0}
		for i := range n {
			s := site.Site{Number: site.Number(fmt.Sprintf("PW%04d", i+1)), Kind: "outfall", Cell: "630202102", State: site.Active, Added: t0}
			x, err := ledger.WriteDossier(ledger.Dossier{Kind: site.Dossier, ID: string(s.Number)}, s, site.Event{At: t0, Did: site.Added})
			must(t, err)
			x.On = map[ledger.Shelf]float64{site.AllShelf: site.Place(s.Due), site.CellShelf(s.Cell): float64(i)}
			c.Dossiers = append(c.Dossiers, x)
		}
		_, err := w.Commit(w.ctx, c)
		must(t, err)
		for _, shelf := range []ledger.Shelf{site.AllShelf, site.CellShelf("630202102")} {
			ids, err := w.Shelf(w.ctx, site.Dossier, shelf, site.First, site.Last, n+1)
			must(t, err)
			if len(ids) != n || ids[0] != "PW0001" {
				t.Errorf("%s: %d sites, the first %s", shelf, len(ids), ids[0])
			}
			found, err := w.Dossiers(w.ctx, site.Dossier, ids)
			must(t, err)
			last, err := site.Read(found[len(found)-1])
			if err != nil || len(found) != n || string(last.Number) != fmt.Sprintf("PW%04d", n) {
				t.Errorf("%d read, the last %+v, %v", len(found), last, err)
			}
		}
	})
}
