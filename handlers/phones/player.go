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

// playView is what the pages show of the example: the scene, the step under way, counting from one, and its caption. Why is
// set when it failed: "button" (the one to press did not appear), "answer" (the bot said nothing), "other".
type playView struct {
	Status  playStatus `json:"status"`
	Why     string     `json:"why,omitempty"`
	Scene   string     `json:"scene"`
	Step    int        `json:"step"`
	Steps   int        `json:"steps"`
	Who     string     `json:"who,omitempty"`
	Caption Words      `json:"caption,omitempty"`
}

// player plays the scenes, one at a time.
type player struct {
	site   *Site
	scenes []Scene
	starts chan struct{}

	// Of the scene that is played, known to whoever plays it only.
	script []Step
	about  string // callback data's name of the case that it is about; empty before the first button of one
	before int    // number of the newest message when the example began: buttons under older ones are of another play

	mu      sync.Mutex
	now     playView
	changed chan struct{} // closed at every change of the status
	stop    context.CancelFunc
}

var (
	errStopped  = errors.New("the example was stopped")
	errNoAnswer = errors.New("the bot did not answer")
	errNoKey    = errors.New("the button did not appear")
)

// why names an error as the pages do.
func why(err error) string {
	switch {
	case errors.Is(err, errNoKey):
		return "button"
	case errors.Is(err, errNoAnswer):
		return "answer"
	}
	return "other"
}

func newPlayer(s *Site, scenes []Scene) (*player, error) {
	if scenes == nil {
		var err error
		if scenes, err = embeddedScenes(); err != nil {
			return nil, err
		}
	}
	if err := s.checkScenes(scenes); err != nil {
		return nil, err
	}
	return &player{
		site: s, scenes: scenes, starts: make(chan struct{}, 1), changed: make(chan struct{}),
		now: playView{Status: playIdle, Scene: scenes[0].ID, Steps: len(scenes[0].Steps)},
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
	view := p.view()
	if view.Status == playIdle { // stopped before it began
		return
	}
	scene, _ := p.scene(view.Scene)
	p.script, p.about, p.before = scene.Steps, "", p.site.newest()
	err := p.steps(playing)
	switch {
	case playing.Err() != nil: // whoever stopped it has said so already, and may have begun it anew
	case err == nil:
		p.set(func(v *playView) { v.Status = playDone })
	default:
		p.site.o.Log.WarnContext(ctx, "the example failed", slog.String("scene", scene.ID), slog.Int("step", p.view().Step), slog.Any("error", err))
		p.set(func(v *playView) { v.Status, v.Why = playFailed, why(err) })
	}
}

func (p *player) steps(ctx context.Context) error {
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
