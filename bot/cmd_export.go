package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/bundle"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// exportCmd takes things out of the record for others.
type exportCmd struct {
	Case  exportCaseCmd  `cmd:"" help:"Pack one case with its history and evidence, for others to check without us."`
	Table exportTableCmd `cmd:"" default:"withargs" help:"Write the roster, or another of the district's tables, as a spreadsheet to edit."`
}

// exportCaseCmd packs one case.
type exportCaseCmd struct {
	recordFlags
	Number    string          `arg:"" help:"Report or case number."`
	Out       string          `required:"" type:"path" help:"The ZIP file to write; it must not be there yet."`
	For       bundle.Audience `enum:"third-party,authority,court" default:"third-party" help:"third-party leaves out the public's words, internal findings and the exact place; authority (police, prosecutors) leaves out the public's words and files only; court leaves nothing out. Who reported is in none of them."`
	Originals bool            `help:"Put in the files as they were received, metadata and all; with --for court only."`
}

// Run puts the export on record and writes the file.
func (c exportCaseCmd) Run(ctx context.Context, s streams) error {
	if c.Originals && c.For != bundle.Court {
		return errors.New("--originals tell where a reporter stood: with --for court only")
	}
	r, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	if r.vault == nil {
		return errors.New("where is the evidence? set --media, or --data")
	}
	out, err := os.OpenFile(c.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	data, err := c.pack(ctx, r, time.Now())
	if err == nil {
		_, err = out.Write(data)
	}
	if err = errors.Join(err, out.Close()); err != nil {
		return errors.Join(err, os.Remove(c.Out))
	}
	_, _ = fmt.Fprintf(s.out, "%s: %d bytes; check it with: gridwarden verify bundle %s\n", c.Out, len(data), c.Out)
	return nil
}

// pack makes the bundle and commits the event that says so; when somebody is at work on the case, anew.
func (c exportCaseCmd) pack(ctx context.Context, r *record, now time.Time) ([]byte, error) {
	id, err := r.store.CaseByNumber(ctx, strings.ToUpper(c.Number))
	if grid.CodeOf(err) == grid.NotFound {
		return nil, fmt.Errorf("no case has the number %q", c.Number)
	}
	for err == nil {
		var before, after casework.Case
		var events []casework.Event
		var event casework.Event
		if before, events, err = r.store.Record(ctx, id); err != nil {
			break
		}
		after, event, err = r.work.Apply(before, casework.Act{
			Action: casework.Export, At: now, Via: "command/export", Note: bundle.Note(c.For, c.Originals),
		}, grid.NewRoster(0, nil), now)
		if err != nil {
			break
		}
		var data []byte
		if data, err = r.bundle(ctx, after, append(events, event), c.For, c.Originals, now); err != nil {
			break
		}
		_, err = r.store.Commit(ctx, ledger.Change{
			At: now, Cases: []ledger.CaseWrite{{Before: before, After: after, Events: []casework.Event{event}}},
		})
		if err == nil {
			return data, nil
		}
		if errors.Is(err, ledger.ErrConflict) {
			err = ctx.Err()
		}
	}
	return nil, fmt.Errorf("export: %w", err)
}

// bundle packs a case as it is given.
func (r *record) bundle(
	ctx context.Context, c casework.Case, events []casework.Event, who bundle.Audience, originals bool, now time.Time,
) ([]byte, error) {
	anchors, err := r.store.AnchorsOf(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = bundle.Write(ctx, &out, bundle.Case{
		Case: c, Events: events, Anchors: anchors, Place: r.district.Tree.PathName(c.Cell), For: who, Originals: originals, At: now,
	}, r.vault)
	return out.Bytes(), err
}
