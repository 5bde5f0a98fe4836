package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"regexp"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// matters are what citizens complain about, one a line.
//
//go:embed matters.txt
var mattersText string

var matters = strings.Split(strings.TrimSpace(mattersText), "\n")

// patience is how long somebody waits for an answer before the conversation counts as stuck.
const patience = 20 * time.Second

var errStuck = errors.New("a conversation got stuck")

// numberForm is a report's number: whoever is told one is done.
var numberForm = regexp.MustCompile(`20\d\d-\d{5}`)

// talk is one citizen with one matter: start, button, words, photograph, place, confirmation. Both our bot and the
// reference are told the same, in the same order; further questions are answered by the first fitting button.
type talk struct {
	t       *telegram
	person  *botapi.Person
	phone   chan arrival
	inputs  []func()
	said    time.Time // when the last thing was said; zero when it was answered
	replies []time.Duration
	presses map[string]time.Time
	updates int
	pause   time.Duration // between an answer and the next word
}

// newTalk makes citizen number n.
func newTalk(t *telegram, n int64, towns []grid.Cell) *talk {
	p := t.emulator.User(100000+n, "citizen", "zh-hans")
	at := scatter(*towns[int(n)%len(towns)].Centre, n)
	c := &talk{t: t, person: p, phone: t.open(p), presses: make(map[string]time.Time)}
	picture := photograph(n)
	c.inputs = []func(){
		func() { p.Starts("") },
		func() { c.pressFirst("report") },
		func() { p.Says(matters[int(n)%len(matters)]) },
		func() { p.SendsPhoto(picture) },
		func() { p.SendsLocation(at.Lat, at.Lon, 15) },
	}
	return c
}

// tell goes through the whole conversation.
func (c *talk) tell(ctx context.Context) error {
	defer c.t.hangUp(c.person)
	c.speak()
	for {
		m, err := c.next(ctx)
		if err != nil {
			return err
		}
		data, asked := c.reaction(m.Message)
		if !asked && numberForm.MatchString(m.Text) && len(c.inputs) == 0 {
			return nil
		}
		if c.pause > 0 {
			if err := wait(ctx, c.pause); err != nil {
				return err
			}
		}
		switch {
		case asked:
			c.press(m.ID, data)
		case len(c.inputs) > 0:
			c.speak()
		}
	}
}

// speak says the next thing.
func (c *talk) speak() {
	say := c.inputs[0]
	c.inputs = c.inputs[1:]
	c.count()
	say()
}

func (c *talk) count() {
	c.said = time.Now()
	c.updates++
	c.t.updates.Add(1)
}

// next waits for the bot; the first message after something was said is its answer.
func (c *talk) next(ctx context.Context) (arrival, error) {
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case m := <-c.phone:
		if !c.said.IsZero() {
			c.replies = append(c.replies, m.at.Sub(c.said))
			c.said = time.Time{}
		}
		return m, nil
	case <-ctx.Done():
		return arrival{}, ctx.Err()
	case <-t.C:
		return arrival{}, errStuck
	}
}

// press presses a button; one that is gone was pressed before.
func (c *talk) press(message int, data string) {
	at := time.Now()
	if id, err := c.person.Presses(message, data); err == nil {
		c.count()
		c.presses[id] = at
	}
}

// pressFirst presses the button with that verb on the newest message that has it.
func (c *talk) pressFirst(verb string) {
	m, ok := c.person.Last()
	if !ok {
		return
	}
	for _, data := range buttons(m) {
		if verbOf(data) == verb {
			if id, err := c.person.Presses(m.ID, data); err == nil {
				c.presses[id] = c.said
			}
			return
		}
	}
}

// reaction chooses a button: what a willing person presses under each question.
func (c *talk) reaction(m models.Message) (string, bool) {
	wanted := []string{"another", "cell", "category", "anyway", "away", "exif_use", "continue"}
	if len(c.inputs) == 0 {
		wanted = append(wanted, "submit")
	}
	data := buttons(m)
	for _, verb := range wanted {
		for _, d := range data {
			if verbOf(d) == verb {
				return d, true
			}
		}
	}
	return "", false
}

// verbOf is what a button of ours or of the reference does.
func verbOf(data string) string {
	if parts := strings.Split(data, ":"); len(parts) == 4 && parts[0] == "f1" {
		return parts[2]
	}
	return data
}

func buttons(m models.Message) []string {
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

// pressed is how long the buttons pressed took to be answered, and how many never were.
func (c *talk) pressed() (waits []time.Duration, unanswered int) {
	answered := 0
	for _, toast := range c.person.Toasts() {
		if at, ok := c.presses[toast.QueryID]; ok {
			waits = append(waits, toast.At.Sub(at))
			answered++
		}
	}
	return waits, len(c.presses) - answered
}

// photograph is a small picture unlike any other.
func photograph(of int64) []byte {
	img := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range 64 {
		img.SetGray(i, int(of)>>(i%16)&63, color.Gray{Y: 255})
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return b.Bytes()
}
