package botapi

import (
	"fmt"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"
)

// transcript is everything that people and the bot said to each other, in order.
type transcript struct {
	lines []line
	keep  int // chats' messages to keep; 0 is all
}

type line struct {
	at   time.Time
	text string
}

// linesPerMessage is how many lines are kept for each message that a chat keeps.
const linesPerMessage = 100

func (t *transcript) add(at time.Time, text string) {
	t.lines = keepTail(append(t.lines, line{at, text}), t.keep*linesPerMessage)
}

// record writes a message down; done is "", "edited" or "deleted". The lock is held.
func (e *Emulator) record(m *stored, done string) {
	who, arrow := "bot", " → "+chatName(&m.Chat)
	if m.From != nil && m.From.ID != e.botID {
		who, arrow = m.From.FirstName, ""
		if m.Chat.Type != models.ChatTypePrivate {
			arrow = " in " + chatName(&m.Chat)
		}
	}
	if done != "" {
		arrow += " (" + done + ")"
	}
	text := describe(&m.Message)
	if done == "deleted" {
		text = firstLine(text)
	} else {
		text += keysLine(m)
	}
	e.transcript.add(e.clock(), who+arrow+": "+strings.ReplaceAll(text, "\n", "\n    "))
}

func chatName(ch *models.Chat) string {
	if ch.Type == models.ChatTypePrivate {
		return ch.FirstName
	}
	return ch.Title
}

// describe is a message in words: what is attached, then the text or caption.
func describe(m *models.Message) string {
	var parts []string
	if m.ForwardOrigin != nil {
		parts = append(parts, "[forwarded]")
	}
	if m.ReplyToMessage != nil {
		parts = append(parts, "[reply to "+firstLine(m.ReplyToMessage.Text+m.ReplyToMessage.Caption)+"]")
	}
	switch {
	case len(m.Photo) > 0:
		largest := m.Photo[len(m.Photo)-1]
		parts = append(parts, fmt.Sprintf("[photo %d×%d]", largest.Width, largest.Height))
	case m.Video != nil:
		parts = append(parts, fmt.Sprintf("[video %d s]", m.Video.Duration))
	case m.Voice != nil:
		parts = append(parts, fmt.Sprintf("[voice %d s]", m.Voice.Duration))
	case m.Audio != nil:
		parts = append(parts, "[audio "+m.Audio.FileName+"]")
	case m.Document != nil:
		parts = append(parts, "[document "+m.Document.FileName+"]")
	case m.Venue != nil:
		parts = append(parts, fmt.Sprintf("[venue %s %.5f,%.5f]", m.Venue.Title, m.Venue.Location.Latitude, m.Venue.Location.Longitude))
	case m.Location != nil && m.Location.LivePeriod > 0:
		parts = append(parts, fmt.Sprintf("[live location %.5f,%.5f]", m.Location.Latitude, m.Location.Longitude))
	case m.Location != nil:
		parts = append(parts, fmt.Sprintf("[location %.5f,%.5f]", m.Location.Latitude, m.Location.Longitude))
	case m.Contact != nil:
		parts = append(parts, "[contact "+m.Contact.FirstName+"]")
	}
	if text := m.Text + m.Caption; text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// keysLine shows the inline keyboard: each row on a line of its own.
func keysLine(m *stored) string {
	if m.keys == nil {
		return ""
	}
	var out strings.Builder
	for _, row := range m.keys.InlineKeyboard {
		out.WriteString("\n")
		for i, b := range row {
			if i > 0 {
				out.WriteString(" ")
			}
			out.WriteString("[" + b.Text + "]")
		}
	}
	return out.String()
}

// recordPress writes down that a button was pressed; a forged one has no label.
func (e *Emulator) recordPress(ch *chat, p *Person, label, data string) {
	if label == "" {
		label = "forged " + data
	}
	e.note(ch, p, "presses ["+label+"]")
}

func (e *Emulator) recordToast(q *query, t Toast) {
	if t.Text == "" {
		return
	}
	kind := "toast"
	if t.Alert {
		kind = "alert"
	}
	e.transcript.add(e.clock(), "bot → "+q.person.user.FirstName+" ("+kind+"): "+t.Text)
}

// note writes down something that is not a message.
func (e *Emulator) note(ch *chat, p *Person, what string) {
	where := ""
	if ch.Type != models.ChatTypePrivate {
		where = " in " + ch.Title
	}
	e.transcript.add(e.clock(), p.user.FirstName+where+" "+what)
}

// Transcript returns everything that was said, one line each with its time in loc, keyboards and further lines
// indented below: fit for golden files.
func (e *Emulator) Transcript(loc *time.Location) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out strings.Builder
	for _, l := range e.transcript.lines {
		out.WriteString(l.at.In(loc).Format("2006-01-02 15:04") + " " + l.text + "\n")
	}
	return out.String()
}
