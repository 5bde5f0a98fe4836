package flow

import (
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/consultation"
)

// TestANoteThatDoesNotFit_IsRefusedAndAskedForAgain: nothing of it is taken, and one that fits is taken whole.
func TestANoteThatDoesNotFit_IsRefusedAndAskedForAgain(t *testing.T) {
	c := newChat(t)
	c.begins(Task{Story: Wording, Ref: "m1.0", Reason: "point"}).says(strings.Repeat("字", maxWording+1)).sees("note.too_long", "note.point")
	c.says(strings.Repeat("字", maxWording)).sees("Worded")
	if got := last[Worded](c); got.Words != strings.Repeat("字", maxWording) || got.Ref != "m1.0" {
		t.Errorf("%+v", got)
	}
	if asked["consult_say"].most != consultation.MaxWords {
		t.Error("the chat takes another length than the answer holds")
	}
}
