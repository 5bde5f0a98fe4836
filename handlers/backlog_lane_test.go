package handlers

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// TestChatKey_OnePhone keeps what is said to somebody as a reporter in line with what is said to them in conversation.
func TestChatKey_OnePhone(t *testing.T) {
	said := ledger.Message{To: "person"}
	told := ledger.Message{To: "reporter", Lane: "person"}
	if chatKey(said) != chatKey(told) {
		t.Errorf("%q and %q are one chat", chatKey(said), chatKey(told))
	}
	if group := (ledger.Message{To: "person", Chat: -100}); chatKey(group) == chatKey(said) {
		t.Error("a group is not somebody's private chat")
	}
}
