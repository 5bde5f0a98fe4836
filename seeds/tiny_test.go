package seeds_test

import (
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/seeds"
)

// Another district with two levels, other names, other codes and another time zone loads too: all of that is data.
func TestTiny(t *testing.T) {
	d, err := seeds.Load(os.DirFS("testdata/tiny"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Code != "99" || d.Tree.LevelName(2) != "社区网格" || d.Tree.LevelName(3) != "" {
		t.Errorf("code %s, levels %s, %s", d.Code, d.Tree.LevelName(2), d.Tree.LevelName(3))
	}
	east, _ := d.Tree.Cell("9901")
	west, _ := d.Tree.Cell("9902")
	if len(east.Former) != 2 || len(east.FormerCodes) != 2 || east.Approximate || !west.Approximate {
		t.Errorf("east %+v, west %+v", east, west)
	}
	brook := d.Places[0]
	if len(brook.Cells) != 2 || brook.Cells[0] != "9902" || brook.Cells[1] != "9901" || len(brook.Line) != 2 {
		t.Errorf("the brook runs through %v, want 9902 and then 9901", brook.Cells)
	}
	if tower := d.Places[1]; len(tower.Cells) != 1 || tower.Cells[0] != "9901" {
		t.Errorf("the tower is in %v, want 9901", tower.Cells)
	}
	// Days begin at midnight in Berlin.
	last := time.Date(2020, 12, 31, 22, 59, 0, 0, time.UTC)
	o := d.Officers[0]
	if o.Sample || !o.Holds(grid.Chief, "99", last) || o.Holds(grid.Chief, "99", last.Add(time.Minute)) {
		t.Errorf("officer %+v: want chief of 99 up to the last minute of 2020 in Berlin", o)
	}
}

// A district's own folder of holidays adds a year and replaces one.
func TestHolidays_Own(t *testing.T) {
	fsys := tiny(t)
	year := `{"year": 2031, "source": "test", "status": "verified", "off": ["2031-01-01", "2031-05-01", "2031-10-01",
		"2031-05-02", "2031-10-02", "2031-10-03"], "work": []}`
	fsys["holidays/2031.json"] = &fstest.MapFile{Data: []byte(year)}
	d, err := seeds.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if !d.Calendar.Known(2031) || !d.Calendar.Known(2017) || !d.Calendar.Known(2026) || d.Calendar.Known(2032) {
		t.Errorf("years: %d tables", len(d.Years))
	}
	fsys["holidays/2030.json"] = fsys["holidays/2031.json"]
	_, err = seeds.Load(fsys)
	faults := faultsOf(t, err)
	if len(faults) == 0 || faults[0].File != "holidays/2030.json" || faults[0].Want != "the file name 2031.json" {
		t.Errorf("a table under another year's name: %v", err)
	}
	fsys["holidays/2030.json"] = &fstest.MapFile{Data: []byte(`{"year": 2030}`)}
	if _, err = seeds.Load(fsys); len(faultsOf(t, err)) != 1 {
		t.Errorf("a broken table: %v", err)
	}
}
