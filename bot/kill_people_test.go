package main

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// patience is how long a person waits for an answer before the conversation counts as stuck.
const patience = 60 * time.Second

var errStuck = errors.New("stuck")

// place is a button on somebody's phone.
type place struct {
	who     *botapi.Person
	message int
	data    string
}

// exchange hands every message of the bot to the phone it appears on, and remembers where officers can accept and take.
type exchange struct {
	mu       sync.Mutex
	phones   map[int64]chan models.Message
	officers map[int64]*botapi.Person
	accept   map[string]place // by report number
	take     map[string]place // by case
}

func newExchange() *exchange {
	return &exchange{
		phones: make(map[int64]chan models.Message), officers: make(map[int64]*botapi.Person),
		accept: make(map[string]place), take: make(map[string]place),
	}
}

func (x *exchange) run(events <-chan botapi.Event) {
	for e := range events {
		if e.Kind != botapi.EventMessage && e.Kind != botapi.EventEdit || e.Message.From == nil || !e.Message.From.IsBot {
			continue
		}
		x.mu.Lock()
		phone := x.phones[e.ChatID]
		if o := x.officers[e.ChatID]; o != nil {
			x.index(o, e.Message)
		}
		x.mu.Unlock()
		if phone != nil && e.Kind == botapi.EventMessage {
			phone <- e.Message
		}
	}
}

func (x *exchange) index(o *botapi.Person, m models.Message) {
	for _, data := range allButtons(m) {
		if strings.HasPrefix(data, "c:accept:") {
			x.accept[numberForm.FindString(m.Text+m.Caption)] = place{o, m.ID, data}
		}
		if id, ok := strings.CutPrefix(data, "c:take:"); ok {
			x.take[id] = place{o, m.ID, data}
		}
	}
}

// open gives a person a phone whose messages somebody reads.
func (x *exchange) open(p *botapi.Person) chan models.Message {
	phone := make(chan models.Message, 256)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.phones[p.ID()] = phone
	return phone
}

// pressOfficer waits for the button to appear on an officer's phone and presses it.
func (x *exchange) pressOfficer(where map[string]place, key string) (place, error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		x.mu.Lock()
		at, ok := where[key]
		x.mu.Unlock()
		if !ok {
			continue
		}
		if _, err := at.who.Presses(at.message, at.data); err == nil {
			return at, nil
		}
	}
	return place{}, fmt.Errorf("%w: no officer can press the button for %s", errStuck, key)
}

func allButtons(m models.Message) []string {
	if m.ReplyMarkup == nil {
		return nil
	}
	var out []string
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		for _, b := range row {
			out = append(out, b.CallbackData)
		}
	}
	return out
}

// ending is how a conversation goes on after the report.
type ending int

const (
	staysReported ending = iota
	isWithdrawn
	isAccepted
	isTaken
)

// talk is one citizen with one matter.
type talk struct {
	x      *exchange
	person *botapi.Person
	phone  chan models.Message
	inputs []func() // what the person still has to say
	point  geo.Point
	words  string
	join   bool // says "the same" when asked
	burst  bool // says everything at once
	end    ending

	confirmed map[string]int // times that each number was confirmed
	followed  map[string]int
	pressed   []pressed
	took      time.Duration
	err       error
}

// tell goes through the whole conversation.
func (c *talk) tell() {
	began := time.Now()
	c.err = c.report()
	if c.err == nil && len(c.confirmed) == 1 && len(c.followed) == 0 {
		c.err = c.after()
	}
	c.took = time.Since(began)
	if c.err != nil {
		c.err = fmt.Errorf("%w\n%s", c.err, (&person{Person: c.person}).screen())
	}
}

