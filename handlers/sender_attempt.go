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

// attempt sends one message and records what became of it, unless it has to be sent again.
func (s *Sender) attempt(ctx context.Context, m ledger.Message) result {
	began := s.Clock()
	r := s.send(ctx, m)
	if !r.again.IsZero() {
		return r
	}
	if err := s.Outbox.Sent(ctx, m, r.outcome, s.Clock()); err != nil {
		s.Log.ErrorContext(ctx, "sent message not recorded", slog.String("kind", m.Kind), slog.Any("error", err))
		r.again = s.Clock().Add(retryAfterFault)
		if m.Once || r.outcome == ledger.Sent {
			return s.record(ctx, m, r)
		}
		return r
	}
	if s.Done != nil {
		s.Done(m, r.outcome, s.Clock().Sub(began))
	}
	return r
}

// record goes on until the outcome of a message that is out is stored: sending it again would be wrong.
func (s *Sender) record(ctx context.Context, m ledger.Message, r result) result {
	for sleep(ctx, retryAfterFault) {
		if err := s.Outbox.Sent(ctx, m, r.outcome, s.Clock()); err == nil {
			r.again = time.Time{}
			return r
		}
	}
	return r
}

// send finds the chat and makes the call.
func (s *Sender) send(ctx context.Context, m ledger.Message) result {
	r := result{m: m, outcome: ledger.Sent}
	chat := m.Chat
	if chat == 0 {
		p, err := s.Outbox.Person(ctx, m.To)
		switch {
		case grid.CodeOf(err) == grid.NotFound:
			r.outcome = ledger.Undelivered
			return r
		case err != nil:
			r.again = s.Clock().Add(retryAfterFault)
			return r
		}
		chat = p.Chat
	}
	r.chat = chat
	if m.Once {
		fresh, err := s.Outbox.Begin(ctx, m)
		if err != nil {
			r.again = s.Clock().Add(retryAfterFault)
			return r
		}
		if !fresh {
			r.outcome = ledger.Uncertain
			return r
		}
	}
	s.judge(ctx, &r, s.Deliver.Deliver(ctx, m, chat))
	return r
}

// judge reads an error of the Bot API.
func (s *Sender) judge(ctx context.Context, r *result, err error) {
	var slow *bot.TooManyRequestsError
	var moved *bot.MigrateError
	now := s.Clock()
	switch {
	case err == nil:
	case errors.As(err, &slow):
		r.again, r.pause = now.Add(time.Duration(max(slow.RetryAfter, 1))*time.Second), true
	case errors.As(err, &moved):
		r.again, r.newChat = now, int64(moved.MigrateToChatID)
	case errors.Is(err, bot.ErrorForbidden):
		r.outcome = ledger.BlockedBot
	case errors.Is(err, bot.ErrorBadRequest), errors.Is(err, bot.ErrorNotFound):
		s.refused(ctx, r, err)
	case r.m.Once && !neverSent(err):
		r.outcome = ledger.Uncertain
	default:
		s.Log.WarnContext(ctx, "not sent, will try again", slog.String("kind", r.m.Kind), slog.Any("error", err))
		r.again = now.Add(retryAfterFault)
	}
}

// refused deals with what Telegram will never take.
func (s *Sender) refused(ctx context.Context, r *result, err error) {
	switch text := err.Error(); {
	case strings.Contains(text, "message is not modified"):
	case strings.Contains(text, "message to edit not found"), strings.Contains(text, "message can't be edited"):
		r.m.Edit, r.again = 0, s.Clock()
	case strings.Contains(text, "chat not found"):
		r.outcome = ledger.Undelivered
	default:
		s.Log.ErrorContext(ctx, "message refused", slog.String("kind", r.m.Kind), slog.Any("error", err))
		r.outcome = ledger.Undelivered
	}
}

// neverSent tells whether the request certainly did not reach Telegram.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.Is(err, syscall.ECONNREFUSED) || errors.As(err, &op) && op.Op == "dial"
}
