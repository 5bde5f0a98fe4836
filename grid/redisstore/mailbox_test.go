package redisstore_test

import (
	"strconv"
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestMailbox: what is kept for somebody leaves the outbox for good, comes once though it is said to be sent twice, is found in
// order by nobody else, is no more than the newest, and goes with the person.
func TestMailbox(t *testing.T) {
	both(t, func(w *world) {
		send := func(to grid.PersonID, text string) ledger.Message {
			t.Helper()
			_, err := w.Commit(w.ctx, ledger.Change{At: t0, Outbox: []ledger.Message{{To: to, Priority: ledger.Reply, Text: text, Image: []byte("drawn")}}})
			must(t, err)
			waiting, err := w.ReadOutbox(w.ctx, ledger.Reply, "", 9)
			must(t, err)
			if len(waiting) != 1 {
				t.Fatalf("%d wait", len(waiting))
			}
			must(t, w.Sent(w.ctx, waiting[0], ledger.Kept, t0))
			return waiting[0]
		}
		must(t, w.Sent(w.ctx, send("p-a", "one"), ledger.Kept, t0))
		send("p-b", "other")
		send("p-a", "two")
		mail, err := w.Mailbox(w.ctx, "p-a")
		must(t, err)
		if len(mail) != 2 || mail[0].Text != "one" || mail[1].Text != "two" || mail[0].Image != nil {
			t.Fatalf("%+v", mail)
		}
		for i := range 205 {
			send("p-a", strconv.Itoa(i))
		}
		if mail, err = w.Mailbox(w.ctx, "p-a"); err != nil || len(mail) != 200 || mail[199].Text != "204" {
			t.Errorf("%d messages, %v", len(mail), err)
		}
		_, err = w.Commit(w.ctx, ledger.Change{At: t0, Gone: []grid.PersonID{"p-a"}})
		must(t, err)
		if mail, err = w.Mailbox(w.ctx, "p-a"); err != nil || len(mail) != 0 {
			t.Errorf("after all was forgotten: %d messages, %v", len(mail), err)
		}
	})
}
