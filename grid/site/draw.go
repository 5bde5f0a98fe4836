package site

import (
	"cmp"
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Draw is a random draw of sites and of the inspectors who go there (双随机, 一公开). Whoever knows its seed, period and pools can
// recompute it.
type Draw struct {
	ID         string           `json:"id"` // its period: there is one for each
	Period     string           `json:"p"`  // 2026-11
	Seed       string           `json:"s"`
	At         time.Time        `json:"at"`
	By         grid.OfficerID   `json:"by"`
	Pools      []Pool           `json:"po"`
	Each       int              `json:"e"`  // inspectors who go to a site together
	Inspectors []grid.OfficerID `json:"in"` // who took part
	Drawn      []Ticket         `json:"d"`  // in the order of the lot, kind by kind
	Public     time.Time        `json:"pu,omitzero"`
	PublicBy   grid.OfficerID   `json:"pb,omitempty"`
}

// Pool is what was drawn from: all active sites of a kind.
type Pool struct {
	Kind  string   `json:"k"`
	Share int      `json:"s"` // percent
	Sites []Number `json:"n"`
}

// Ticket is one drawn site and who go there.
type Ticket struct {
	Site       Number           `json:"s"`
	Name       string           `json:"n"`
	Kind       string           `json:"k"`
	Cell       grid.CellCode    `json:"g"`
	Barred     []grid.OfficerID `json:"b,omitempty"` // who were kept from it
	Hash       string           `json:"h"`           // of the lot
	Officers   []grid.OfficerID `json:"o,omitempty"`
	Inspection string           `json:"i,omitempty"` // that was finished on it
	Failed     int              `json:"f,omitzero"`  // points of it that failed
	Done       time.Time        `json:"e,omitzero"`
}

// DrawDossier is the kind under which draws are kept.
const DrawDossier ledger.DossierKind = "draw"

// DrawShelf has all draws by their time; PublicShelf those whose results are public.
const (
	DrawShelf   ledger.Shelf = "all"
	PublicShelf ledger.Shelf = "public"
)

// Toss draws: of each kind its share, rounded up, and for each site as many inspectors as go there together, none who is kept
// from it. The order in which candidates and inspectors are given does not matter.
func Toss(d Draw, kinds []Kind, candidates []Site) Draw {
	known := make(map[Number]Site, len(candidates))
	pools := make(map[string][]Number)
	for _, c := range candidates {
		if c.State == Active {
			known[c.Number] = c
			pools[c.Kind] = append(pools[c.Kind], c.Number)
		}
	}
	d.Inspectors = slices.Sorted(slices.Values(d.Inspectors))
	d.Pools, d.Drawn = nil, nil
	for _, k := range kinds {
		numbers := slices.Sorted(slices.Values(pools[k.Code]))
		if len(numbers) == 0 || k.Share == 0 {
			continue
		}
		d.Pools = append(d.Pools, Pool{Kind: k.Code, Share: k.Share, Sites: numbers})
		for _, t := range casework.Lot(d.Seed, d.Period, texts(numbers), k.Share) {
			if t.Drawn {
				x := known[Number(t.Number)]
				d.Drawn = append(d.Drawn, Ticket{
					Site: x.Number, Name: x.Name, Kind: k.Code, Cell: x.Cell, Hash: t.Hash, Barred: x.Barred, Officers: d.pick(x.Number, x.Barred),
				})
			}
		}
	}
	return d
}

// Recheck draws anew from what is on record, and tells whether the same comes out.
func (d Draw) Recheck() bool {
	var sites []Site
	kinds := make([]Kind, 0, len(d.Pools))
	kept := make(map[Number][]grid.OfficerID)
	for _, t := range d.Drawn {
		kept[t.Site] = t.Barred
	}
	for _, p := range d.Pools {
		kinds = append(kinds, Kind{Code: p.Kind, Share: p.Share})
		for _, n := range p.Sites {
			sites = append(sites, Site{Number: n, Kind: p.Kind, State: Active, Barred: kept[n]})
		}
	}
	again := Toss(d, kinds, sites)
	return slices.EqualFunc(again.Drawn, d.Drawn, func(a, b Ticket) bool {
		return a.Site == b.Site && a.Hash == b.Hash && slices.Equal(a.Officers, b.Officers)
	})
}

// pick draws who go to a site: the lot of the inspectors under the site's number.
func (d *Draw) pick(n Number, barred []grid.OfficerID) []grid.OfficerID {
	var out []grid.OfficerID
	for _, t := range casework.Lot(d.Seed, d.Period+"|"+string(n), texts(d.Inspectors), 100) {
		if o := grid.OfficerID(t.Number); len(out) < d.Each && !slices.Contains(barred, o) {
			out = append(out, o)
		}
	}
	return out
}

func texts[S ~string](all []S) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

// Result is what the public may know of a draw: what was drawn from what, and what came of it; never who went there.
type Result struct {
	Period    string      `json:"period"`
	Seed      string      `json:"seed"`
	At        time.Time   `json:"drawn_at"`
	Pools     []PoolShown `json:"pools"`
	Sites     []Shown     `json:"sites"`
	Published time.Time   `json:"published_at,omitzero"`
}

// PoolShown is a pool as the public sees it.
type PoolShown struct {
	Kind  string `json:"kind"`
	Share int    `json:"share_percent"`
	Sites int    `json:"sites"`
	Drawn int    `json:"drawn"`
}

// Shown is a drawn site as the public sees it.
type Shown struct {
	Number    Number        `json:"number"`
	Name      string        `json:"name"`
	Kind      string        `json:"kind"`
	Cell      grid.CellCode `json:"cell"`
	Hash      string        `json:"hash"`
	Inspected time.Time     `json:"inspected_at,omitzero"`
	Failed    int           `json:"failed_points"`
}

// Result is the draw as the public may see it.
func (d Draw) Result() Result {
	r := Result{Period: d.Period, Seed: d.Seed, At: d.At, Published: d.Public}
	drawn := make(map[string]int)
	for _, t := range d.Drawn {
		drawn[t.Kind]++
		r.Sites = append(r.Sites, Shown{
			Number: t.Site, Name: t.Name, Kind: t.Kind, Cell: t.Cell, Hash: t.Hash, Inspected: t.Done, Failed: t.Failed,
		})
	}
	for _, p := range d.Pools {
		r.Pools = append(r.Pools, PoolShown{Kind: p.Kind, Share: p.Share, Sites: len(p.Sites), Drawn: drawn[p.Kind]})
	}
	return r
}

// Of lists what an officer was drawn for.
func (d Draw) Of(o grid.OfficerID) []Ticket {
	var out []Ticket
	for _, t := range d.Drawn {
		if slices.Contains(t.Officers, o) {
			out = append(out, t)
		}
	}
	return out
}

// Finish notes that a drawn site was inspected by somebody drawn for it; false when the draw knows nothing of that.
func (d *Draw) Finish(i Inspection) bool {
	for n, t := range d.Drawn {
		if t.Site == i.Site && t.Inspection == "" && slices.Contains(t.Officers, i.Officer) {
			d.Drawn = slices.Clone(d.Drawn)
			d.Drawn[n].Inspection, d.Drawn[n].Failed, d.Drawn[n].Done = i.ID, len(i.Failed()), i.Done
			return true
		}
	}
	return false
}

// Open tells how many drawn sites were not inspected yet.
func (d Draw) Open() int {
	n := 0
	for _, t := range d.Drawn {
		if t.Inspection == "" {
			n++
		}
	}
	return n
}

// DrawStep is what happened with a draw.
type DrawStep string

// The steps.
const (
	Tossed    DrawStep = "drawn"
	Checked   DrawStep = "inspected" // one of its sites
	Published DrawStep = "published"
)

// DrawEvent is one line of a draw's history.
type DrawEvent struct {
	At         time.Time      `json:"at"`
	By         grid.OfficerID `json:"by"`
	Via        string         `json:"via,omitempty"`
	Did        DrawStep       `json:"did"`
	Site       Number         `json:"site,omitempty"`
	Inspection string         `json:"inspection,omitempty"`
}

// ReadDraw is the draw that a dossier holds.
func ReadDraw(d ledger.Dossier) (Draw, error) {
	var out Draw
	err := d.Into(&out)
	return out, err
}

// Write makes the write of a draw as the next version of what was read.
func (d Draw) Write(read ledger.Dossier, e DrawEvent) (ledger.DossierWrite, error) {
	read.Kind, read.ID = DrawDossier, cmp.Or(d.ID, read.ID)
	out, err := ledger.WriteDossier(read, d, e)
	if err != nil {
		return out, err
	}
	out.On = map[ledger.Shelf]float64{DrawShelf: float64(d.At.Unix())}
	if !d.Public.IsZero() {
		out.On[PublicShelf] = float64(d.At.Unix())
	}
	return out, nil
}
