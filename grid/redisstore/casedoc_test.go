package redisstore_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
)

const theCase = "gw:{630202}:case:c1"

// worked stores a case with three events and another with one.
func (w *world) worked() casework.Case {
	w.t.Helper()
	w.stored("c2")
	c := w.stored("c1")
	for i, a := range []casework.Act{
		{Action: casework.Accept, Person: desk, Disposition: casework.AcceptIt},
		{Action: casework.Take, Person: worker, Officer: fieldman},
	} {
		_, change := w.act(c, a, t0.Add(time.Duration(i+1)*time.Minute))
		_, err := w.Commit(w.ctx, change)
		must(w.t, err)
		c, err = w.Case(w.ctx, "c1")
		must(w.t, err)
	}
	return c
}

// What the place of an event says is not stored, and comes back when it is read.
func TestHistoryComesBackWhole(t *testing.T) {
	both(t, func(w *world) {
		c := w.worked()
		history, err := w.History(w.ctx, "c1")
		must(t, err)
		must(t, casework.Verify(c, history))
		if c.ID != "c1" || c.Version != 3 || len(history) != 3 || history[2].Seq != 3 || history[2].Case != "c1" || history[2].Prev != history[1].Hash {
			t.Errorf("case %+v, history %+v", c, history)
		}
		raw := strings.Join(w.client.LRange(w.ctx, theCase, 0, -1).Val(), "\n")
		if strings.Contains(raw, `"c1"`) || strings.Count(raw, history[1].Hash) != 1 {
			t.Errorf("stored twice: %s", raw)
		}
	})
}

// A history that somebody changed in the database does not verify.
func TestAlteredHistory(t *testing.T) {
	for name, alter := range map[string]func(w *world, list []string) []string{
		"untouched": nil,
		"words":     func(_ *world, l []string) []string { l[1] = strings.Replace(l[1], "accept", "refuse", 1); return l },
		"order":     func(_ *world, l []string) []string { l[0], l[1] = l[1], l[0]; return l },
		"middle":    func(_ *world, l []string) []string { return append(l[:1], l[2:]...) },
		"end":       func(_ *world, l []string) []string { return l[:2] },
		"doubled":   func(_ *world, l []string) []string { return append(l, l[2]) },
		"foreign": func(w *world, l []string) []string {
			l[0] = w.client.LIndex(w.ctx, "gw:{630202}:case:c2", 1).Val()
			return l
		},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(w *world) {
				c := w.worked()
				if alter != nil {
					list := alter(w, w.client.LRange(w.ctx, theCase, 1, -1).Val())
					must(t, w.client.LTrim(w.ctx, theCase, 0, 0).Err())
					for _, e := range list {
						must(t, w.client.RPush(w.ctx, theCase, e).Err())
					}
				}
				history, err := w.History(w.ctx, "c1")
				must(t, err)
				if err = casework.Verify(c, history); (err != nil) != (alter != nil) {
					t.Errorf("verify: %v", err)
				}
			})
		})
	}
}
