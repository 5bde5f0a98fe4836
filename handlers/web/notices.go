package web

import (
	"math"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/post"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	noticesBack  = 400 * 24 * time.Hour // within which a notice went out that may still hold: a year, and some days
	noticesRead  = 5000
	noticesShown = 15 // on a page: each stands there with all of its words
)

// noticesPage is the office's notices and advice that hold now.
type noticesPage struct {
	Notices []post.Public
	Paging  paging
}

// notices lists what the office tells the public now, the newest first.
func (s *Site) notices(v *visit) (page, error) {
	from := v.now.Add(-s.o.NoticesFor)
	ids, err := s.o.Records.Shelf(v.ctx, post.Kind, post.Shown, float64(v.now.Add(-noticesBack).UnixMilli()), math.MaxInt64, noticesRead)
	if err != nil {
		return page{}, err
	}
	slices.Reverse(ids)
	found, err := s.o.Records.Dossiers(v.ctx, post.Kind, ids)
	if err != nil {
		return page{}, err
	}
	var shown noticesPage
	for _, d := range found {
		var p post.Post
		if err := d.Into(&p); err != nil {
			return page{}, err
		}
		n, public := p.Public()
		holds := n.Until.After(v.now) || n.Until.IsZero() && n.Out.After(from)
		if public && holds {
			shown.Notices = append(shown.Notices, n)
		}
	}
	shown.Notices, shown.Paging = turned(v, shown.Notices, noticesShown)
	return page{name: "notices", title: v.t("web.notices.title"), data: shown}, nil
}

// notice shows one, also when it does not hold any more; what was taken back is not there.
func (s *Site) notice(v *visit) (page, error) {
	d, err := s.o.Records.Dossier(v.ctx, post.Kind, v.r.PathValue("id"))
	if grid.CodeOf(err) == grid.NotFound {
		return s.notThere(v), nil
	}
	if err != nil {
		return page{}, err
	}
	var p post.Post
	if err := d.Into(&p); err != nil {
		return page{}, err
	}
	n, public := p.Public()
	if !public {
		return s.notThere(v), nil
	}
	return page{name: "notice", title: texts.Names(n.Title).In(v.lang), data: n}, nil
}
