package phones

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// perform carries out one step and waits for the bot's answer. It reports whether there was anything to see.
func (p *player) perform(ctx context.Context, i int) (bool, error) {
	s, step := p.site, p.script[i]
	person := s.people[s.actor(step.Who)]
	switch step.Does {
	case "note":
		return true, nil
	case "advance":
		return true, p.advance(ctx, step)
	case "press":
		return p.press(ctx, person, i)
	}
	return true, p.answered(ctx, person.ID(), func() error {
		switch step.Does {
		case "say":
			person.Says(step.Arg)
		case "photo":
			names, caption := step.pictures()
			var list []attachment
			for _, name := range names {
				list = append(list, attachment{name + ".jpg", "image/jpeg", sample(name)})
			}
			send(person, list, caption, false)
		case "location":
			lat, lon, err := step.point()
			if err != nil {
				return err
			}
			place(person, lat, lon, 0)
		case "contact":
			s.share(person)
		}
		return nil
	})
}

func (p *player) advance(ctx context.Context, step Step) error {
	by, err := time.ParseDuration(step.Arg)
	if err != nil || p.site.o.Advance == nil {
		return fmt.Errorf("the clock can't be moved by %s", strconv.Quote(step.Arg))
	}
	p.site.advancing.Lock()
	defer p.site.advancing.Unlock()
	_, err = p.site.move(ctx, by)
	return err
}

// press waits for the button and presses it. When it is optional, a bot that fell silent without it is enough to go on.
func (p *player) press(ctx context.Context, person *botapi.Person, i int) (bool, error) {
	step, limit := p.script[i], p.site.o.patience
	if step.Optional {
		limit = p.site.o.quiet
	}
	events, stop := p.site.o.Emulator.Watch(backlog)
	defer stop()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		if message, data, ok := button(person, step.Arg, p.about, p.before); ok {
			if step.Optional {
				p.announce(i)
			}
			p.about = cmp.Or(p.about, caseIn(step.Arg, data))
			return true, p.answered(ctx, person.ID(), func() error {
				_, err := person.Presses(message, data)
				return err
			})
		}
		select {
		case _, ok := <-events:
			if !ok {
				return false, botapi.ErrLagged
			}
		case <-timer.C:
			if step.Optional {
				return false, nil
			}
			return false, fmt.Errorf("%w: %q", errNoKey, step.Arg)
		case <-ctx.Done():
			return false, errStopped
		}
	}
}

// answered does something and waits until the bot has answered it in that chat and then fallen silent everywhere.
func (p *player) answered(ctx context.Context, chat int64, do func() error) error {
	events, stop := p.site.o.Emulator.Watch(backlog)
	defer stop()
	if err := do(); err != nil {
		return err
	}
	heard := false
	timer := time.NewTimer(p.site.o.patience)
	defer timer.Stop()
	for {
		select {
		case event, ok := <-events:
			if !ok {
				return botapi.ErrLagged
			}
			if event.ChatID == chat && fromBot(event) {
				heard = true
			}
			if heard {
				timer.Reset(p.site.o.quiet)
			}
		case <-timer.C:
			if !heard {
				return errNoAnswer
			}
			return nil
		case <-ctx.Done():
			return errStopped
		}
	}
}

// fromBot tells an answer from what the person did.
func fromBot(event botapi.Event) bool {
	switch event.Kind {
	case botapi.EventMessage, botapi.EventEdit:
		return event.Message.From != nil && event.Message.From.IsBot
	case botapi.EventToast, botapi.EventDelete:
		return true
	default: // it is only about to say something
		return false
	}
}
