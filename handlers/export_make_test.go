package handlers

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// commits is a store that keeps what is committed.
type commits struct {
	Store

	all []ledger.Change
}

func (c *commits) Commit(_ context.Context, change ledger.Change) (ledger.Receipt, error) {
	c.all = append(c.all, change)
	return ledger.Receipt{}, nil
}

// A long export says how far it is in the message whose button was pressed: every few seconds, and a few times at most; one that was not
// asked for by a button, such as the file of a case, says it once.
func TestExport_SaysHowFarItIs(t *testing.T) {
	words, err := texts.New()
	if err != nil {
		t.Fatal(err)
	}
	for r, want := range map[export.Request]int{
		{What: export.Cases, Message: 7}: exportSays, {What: export.Cases}: 1, {What: export.File}: 1,
	} {
		message := r.Message
		store, now := &commits{}, time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
		d := &Desk{Store: store, Texts: words, Clock: func() time.Time { return now }, Committed: func(ledger.Change) {}}
		x := exporting{scene: &scene{Desk: d, ctx: t.Context(), me: "p", lang: texts.Chinese}, r: r, last: now}
		for n := range 100 {
			now = now.Add(time.Second)
			if err := x.far(1000 + n); err != nil {
				t.Fatal(err)
			}
		}
		if len(store.all) != want {
			t.Errorf("%+v: it was said %d times, want %d", r, len(store.all), want)
		}
		for i, c := range store.all {
			m := c.Outbox[0]
			if m.Edit != message || m.To != "p" || !strings.Contains(m.Text, strconv.Itoa(1004+5*i)) {
				t.Errorf("%d: %+v", i, m)
			}
			if about := map[export.What]string{export.Cases: "已查看", export.File: "档案"}[r.What]; !strings.Contains(m.Text, about) {
				t.Errorf("%s: %s", r.What, m.Text)
			}
			if i > 0 && c.At.Sub(store.all[i-1].At) < exportEvery {
				t.Errorf("%d: %s after the last", i, c.At.Sub(store.all[i-1].At))
			}
		}
	}
}
