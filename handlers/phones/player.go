package phones

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

// playStatus is where the example stands.
type playStatus string

const (
	playIdle    playStatus = "idle"
	playRunning playStatus = "playing"
	playPaused  playStatus = "paused"
	playDone    playStatus = "done"
	playFailed  playStatus = "failed"
)

// playView is what the pages show of the example: the step under way, counting from one, and its caption.
type playView struct {
	Status  playStatus `json:"status"`
	Step    int        `json:"step"`
	Steps   int        `json:"steps"`
	Who     string     `json:"who,omitempty"`
	Caption Words      `json:"caption,omitempty"`
}

// player plays the example, one at a time.
type player struct {
	site   *Site
	script []Step
	starts chan struct{}
	before int // number of the newest message when the example began: buttons under older ones are of another play

	mu      sync.Mutex
	now     playView
	changed chan struct{} // closed at every change of the status
	stop    context.CancelFunc
}

var (
	errStopped  = errors.New("the example was stopped")
	errNoAnswer = errors.New("the bot did not answer")
)

func newPlayer(s *Site, script []Step) (*player, error) {
	if script == nil {
		var err error
		if script, err = embeddedScript(); err != nil {
			return nil, err
		}
	}
	for i, step := range script {
		if err := step.check(); err != nil {
			return nil, fmt.Errorf("script, step %d: %w", i+1, err)
		}
		if step.Who != "" && s.actor(step.Who) == "" {
			return nil, fmt.Errorf("script, step %d: no phone %q", i+1, step.Who)
		}
	}
	return &player{
		site: s, script: script, starts: make(chan struct{}, 1), changed: make(chan struct{}),
		now: playView{Status: playIdle, Steps: len(script)},
	}, nil
}

// actor is the first phone of a list that is there; empty when none is.
func (s *Site) actor(who string) string {
	for id := range strings.SplitSeq(who, "|") {
		if s.people[id] != nil {
			return id
		}
	}
	return ""
}

// run plays the example each time it is asked for, until ctx is done.
func (p *player) run(ctx context.Context) {
	for {
		select {
		case <-p.starts:
			p.playOnce(ctx)
		case <-ctx.Done():
			return
		}
	}
}

func (p *player) playOnce(ctx context.Context) {
	playing, stop := context.WithCancel(ctx)
	defer stop()
	p.mu.Lock()
	p.stop = stop
	p.mu.Unlock()
	if p.view().Status == playIdle { // stopped before it began
		return
	}
	err := p.steps(playing)
	switch {
	case playing.Err() != nil: // whoever stopped it has said so already, and may have begun it anew
	case err == nil:
		p.set(func(v *playView) { v.Status = playDone })
	default:
		p.site.o.Log.WarnContext(ctx, "the example failed", slog.Int("step", p.view().Step), slog.Any("error", err))
		p.set(func(v *playView) { v.Status = playFailed })
	}
}

func (p *player) steps(ctx context.Context) error {
	p.before = p.site.newest()
	for i, step := range p.script {
		if err := p.unpaused(ctx); err != nil {
			return err
		}
		if !step.Optional {
			p.announce(i)
		}
		done, err := p.perform(ctx, i)
		if err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
		if done {
			if err := p.rest(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// announce shows which step is under way. Of an optional one nothing is shown before its button is there.
func (p *player) announce(i int) {
	step := p.script[i]
	p.set(func(v *playView) {
		v.Step, v.Who = i+1, p.site.actor(step.Who)
		if step.Caption != nil {
			v.Caption = step.Caption
		}
	})
}

// newest is the highest number of a message; private chats count together.
func (s *Site) newest() int {
	highest := 0
	for _, person := range s.people {
		if all := person.Messages(); len(all) > 0 {
			highest = max(highest, all[len(all)-1].ID)
		}
	}
	return highest
}

// rest gives the audience time to read; a pause begun meanwhile is waited out.
func (p *player) rest(ctx context.Context) error {
	timer := time.NewTimer(p.site.o.Pace)
	defer timer.Stop()
	select {
	case <-timer.C:
		return p.unpaused(ctx)
	case <-ctx.Done():
		return errStopped
	}
}

// unpaused waits until the example is not paused.
func (p *player) unpaused(ctx context.Context) error {
	for {
		p.mu.Lock()
		paused, changed := p.now.Status == playPaused, p.changed
		p.mu.Unlock()
		if ctx.Err() != nil {
			return errStopped
		}
		if !paused {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}

func (p *player) view() playView {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now
}

// set changes what is shown and tells the pages.
func (p *player) set(change func(*playView)) {
	p.turn(change, playIdle, playRunning, playPaused, playDone, playFailed)
}

// turn is set for when the example stands at one of from; otherwise it does nothing and reports so.
func (p *player) turn(change func(*playView), from ...playStatus) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Contains(from, p.now.Status) {
		return false
	}
	change(&p.now)
	close(p.changed)
	p.changed = make(chan struct{})
	p.site.stream.add("play", p.now)
	return true
}
