package public

import (
	"cmp"
	"crypto/rand"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Index holds what the public may see of all cases, in memory: it is a view of the store, made anew at each start, and about
// three hundred bytes a case. It may be read and written by many at once.
type Index struct {
	mu      sync.RWMutex
	cases   []*Case // the first registered first
	changed []*Case // the same, what changed last at the end
	at      map[string]*Case
	open    map[*Case]struct{} // those of them that the office still owes an answer to
	filling string             // tells this index from every other that was ever filled, here or elsewhere
	version uint64             // of this filling
	summary map[spanKey]*counts
}

// NewIndex returns an empty one.
func NewIndex() *Index {
	return &Index{filling: rand.Text(), at: make(map[string]*Case), open: make(map[*Case]struct{}), summary: make(map[spanKey]*counts)}
}

// Put replaces what is known of a case, by the number of its registration.
func (x *Index) Put(c Case) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(c.Report)
	x.cases, x.changed = insert(x.cases, &c, order), insert(x.changed, &c, byChange)
	x.at[c.Report], x.at[c.Number] = &c, &c
	if c.Stage.Open() {
		x.open[&c] = struct{}{}
	}
	x.moved(&c, 1)
}

// Remove takes out what the public may not know of any more, by the number of the registration.
func (x *Index) Remove(report string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(report)
}

func (x *Index) remove(report string) {
	old, ok := x.at[report]
	if !ok {
		return
	}
	x.cases, x.changed = without(x.cases, old, order), without(x.changed, old, byChange)
	delete(x.at, old.Report)
	delete(x.at, old.Number)
	delete(x.open, old)
	x.moved(old, -1)
}

// moved counts a case that came (1) or went (-1).
func (x *Index) moved(c *Case, n int) {
	x.version++
	for _, counts := range x.summary {
		counts.count(c, n)
	}
}

func order(a, b *Case) int {
	return cmp.Or(a.Opened.Compare(b.Opened), cmp.Compare(a.Report, b.Report))
}

// byChange tells nothing of two cases that is not told of them: where their days are the same, the first registered comes first.
func byChange(a, b *Case) int {
	return cmp.Or(a.Changed().Compare(b.Changed()), order(a, b))
}

func insert(sorted []*Case, c *Case, order func(a, b *Case) int) []*Case {
	i, _ := slices.BinarySearchFunc(sorted, c, order)
	return slices.Insert(sorted, i, c)
}

func without(sorted []*Case, c *Case, order func(a, b *Case) int) []*Case {
	if i, found := slices.BinarySearchFunc(sorted, c, order); found {
		return slices.Delete(sorted, i, i+1)
	}
	return sorted
}

// Version is another one whenever something changes, and in every other index: what was counted before a start of the process, or by
// another one, never stands for what is in this.
func (x *Index) Version() string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.filling + strconv.FormatUint(x.version, 36)
}

// Find returns the case with that number, of the case or of its registration.
func (x *Index) Find(number string) (Case, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	c, ok := x.at[number]
	if !ok {
		return Case{}, false
	}
	return *c, true
}

// Query chooses cases; what is zero does not restrict.
type Query struct {
	Township grid.CellCode
	Category string
	Stages   []Stage
	Open     *bool
	From, To time.Time // of the registration, To exclusive
	Updated  time.Time // changed at that moment or later, as far as moments or days are told
	Noticed  bool      // only those with a public notice
	Skip, N  int       // of the result, the newest first; N 0: all
	Changed  bool      // those first of which the public heard last, instead of the newest
	First    bool      // the first N are enough: how many there are in all is not counted
	Where    func(*Case) bool
}

func (q *Query) holds(c *Case) bool {
	return (q.Township == "" || c.Township == q.Township) && (q.Category == "" || slices.Contains(c.Categories, q.Category)) &&
		(len(q.Stages) == 0 || slices.Contains(q.Stages, c.Stage)) && (q.Open == nil || c.Stage.Open() == *q.Open) &&
		(q.Updated.IsZero() || !c.Updated.Before(q.Updated) || !c.Told.Before(q.Updated)) && (!q.Noticed || c.Notice != "") && (q.Where == nil || q.Where(c))
}

// within tells whether a case was registered in the span.
func (q *Query) within(c *Case) bool {
	return (q.From.IsZero() || !c.Opened.Before(q.From)) && (q.To.IsZero() || c.Opened.Before(q.To))
}

// Select lists the chosen cases, the newest or what changed last first, and tells how many there are in all; with First, how many were looked at for it.
func (x *Index) Select(q Query) (page []Case, total int) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	from, to := x.between(q.From, q.To)
	among := x.cases[from:to]
	if q.Changed {
		among = x.changed
	}
	for _, c := range slices.Backward(among) {
		if q.Changed && !q.within(c) || !q.holds(c) {
			continue
		}
		if total >= q.Skip && (q.N == 0 || len(page) < q.N) {
			page = append(page, *c)
		}
		total++
		if q.First && len(page) == q.N {
			break
		}
	}
	return page, total
}

// between is the part of the cases that were registered in [from, to).
func (x *Index) between(from, to time.Time) (first, end int) {
	end = len(x.cases)
	at := func(t time.Time) int {
		i, _ := slices.BinarySearchFunc(x.cases, t, func(c *Case, t time.Time) int {
			if c.Opened.Before(t) {
				return -1
			}
			return 1
		})
		return i
	}
	if !from.IsZero() {
		first = at(from)
	}
	if !to.IsZero() {
		end = max(first, at(to))
	}
	return first, end
}