func (c *talk) report() error {
	c.speak()
	for deadline := time.Now().Add(2 * patience); len(c.confirmed)+len(c.followed) == 0; {
		if time.Now().After(deadline) {
			return fmt.Errorf("%w: asked again and again", errStuck)
		}
		m, err := c.next()
		if err != nil {
			return err
		}
		if len(c.confirmed)+len(c.followed) > 0 {
			return nil
		}
		switch data, ok := c.reaction(m); {
		case ok:
			_ = c.press(m.ID, data) // a button that is gone was pressed before
		case len(c.inputs) > 0:
			c.speak()
		case len(allButtons(m)) == 0 && c.asksPlace():
			c.person.SendsLocation(c.point.Lat, c.point.Lon, 15)
		}
	}
	return nil
}

// speak says the next thing, or everything that is left.
func (c *talk) speak() {
	for len(c.inputs) > 0 {
		say := c.inputs[0]
		c.inputs = c.inputs[1:]
		say()
		if !c.burst {
			return
		}
	}
}

// next waits for the bot, and notes what it confirms.
func (c *talk) next() (models.Message, error) {
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case m := <-c.phone:
		c.note(m)
		return m, nil
	case <-t.C:
		return models.Message{}, errStuck
	}
}

func (c *talk) note(m models.Message) {
	number := numberForm.FindString(m.Text)
	switch {
	case strings.Contains(m.Text, "已登记"):
		c.confirmed[number]++
	case strings.Contains(m.Text, "已把您的情况并入"):
		c.followed[number]++
	}
}

func (c *talk) asksPlace() bool {
	k := c.person.Keyboard()
	return k != nil && len(k.Keyboard) > 0 && len(k.Keyboard[0]) > 0 && k.Keyboard[0][0].RequestLocation
}

// reaction chooses a button: what a willing person presses under each question of the bot.
func (c *talk) reaction(m models.Message) (string, bool) {
	wanted := []string{"another", "cell", "category", "anyway", "away", "exif_use", "continue", "withdraw_yes", "withdraw"}
	if c.join {
		wanted = append([]string{"same"}, wanted...)
	}
	if len(c.inputs) == 0 {
		wanted = append(wanted, "submit")
	}
	data := allButtons(m)
	for _, verb := range wanted {
		for _, d := range data {
			if parts := strings.Split(d, ":"); len(parts) == 4 && parts[0] == "f1" && parts[2] == verb {
				return d, true
			}
		}
	}
	return "", false
}

// number is the one that was confirmed.
func (c *talk) number() string {
	for n := range c.confirmed {
		return n
	}
	return ""
}

// after plays what follows the report.
func (c *talk) after() error {
	switch c.end {
	case isWithdrawn:
		return c.withdraw()
	case isAccepted, isTaken:
		return c.isTakenUp()
	default:
		return nil
	}
}

// withdraw takes the report back the way a person finds it: /my, the report, withdraw, yes.
func (c *talk) withdraw() error {
	c.person.Says("/my")
	for {
		m, err := c.next()
		if err != nil {
			return err
		}
		if strings.HasPrefix(m.Text, "已撤回") {
			return nil
		}
		data, ok := c.reaction(m)
		for _, d := range allButtons(m) {
			if !ok && strings.HasPrefix(d, "c:history:") && strings.Contains(m.Text, c.number()) {
				data, ok = d, true
			}
		}
		if ok {
			_ = c.press(m.ID, data)
		}
	}
}

// isTakenUp lets the desk accept the report and, as the case may be, the inspector take it.
func (c *talk) isTakenUp() error {
	at, err := c.x.pressOfficer(c.x.accept, c.number())
	if err != nil {
		return err
	}
	if err := c.awaits("已受理"); err != nil || c.end == isAccepted {
		return err
	}
	if _, err := c.x.pressOfficer(c.x.take, strings.TrimPrefix(at.data, "c:accept:")); err != nil {
		return err
	}
	return c.awaits("已开始办理")
}

func (c *talk) awaits(words string) error {
	for {
		m, err := c.next()
		if err != nil || strings.Contains(m.Text, words) {
			return err
		}
	}
}
