package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/go-telegram/bot"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

const retryAfterFault = 2 * time.Second // when Telegram or the way to it is out of order

// result is what became of one attempt.
type result struct {
	p       *pending
	m       ledger.Message // as it is now: what is still to be sent
	outcome ledger.Outcome
	begun   bool
	again   time.Time // not zero: try again then
	pause   bool      // the chat, too, waits until then
}

// attempt sends one message and records what became of it, unless it has to be sent again.
func (s *Sender) attempt(ctx context.Context, p *pending, job pending) result {
	began := s.Clock()
	r := result{p: p, m: job.m, begun: job.begun, outcome: ledger.Sent}
	if !job.whole && !s.load(ctx, job, &r) {
		return r
	}
	if job.overtaken {
		r.outcome = ledger.Overtaken
	} else {
		s.send(ctx, &r)
	}
	if !r.again.IsZero() {
		return r
	}
	if r.outcome == ledger.BlockedBot && s.Blocked != nil {
		s.Blocked(ctx, r.m)
	}
	if s.record(ctx, r) && s.Done != nil {
		s.Done(r.m, r.outcome, s.Clock().Sub(began))
	}
	return r
}

// load reads a message of which only the name was kept. It tells whether there is something to send.
func (s *Sender) load(ctx context.Context, job pending, r *result) bool {
	found, err := s.Outbox.ReadOutbox(ctx, job.m.Priority, job.after, 1)
	switch {
	case err != nil:
		s.Log.WarnContext(ctx, "message not read again", slog.String("kind", job.m.Kind), slog.Any("error", err))
		r.again = s.Clock().Add(retryAfterFault)
		return false
	case len(found) == 0 || found[0].Entry != job.m.Entry:
		return false // it was taken out
	}
	r.m = found[0]
	r.m.Priority = job.m.Priority
	return true
}

// record goes on until the outcome is stored: sending the message again would be wrong. It gives up only when it has to
// stop.
func (s *Sender) record(ctx context.Context, r result) bool {
	for {
		err := s.Outbox.Sent(ctx, r.m, r.outcome, s.Clock())
		if err == nil {
			return true
		}
		s.Log.ErrorContext(ctx, "sent message not recorded", slog.String("kind", r.m.Kind), slog.Any("error", err))
		if !sleep(ctx, retryAfterFault) {
			return false
		}
	}
}

// send finds the chat and makes the next call.
func (s *Sender) send(ctx context.Context, r *result) {
	chat := r.m.Chat
	if chat == 0 {
		p, err := s.Outbox.Person(ctx, r.m.To)
		switch {
		case grid.CodeOf(err) == grid.NotFound:
			r.outcome = ledger.Undelivered
			return
		case err != nil:
			s.Log.WarnContext(ctx, "recipient not read", slog.String("kind", r.m.Kind), slog.Any("error", err))
			r.again = s.Clock().Add(retryAfterFault)
			return
		case p.AtDoor():
			r.outcome = ledger.Kept
			return
		}
		chat = p.Chat
	}
	if r.m.Once && !r.begun {
		fresh, err := s.Outbox.Begin(ctx, r.m)
		if err != nil {
			s.Log.WarnContext(ctx, "message not begun", slog.String("kind", r.m.Kind), slog.Any("error", err))
			r.again = s.Clock().Add(retryAfterFault)
			return
		}
		if !fresh {
			r.outcome = ledger.Uncertain
			return
		}
		r.begun = true
	}
	rest, err := s.Deliver.Deliver(ctx, r.m, chat)
	if err == nil && rest != nil { // when its turn comes again: each call keeps the pace
		r.m, r.again = *rest, s.Clock()
		return
	}
	s.judge(ctx, r, err)
}

// judge reads an error of the Bot API. What Telegram answered with an error it did not do, so that even a Once message
// may be tried again.
func (s *Sender) judge(ctx context.Context, r *result, err error) {
	var slow *bot.TooManyRequestsError
	var moved *bot.MigrateError
	var missing *missingFileError
	now := s.Clock()
	switch {
	case err == nil:
	case errors.As(err, &slow):
		r.again, r.pause = now.Add(time.Duration(max(slow.RetryAfter, 1))*time.Second), true
	case errors.As(err, &moved):
		r.again, r.m.Chat = now, int64(moved.MigrateToChatID)
	case errors.As(err, &missing):
		s.Log.ErrorContext(ctx, "sent without its files", slog.String("kind", r.m.Kind), CallAttr(err))
		s.withoutFiles(r)
	case errors.Is(err, bot.ErrorForbidden) && r.m.Chat == 0:
		r.outcome = ledger.BlockedBot
	case errors.Is(err, bot.ErrorForbidden), errors.Is(err, bot.ErrorBadRequest):
		s.refused(ctx, r, err)
	case r.m.Once && !neverSent(err):
		s.Log.WarnContext(ctx, "perhaps sent, will not be repeated", slog.String("kind", r.m.Kind), CallAttr(err))
		r.outcome = ledger.Uncertain
	default:
		s.Log.WarnContext(ctx, "not sent, will try again", slog.String("kind", r.m.Kind), CallAttr(err))
		r.again = now.Add(retryAfterFault)
	}
}

// refused deals with what Telegram will never take.
func (s *Sender) refused(ctx context.Context, r *result, err error) {
	switch text := err.Error(); {
	case strings.Contains(text, "message is not modified"):
	case strings.Contains(text, "message to edit not found"), strings.Contains(text, "message can't be edited"):
		r.m.Edit, r.again = 0, s.Clock()
	case strings.Contains(text, "chat not found"), errors.Is(err, bot.ErrorForbidden):
		r.outcome = ledger.Undelivered
	case filed(r.m): // perhaps Telegram knows the file no longer
		s.Log.ErrorContext(ctx, "message refused, sent without its files", slog.String("kind", r.m.Kind), CallAttr(err))
		s.withoutFiles(r)
	default:
		s.Log.ErrorContext(ctx, "message refused", slog.String("kind", r.m.Kind), CallAttr(err))
		r.outcome = ledger.Undelivered
	}
}

// withoutFiles tries again with the words alone: better half of a message than none.
func (s *Sender) withoutFiles(r *result) {
	r.m.Photos, r.m.Image, r.m.Document, r.m.Paper = nil, nil, nil, nil
	if r.m.Text == "" {
		r.outcome = ledger.Undelivered
		return
	}
	r.again = s.Clock()
}

// neverSent tells whether Telegram certainly did not carry the call out: it never got there, or the answer says so.
func neverSent(err error) bool {
	for _, answer := range []error{bot.ErrorUnauthorized, bot.ErrorNotFound, bot.ErrorConflict} {
		if errors.Is(err, answer) {
			return true
		}
	}
	var op *net.OpError
	return errors.Is(err, syscall.ECONNREFUSED) || errors.As(err, &op) && op.Op == "dial"
}
