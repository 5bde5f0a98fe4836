package handlers

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/export"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	exportTries = 3               // starts that ended before the file was done: then its reader is told
	exportEvery = 5 * time.Second // between two sentences about how far it is
	exportSays  = 6               // of such sentences
)

// MakeExports makes the files that wait, the oldest first, and tells how many. File and "done" are one change: after any end the
// file is made again, or it was sent. What ends the program again and again is given up, and said so.
func (d *Desk) MakeExports(ctx context.Context) (int, error) {
	made := 0
	for {
		ids, err := d.Store.Shelf(ctx, export.Kind, export.Waiting, 0, float64(d.Clock().UnixMilli()), 1)
		if err != nil || len(ids) == 0 {
			return made, err
		}
		if err := d.makeExport(ctx, ids[0]); err != nil && !errors.Is(err, ledger.ErrConflict) {
			return made, err
		}
		made++
	}
}

// exporting is one export on its way, in the eyes of whoever asked for it.
type exporting struct {
	*scene

	r    export.Request
	read ledger.Dossier
	last time.Time // when it was said last how far it is
	said int
}

func (d *Desk) makeExport(ctx context.Context, id string) error {
	read, err := d.Store.Dossier(ctx, export.Kind, id)
	if err != nil {
		return err
	}
	x := exporting{read: read, last: d.Clock()}
	if wrong := read.Into(&x.r); wrong != nil {
		return wrong
	}
	turn, err := d.Store.Turn(ctx, x.r.By, ledger.TalkKey(x.r.By))
	if err != nil {
		return err
	}
	x.scene = &scene{Desk: d, ctx: ctx, now: d.Clock(), me: x.r.By, lang: texts.Lang(x.r.Lang), roster: turn.Roster, cases: make(map[casework.CaseID]int)}
	x.officer, _ = x.roster.ByPerson(x.me)
	x.r.Tries++
	if x.r.Tries > exportTries {
		return x.finish(nil, "export.failed")
	}
	if wrong := x.keep(); wrong != nil { // a start is on record before it can end the program
		return wrong
	}
	doc, err := x.file()
	if told := (*grid.Error)(nil); errors.As(err, &told) && told.Code != grid.Internal {
		return x.finish(nil, told.Key)
	}
	if err != nil && ctx.Err() == nil {
		d.Log.ErrorContext(ctx, "export not made", slog.String("what", string(x.r.What)), slog.Any("error", err))
		return nil // it is tried again
	}
	if err != nil {
		return err
	}
	return x.finish(doc, "export.ready")
}

// keep writes down how the request stands.
func (x *exporting) keep(outbox ...ledger.Message) error {
	w, err := x.r.Write(x.read)
	if err != nil {
		return err
	}
	change := ledger.Change{At: x.now, Dossiers: []ledger.DossierWrite{w}, Outbox: outbox}
	if _, err := x.Store.Commit(x.ctx, change); err != nil {
		return err
	}
	x.read.Version, x.read.Body = w.Version+1, w.Body
	x.Committed(change)
	return nil
}

// finish brings the file, or says why there is none.
func (x *exporting) finish(doc *ledger.Document, key string) error {
	x.now = x.Clock()
	x.r.Done = x.now
	r := flow.Reply{Key: key, Document: doc}
	if doc == nil {
		x.r.Fault = key
	} else {
		r.Args = texts.Args{"name": doc.Name}
	}
	m := x.render(r, x.lang)
	m.To, m.Priority = x.me, ledger.Reply
	out := []ledger.Message{m}
	if x.r.Message != 0 && doc != nil {
		done := x.render(flow.Reply{Key: "export.made"}, x.lang)
		done.To, done.Priority, done.Edit = x.me, ledger.Reply, x.r.Message
		out = append([]ledger.Message{done}, out...)
	}
	return x.keep(out...)
}

// far says how many were read so far, in the one message that shows it, a few times at most. What was asked for by a command has no
// message that could be edited, for the outbox does not tell the number of what it sent: there it is said once, on a line of its own.
func (x *exporting) far(n int) error {
	now := x.Clock()
	most, key := exportSays, "export.far"
	if x.r.Message == 0 {
		most = 1
	}
	if x.r.What == export.File {
		key = "export.file_far"
	}
	if x.said >= most || now.Sub(x.last) < exportEvery {
		return nil
	}
	x.last, x.said = now, x.said+1
	m := x.render(flow.Reply{Key: key, Args: texts.Args{"n": n}}, x.lang)
	m.To, m.Priority, m.Edit = x.me, ledger.Reply, x.r.Message
	change := ledger.Change{At: now, Outbox: []ledger.Message{m}}
	if _, err := x.Store.Commit(x.ctx, change); err != nil {
		return err
	}
	x.Committed(change)
	return nil
}

// file makes the file. Whether the person may is asked now, not when they pressed the button.
func (x *exporting) file() (*ledger.Document, error) {
	var out bytes.Buffer
	var name string
	var err error
	if x.r.What == export.File {
		name, err = x.caseFile(&out)
	} else {
		name, err = x.name()+x.local().Format("-2006-01-02")+".xlsx", x.table(&out)
	}
	if err != nil {
		return nil, err
	}
	if out.Len() > maxExport {
		return nil, grid.Fail(grid.Invalid, "error.export.size")
	}
	return x.document(name, out.Bytes())
}
