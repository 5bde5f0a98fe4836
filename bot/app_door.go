package main

import (
	"context"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/doorway"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/web"
)

// siteDoor lets reports come in by the public site.
type siteDoor struct{ *app }

// Hold keeps files of a report that is not sent yet.
func (d siteDoor) Hold(ctx context.Context, visitor string, files []web.Upload) ([]web.Held, error) {
	held, err := d.desk.Hold(ctx, visitor, uploads(files))
	out := make([]web.Held, len(held))
	for i, h := range held {
		out[i] = web.Held(h)
	}
	return out, err
}

// Understand tells what a report would become.
func (d siteDoor) Understand(ctx context.Context, r web.Report) (web.Reading, error) {
	read, err := d.desk.Understand(ctx, doorReport(r))
	if err != nil {
		return web.Reading{}, err
	}
	out := web.Reading{
		Cell: read.Cell, Maybe: read.Maybe, Away: read.Away, Neighbour: read.Neighbour, Categories: read.Categories, Alarm: read.Alarm,
	}
	if read.Cell == d.work.Tree.Unassigned().Code {
		out.Cell = ""
	}
	if m, ok := d.book.Matter(read.Elsewhere); ok {
		out.Elsewhere = texts.Names(m.Names).In(texts.Lang(r.Lang))
	}
	for _, s := range read.Similar {
		out.Similar = append(out.Similar, web.Similar{Number: s.Number, Categories: s.Categories, Cell: d.work.Tree.Township(s.Cell)})
	}
	return out, nil
}

// File makes a report.
func (d siteDoor) File(ctx context.Context, r web.Report) (web.Receipt, error) {
	receipt, err := d.desk.File(ctx, doorReport(r))
	return web.Receipt{Number: receipt.Number, Code: receipt.Code, Joined: receipt.Joined}, err
}

// Visit looks a report up, and does what its reporter wants done.
func (d siteDoor) Visit(ctx context.Context, v web.Visit) (web.Visited, error) {
	out, err := d.desk.Visit(ctx, handlers.Visit{
		Number: v.Number, Code: v.Code, Visitor: v.Visitor, Lang: texts.Lang(v.Lang), Data: v.Data, Words: v.Words, Files: uploads(v.Files),
	})
	return web.Visited{Number: out.Number, Own: out.Own, Asks: out.Asks, Said: out.Said, Status: out.Status, Mail: out.Mail}, err
}

// Vote takes an answer to a consultation.
func (d siteDoor) Vote(ctx context.Context, v web.Vote) error {
	return d.desk.AnswerOnWeb(ctx, handlers.WebAnswer(v))
}

// SignUp takes a seat at a hearing.
func (d siteDoor) SignUp(ctx context.Context, u web.SignUp) (web.Seat, error) {
	seat, err := d.desk.SignUpOnWeb(ctx, handlers.WebSeat{
		Hearing: u.Hearing, Visitor: u.Visitor, Once: u.Once, Lang: texts.Lang(u.Lang), Name: u.Name, Phone: u.Phone,
	})
	return web.Seat(seat), err
}

// Seat tells how somebody stands, or gives their seat up.
func (d siteDoor) Seat(ctx context.Context, c web.SeatCode) (web.Seat, error) {
	seat, err := d.desk.SeatOnWeb(ctx, handlers.WebCode(c))
	return web.Seat(seat), err
}

// Picture is the copy of a picture that may be shown.
func (d siteDoor) Picture(ctx context.Context, sha256 string) ([]byte, error) {
	return d.vault.Show(ctx, sha256)
}

// doorReport is a report of the site as the desk takes it. A place that a visitor gives was chosen on a map or written down.
func doorReport(r web.Report) handlers.DoorReport {
	return handlers.DoorReport{
		Source: casework.FromSite, Lang: texts.Lang(r.Lang), Visitor: r.Visitor, Once: r.Once, Words: r.Words, Place: r.Place, Point: r.Point,
		Cell: r.Cell, Category: r.Category, Name: r.Name, Phone: strings.TrimSpace(r.Phone), Held: r.Held, Same: r.Same,
	}
}

// uploadLimits are the bounds of what comes in with files at the same time, as they are in force.
func (a *app) uploadLimits() doorway.Limits {
	s := a.district().Settings
	return doorway.Limits{All: s.DoorUploads, Each: s.DoorUploadsEach, Time: s.DoorUploadTime}
}

func uploads(files []web.Upload) []handlers.DoorFile {
	out := make([]handlers.DoorFile, len(files))
	for i, f := range files {
		out[i] = handlers.DoorFile(f)
	}
	return out
}
