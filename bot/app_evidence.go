package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/media"
	"github.com/gridwarden/gridwarden/jobs"
)

// orphanAge is how long a file that no case holds is kept: a draft lives a day, and people come back after a weekend.
const orphanAge = 7 * 24 * time.Hour

// newEvidence opens the vault and the way from Telegram into it.
func (a *app) newEvidence() (*handlers.Evidence, error) {
	s := a.District.Settings
	limit := int64(s.MediaMaxSize) << 20
	vault, err := media.New(media.Options{
		Dir: a.Media, Keys: a.Keys, Zone: s.TimeZone, MaxBytes: limit, MaxSide: s.PhotoCopySide,
		Reserve: uint64(s.MediaMinFree) << 20, //nolint:gosec // the loader refuses negative settings
	})
	if err != nil {
		return nil, err
	}
	source, err := media.NewTelegram(media.TelegramOptions{
		HTTP: a.HTTP, Token: a.Token, URL: a.API, LocalDir: a.APIFiles, MaxBytes: limit,
	})
	if err != nil {
		return nil, fmt.Errorf("files from Telegram: %w", err)
	}
	a.vault = vault
	return &handlers.Evidence{
		Queue: a.store, Vault: media.NewFetcher(source, vault), Clock: a.Clock, Log: a.Log, Recheck: a.Recheck, Parallel: 4,
	}, nil
}

// sweepEvidence removes files that neither a case, a patrol nor another dossier holds, and warns when the disk runs full. When what
// holds them cannot all be read, nothing is removed.
func (a *app) sweepEvidence(ctx context.Context, now time.Time) (jobs.Result, error) {
	held := make(map[string]bool)
	for c, err := range a.store.EachCase(ctx) {
		if err != nil {
			return nil, err
		}
		for _, e := range c.Evidence {
			held[e.File] = held[e.File] || e.Removed.IsZero()
		}
	}
	shots, err := a.shotsHeld(ctx, now)
	if err != nil {
		return nil, err
	}
	named, err := a.store.DossierFiles(ctx)
	if err != nil {
		return nil, err
	}
	for _, file := range append(shots, named...) {
		held[file] = true
	}
	needed := make(map[string]bool, len(held))
	var others []ledger.File
	for f, err := range a.store.Files(ctx) {
		if err != nil {
			return nil, err
		}
		if held[f.Unique] {
			needed[f.SHA256] = true
		} else if f.Fail == "" {
			others = append(others, f)
		}
	}
	swept, err := a.vault.Sweep(ctx, func(sha string) bool { return needed[sha] }, orphanAge, now, false)
	if err == nil {
		err = a.unlist(ctx, others)
	}
	if left, enough, freeErr := a.vault.Free(); freeErr == nil && !enough {
		a.Log.ErrorContext(ctx, "evidence: the disk is nearly full; new files are refused", slog.Uint64("bytes_left", left))
	}
	return jobs.Result{
		"kept": swept.Kept, "orphans": swept.Orphans, "halves": swept.Halves, "temps": swept.Temps, "parcels": swept.Parcels,
	}, err
}

// shotsHeld lists the photos of patrols that are still kept.
func (a *app) shotsHeld(ctx context.Context, now time.Time) ([]string, error) {
	since := float64(now.Add(-days(a.district().Settings.PatrolPhotoKept)).Unix())
	ids, err := a.store.Shelf(ctx, patrol.ShotKind, patrol.AllShots, since, float64(now.Unix()), 1<<30)
	for i, id := range ids {
		ids[i] = patrol.ShotFile(id)
	}
	return ids, err
}

// unlist forgets that files were fetched which are not in the vault any more: whoever sends one again sends it anew.
func (a *app) unlist(ctx context.Context, files []ledger.File) error {
	for _, f := range files {
		if _, err := a.vault.Info(ctx, f.SHA256); !errors.Is(err, media.ErrNotFound) {
			continue
		}
		if err := a.store.DropFile(ctx, f); err != nil {
			return err
		}
	}
	return nil
}
