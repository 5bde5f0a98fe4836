package main

import (
	"context"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestUnreadableConversation lets go of a conversation that cannot be read: nobody is locked out by it.
func TestUnreadableConversation(t *testing.T) {
	story(t, func(w *world) {
		ma := w.citizen("马")
		key := ledger.TalkKey(w.app.desk.Pseudonym(ma.ID()))
		_, err := w.app.store.Commit(context.Background(), ledger.Change{At: time.Now(), Talks: []ledger.TalkWrite{{
			Key: key, Data: []byte(`{"v":1,"s":`), Expires: time.Now().Add(time.Hour),
		}}})
		if err != nil {
			t.Fatal(err)
		}
		ma.says("寿乐镇土官口村有人把污水直接排到河里").sees("请核对").presses("提交").sees("已登记")
		if n, err := w.app.store.AsideCount(context.Background()); err != nil || n != 0 {
			t.Errorf("set aside: %d %v", n, err)
		}
	})
}
