package letterhead_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
)

// What several people get is drawn once; another number is another picture.
func TestDrawer_DrawsADocumentOnce(t *testing.T) {
	var d letterhead.Drawer
	paper := func(n int) ledger.Paper {
		return ledger.Paper{Issuer: "Office", No: fmt.Sprintf("No. %d", n), Title: "Order", To: "To:", Text: "Do it.", Day: "2026-12-04"}
	}
	draw := func(n int) []byte {
		t.Helper()
		png, err := d.Draw(paper(n))
		if err != nil || len(png) == 0 {
			t.Fatalf("%d: %d bytes, %v", n, len(png), err)
		}
		return png
	}
	first, other, again := draw(1), draw(2), draw(1)
	if &first[0] != &again[0] {
		t.Error("the same document was drawn twice")
	}
	if bytes.Equal(first, other) {
		t.Error("two documents look the same")
	}
	for n := range 20 { // others come and go
		draw(10 + n)
	}
	if !bytes.Equal(draw(1), first) {
		t.Error("a document looks different later")
	}
}
