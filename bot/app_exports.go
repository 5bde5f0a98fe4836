package main

import (
	"context"
	"log/slog"
	"time"
)

// exportsAgain is how soon exports are looked after when nobody asked for one: what failed, and what a restart left.
const exportsAgain = time.Minute

// exporting makes the files that officials asked for, one after the other and beside the chats, until ctx ends.
func (a *app) exporting(ctx context.Context) error {
	t := time.NewTicker(exportsAgain)
	defer t.Stop()
	for {
		if _, err := a.desk.MakeExports(ctx); err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "exports not made", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-a.exports:
		case <-t.C:
		}
	}
}

// wakeExports tells that somebody asked for one.
func (a *app) wakeExports() {
	select {
	case a.exports <- struct{}{}:
	default:
	}
}
