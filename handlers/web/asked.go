package web

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// asked is the public part, at the moment of the visit, of the dossier that the address names; NotFound when there is none, or nothing of
// it is public yet.
func asked[T interface{ Public(now time.Time) (P, bool) }, P any](s *Site, v *visit, kind ledger.DossierKind) (public P, err error) {
	read, err := s.o.Records.Dossier(v.ctx, kind, v.r.PathValue("id"))
	if err != nil {
		return public, err
	}
	var it T
	if err := read.Into(&it); err != nil {
		return public, err
	}
	public, ok := it.Public(v.now)
	if !ok {
		return public, grid.Fail(grid.NotFound, "web.error.missing")
	}
	return public, nil
}
