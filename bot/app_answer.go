package main

import (
	"context"
	"sync"
	"time"

	telegram "github.com/go-telegram/bot"

	"github.com/gridwarden/gridwarden/handlers"
)

// Numbers of answering: how many presses are answered at once, and how long one may take.
const (
	answerers     = 8
	answerTimeout = 5 * time.Second
)

// press is a pressed button that waits for its answer. It is not worth keeping: after half a minute Telegram has
// forgotten it.
type press struct{ callback, toast string }

// answer ends the waiting of a pressed button, beside the turn, which does not wait for it.
func (a *app) answer(ctx context.Context, callback, toast string) {
	select {
	case a.presses <- press{callback, toast}:
	case <-ctx.Done():
	}
}

// answering answers presses until ctx ends, those that wait then included.
func (a *app) answering(ctx context.Context) error {
	var wg sync.WaitGroup
	for range answerers {
		wg.Go(func() {
			for {
				select {
				case p := <-a.presses:
					a.answerNow(ctx, p)
				case <-ctx.Done():
					a.answerRest(ctx)
					return
				}
			}
		})
	}
	wg.Wait()
	return nil
}

// answerRest answers what still waits.
func (a *app) answerRest(ctx context.Context) {
	for {
		select {
		case p := <-a.presses:
			a.answerNow(ctx, p)
		default:
			return
		}
	}
}

func (a *app) answerNow(ctx context.Context, p press) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), answerTimeout)
	defer cancel()
	_, err := a.bot.AnswerCallbackQuery(ctx, &telegram.AnswerCallbackQueryParams{CallbackQueryID: p.callback, Text: p.toast})
	if err != nil {
		a.Log.DebugContext(ctx, "button press not answered", handlers.CallAttr(err))
	}
}
