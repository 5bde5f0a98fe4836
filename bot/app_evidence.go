package main

import (
	"context"

	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/jobs"
	"time"
)

func (a *app) newEvidence() (*handlers.Evidence, error) {
	return &handlers.Evidence{Queue: a.store, Clock: a.Clock, Log: a.Log, Recheck: a.Recheck, Parallel: 4}, nil
}

func (a *app) sweepEvidence(ctx context.Context, now time.Time) (jobs.Result, error) { return nil, nil }
