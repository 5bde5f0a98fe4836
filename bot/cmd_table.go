package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/seeds"
)

// tableCmd is what export and import have in common: they do at the command line what an admin does in chat.
type tableCmd struct {
	recordFlags
	Table string `arg:"" enum:"roster,cells,categories,templates,settings" help:"roster, cells, categories, templates or settings."`
}

// exportTableCmd writes a table as a workbook.
type exportTableCmd struct {
	tableCmd
	Out string `required:"" type:"path" help:"The xlsx file to write."`
}

// importCmd brings a document of the office into force.
type importCmd struct {
	Plan  importPlanCmd  `cmd:"" help:"Read an official work plan: which measures, whose, by when."`
	Table importTableCmd `cmd:"" default:"withargs" help:"Show what an edited spreadsheet would change, and change it."`
}

// importTableCmd compares a table with what is in force and, with --yes, puts it into force.
type importTableCmd struct {
	tableCmd
	File string `arg:"" type:"existingfile" help:"The xlsx or CSV file to read."`
	Yes  bool   `help:"Make the changes that are shown."`
}

// counter is the administrators' room without the rest of the program.
type counter struct {
	*office.Office
	store  *redisstore.Store
	roster *grid.Roster
	lang   texts.Lang
	close  func()
}

// counter opens the room on the record.
func (c tableCmd) counter(ctx context.Context) (*counter, error) {
	r, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	out := &counter{store: r.store, close: r.close}
	if err := c.furnish(ctx, out, r.district); err != nil {
		r.close()
		return nil, err
	}
	return out, nil
}

// furnish brings the tables in force into the room.
func (c tableCmd) furnish(ctx context.Context, out *counter, district *seeds.District) error {
	words, err := texts.New()
	if err != nil {
		return err
	}
	f := newFolder(c.folder(), district, out.store, nil)
	b, err := readBooks(ctx, out.store)
	if err != nil {
		return err
	}
	inForce, _ := f.district(b)
	if inForce == nil {
		inForce = f.base
	}
	f.now = func() *seeds.District { return inForce }
	out.lang = words.Match(c.Lang)
	out.Office = &office.Office{Store: out.store, District: f, Texts: words, Location: inForce.Settings.TimeZone}
	out.roster, err = out.store.Roster(ctx)
	return err
}

// Run writes the table in force.
func (c exportTableCmd) Run(ctx context.Context, s streams) error {
	desk, err := c.counter(ctx)
	if err != nil {
		return err
	}
	defer desk.close()
	table, _, err := desk.InForce(ctx, sheet.Kind(c.Table), desk.roster, time.Now())
	if err != nil {
		return err
	}
	data, err := desk.Words().Write(desk.lang, table, nil)
	if err != nil {
		return err
	}
	if err = os.WriteFile(c.Out, data, 0o600); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	_, err = fmt.Fprintf(s.out, "%s: %d rows\n", c.Out, len(table.Rows))
	return err
}

// errFaults means that a table was refused.
var errFaults = errors.New("the table has mistakes; nothing was changed")

// Run shows line by line what the file would change, or what is wrong with it, and makes the changes with --yes.
func (c importTableCmd) Run(ctx context.Context, s streams) error {
	desk, err := c.counter(ctx)
	if err != nil {
		return err
	}
	defer desk.close()
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	table, err := desk.Words().Read(ctx, data)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if table.Kind != sheet.Kind(c.Table) {
		return fmt.Errorf("import: the file holds %s and not %s", table.Kind, c.Table)
	}
	now := time.Now()
	p, err := desk.Propose(ctx, table, desk.roster, now)
	if err != nil {
		return err
	}
	lines := desk.FaultLines(desk.lang, table.Kind, p.Faults)
	if len(lines) == 0 {
		lines = desk.EditLines(desk.lang, p.Table, p.Edits)
	}
	for _, line := range lines {
		_, _ = fmt.Fprintln(s.out, office.Plain(line))
	}
	switch {
	case len(p.Faults) > 0:
		return errFaults
	case len(p.Edits) == 0:
		return desk.say(s, "import.nothing", table.Kind, 0)
	case !c.Yes:
		_, err = fmt.Fprintf(s.out, "%d changes, not made: add --yes\n", len(p.Edits))
		return err
	}
	if err := desk.make(ctx, ledger.Import{
		ID: strings.ToLower(now.UTC().Format("cli20060102150405.000")), Kind: table.Kind, File: c.File, Edits: p.Edits, Made: now,
	}, now); err != nil {
		return err
	}
	return desk.say(s, "import.done", table.Kind, len(p.Edits))
}

// make commits an import.
func (d *counter) make(ctx context.Context, m ledger.Import, now time.Time) error {
	change := ledger.Change{At: now}
	if err := d.Change(ctx, &change, m, d.roster, now); err != nil {
		return err
	}
	if _, err := d.store.Commit(ctx, change); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}

func (d *counter) say(s streams, key string, k sheet.Kind, n int) error {
	_, err := fmt.Fprintln(s.out, d.Texts.Plain(d.lang, key, texts.Args{"table": texts.Text{Key: "sheet.kind." + string(k)}, "n": n, "invite": ""}))
	return err
}
