package seeds_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/seeds"
)

const oneBoard = `duties: {plan: [a], chief: [b], source: a, status: ours}
goals: {plan: [], chief: [b], source: a, status: ours}
rules: {plan: [], chief: [b], source: a, status: ours}
boards:
  - {id: x-1, form: chief, river: 河, cell: "9901", extent: 段, target: IV, source: a, status: ours, title: 镇长, phone: 0972-8620000}
`

// TestLoad_RiverChief: a river chief's board takes a post and the office's telephone; the plan's board takes neither, nor is anything
// but a telephone printed as one.
func TestLoad_RiverChief(t *testing.T) {
	fsys := tiny(t)
	fsys["boards.yaml"] = &fstest.MapFile{Data: []byte(oneBoard)}
	d, err := seeds.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if b := d.Boards[0]; b.Form != board.OfChief || b.Title != "镇长" || b.Phone != "0972-8620000" {
		t.Errorf("read %+v", b)
	}
	for before, k := range map[string]struct{ after, what string }{
		"form: chief":         {"form: plan", "title of a board of the form plan"},
		"phone: 0972-8620000": {"phone: 问镇长", `phone "问镇长"`},
	} {
		fsys["boards.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(oneBoard, before, k.after, 1))}
		_, err := seeds.Load(fsys)
		if err == nil || !strings.Contains(err.Error(), k.what) {
			t.Errorf("%s: %v", k.after, err)
		}
	}
}
