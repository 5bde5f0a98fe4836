package handlers

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Kind says what a message is.
type Kind string

// The kinds of messages.
const (
	Text     Kind = "text"
	Media    Kind = "media" // photo, video, voice, document: see Files
	Location Kind = "location"
	Contact  Kind = "contact"
	Button   Kind = "button"
	Block    Kind = "block"   // the person blocked or unblocked the bot
	Fetched  Kind = "fetched" // a file arrived in the evidence store
	Nothing  Kind = "nothing" // a sticker, a dice, a pinned message: nothing to act on
)

// Message is what somebody did, in our own words: an update from Telegram is turned into it at the door, once.
type Message struct {
	Update int64
	ID     int // of Telegram's message
	User   int64
	Chat   int64
	Group  bool // not a private chat
	Lang   string
	Kind   Kind

	At      time.Time // when it was written
	Arrived time.Time // when it reached us
	Edited  bool

	Text    string // words or caption
	Command string // without slash and bot name: start, report
	Args    string // what follows the command
	Files   []File
	Album   string // media group

	Point    *geo.Point
	Accuracy float64 // metres; 0 when not given
	Picked   bool    // chosen on a map, not measured: may be GCJ-02
	Live     bool    // a live location, or an update of one
	Venue    string  // its title and address

	Phone    string
	Own      bool // the contact is the sender's own
	Forward  bool
	ReplyTo  int
	ReplyBot bool     // it answers one of our messages
	Under    []string // what the buttons under that message carry

	Callback string // id of the button press, to be answered
	Picture  bool   // the button stands under a picture or a file
	Data     string // what the button carries

	Door    casework.Source // it came by this door and not from Telegram
	Blocked bool
	Fetch   *FetchedFile
}

// File is something attached.
type File struct {
	ID     string // to fetch or send it again
	Unique string // the same for everybody and for ever
	Kind   string // photo, video, voice, document
	Name   string
	Type   string
	Size   int64
}

// FetchedFile tells a draft what its file was found to hold.
type FetchedFile struct {
	Unique string     `json:"u"`
	Person string     `json:"p"`
	User   int64      `json:"-"`
	GPS    *geo.Point `json:"g,omitempty"`
	Taken  time.Time  `json:"t,omitzero"`
	Fail   string     `json:"f,omitempty"`
	Patrol string     `json:"r,omitempty"` // that the file is a photo of
	PHash  uint64     `json:"h,omitempty"` // of a patrol's photo: what it looks like
}

// pseudonym is what a PersonID looks like: whatever else claims to be one was not written by the fetcher.
var pseudonym = regexp.MustCompile(`^[a-z2-7]{16}$`)

// FromUpdate turns an update into a message; false when it is nothing that we act on. A private chat has the number of
// the one person in it: answers that went anywhere else would be read by somebody else.
func FromUpdate(u *models.Update, arrived time.Time) (Message, bool) {
	m, ok := fromUpdate(u, arrived)
	return m, ok && (m.Group || m.Chat == m.User)
}

func fromUpdate(u *models.Update, arrived time.Time) (Message, bool) {
	switch {
	case u.Message != nil:
		return fromMessage(u.ID, u.Message, arrived), isPerson(u.Message.From)
	case u.EditedMessage != nil:
		m := fromMessage(u.ID, u.EditedMessage, arrived)
		m.Edited = true
		if u.EditedMessage.EditDate > 0 { // what it says now was written then; a live location moves by edits
			m.At = time.Unix(int64(u.EditedMessage.EditDate), 0)
		}
		m.Live = m.Live || m.Kind == Location && m.Venue == "" // the last edit of a live location no longer says so
		return m, isPerson(u.EditedMessage.From)
	case u.CallbackQuery != nil:
		return fromCallback(u.ID, u.CallbackQuery, arrived)
	case u.MyChatMember != nil:
		return fromMembership(u.ID, u.MyChatMember, arrived)
	}
	return Message{}, false
}

// isPerson tells whether somebody wrote, and not a channel, an anonymous administrator or another bot: two bots that
// answer each other would never end.
func isPerson(u *models.User) bool { return u != nil && !u.IsBot }

func fromMessage(id int64, m *models.Message, arrived time.Time) Message {
	out := Message{
		Update: id, ID: m.ID, Chat: m.Chat.ID, Group: m.Chat.Type != models.ChatTypePrivate,
		At: time.Unix(int64(m.Date), 0), Arrived: arrived, Album: m.MediaGroupID,
		Text: clean(m.Text), Forward: m.ForwardOrigin != nil, Kind: Nothing,
	}
	if m.From != nil {
		out.User, out.Lang = m.From.ID, m.From.LanguageCode
	}
	if r := m.ReplyToMessage; r != nil {
		out.ReplyTo, out.ReplyBot = r.ID, r.From != nil && r.From.IsBot
		out.Under = carried(r)
	}
	if out.Text == "" {
		out.Text = clean(m.Caption)
	}
	if out.Text != "" {
		out.Kind = Text
		out.Command, out.Args = command(out.Text)
	}
	out.attach(m)
	out.place(m)
	if c := m.Contact; c != nil {
		out.Kind, out.Phone, out.Own = Contact, clean(c.PhoneNumber), c.UserID == out.User
	}
	return out
}

// carried is what the buttons under one of our messages carry.
func carried(m *models.Message) []string {
	if m.ReplyMarkup == nil || m.From == nil || !m.From.IsBot {
		return nil
	}
	var out []string
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		for _, b := range row {
			if b.CallbackData != "" {
				out = append(out, clean(b.CallbackData))
			}
		}
	}
	return out
}

// attach takes what is attached to the message; of a photo's sizes the largest, for it is evidence.
func (out *Message) attach(m *models.Message) {
	add := func(f File) {
		out.Kind = Media
		out.Files = append(out.Files, f)
	}
	if n := len(m.Photo); n > 0 {
		best := m.Photo[0]
		for _, p := range m.Photo[1:] {
			if p.Width*p.Height > best.Width*best.Height {
				best = p
			}
		}
		add(File{ID: best.FileID, Unique: best.FileUniqueID, Kind: "photo", Size: int64(best.FileSize)})
	}
	if v := m.Video; v != nil {
		add(File{ID: v.FileID, Unique: v.FileUniqueID, Kind: "video", Name: clean(v.FileName), Type: clean(v.MimeType), Size: v.FileSize})
	}
	if v := m.VideoNote; v != nil {
		add(File{ID: v.FileID, Unique: v.FileUniqueID, Kind: "video", Size: int64(v.FileSize)})
	}
	if v := m.Voice; v != nil {
		add(File{ID: v.FileID, Unique: v.FileUniqueID, Kind: "voice", Type: clean(v.MimeType), Size: v.FileSize})
	}
	if a := m.Audio; a != nil {
		add(File{ID: a.FileID, Unique: a.FileUniqueID, Kind: "voice", Name: clean(a.FileName), Type: clean(a.MimeType), Size: a.FileSize})
	}
	if d := m.Document; d != nil && m.Animation == nil {
		add(File{ID: d.FileID, Unique: d.FileUniqueID, Kind: "document", Name: clean(d.FileName), Type: clean(d.MimeType), Size: d.FileSize})
	}
	if a := m.Animation; a != nil {
		add(File{ID: a.FileID, Unique: a.FileUniqueID, Kind: "video", Name: clean(a.FileName), Type: clean(a.MimeType), Size: a.FileSize})
	}
}

// place takes the location. Telegram gives an accuracy for a measured position only: one without was picked on a map.
func (out *Message) place(m *models.Message) {
	l := m.Location
	if v := m.Venue; v != nil {
		out.Venue = clean(v.Title + " " + v.Address)
		l = &v.Location
	}
	if l == nil {
		return
	}
	out.Kind = Location
	out.Point = &geo.Point{Lon: l.Longitude, Lat: l.Latitude}
	out.Accuracy = l.HorizontalAccuracy
	out.Live = l.LivePeriod > 0
	out.Picked = m.Venue != nil || (l.HorizontalAccuracy == 0 && !out.Live)
}

func fromCallback(id int64, q *models.CallbackQuery, arrived time.Time) (Message, bool) {
	out := Message{
		Update: id, User: q.From.ID, Chat: q.From.ID, Lang: q.From.LanguageCode, Kind: Button,
		At: arrived, Arrived: arrived, Callback: q.ID, Data: clean(q.Data),
	}
	if m := q.Message.Message; m != nil {
		out.ID, out.Chat, out.Group = m.ID, m.Chat.ID, m.Chat.Type != models.ChatTypePrivate
		out.Picture = len(m.Photo) > 0 || m.Document != nil
	} else if m := q.Message.InaccessibleMessage; m != nil {
		out.ID, out.Chat, out.Group = m.MessageID, m.Chat.ID, m.Chat.Type != models.ChatTypePrivate
	}
	return out, true
}

func fromMembership(id int64, c *models.ChatMemberUpdated, arrived time.Time) (Message, bool) {
	gone := c.NewChatMember.Type == models.ChatMemberTypeBanned || c.NewChatMember.Type == models.ChatMemberTypeLeft
	return Message{
		Update: id, User: c.From.ID, Chat: c.Chat.ID, Group: c.Chat.Type != models.ChatTypePrivate, Lang: c.From.LanguageCode,
		Kind: Block, Blocked: gone, At: time.Unix(int64(c.Date), 0), Arrived: arrived,
	}, true
}

// command reads a leading /command@bot and what follows. Telegram's own entities are not needed for it, and their
// UTF-16 offsets, which a forged webhook could set at will, are never used.
func command(text string) (name, args string) {
	slash := slices.IndexFunc(slashes, func(s string) bool { return strings.HasPrefix(text, s) })
	if slash < 0 {
		return "", ""
	}
	text = text[len(slashes[slash]):]
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		end = len(text)
	}
	head, _, _ := strings.Cut(text[:end], "@")
	return strings.ToLower(head), strings.TrimSpace(text[end:])
}

// slashes begin a command: the plain one, and the wide one that Chinese keyboards write.
var slashes = []string{"/", "\uFF0F"}

// clean drops what must not get into the store: invalid UTF-8, NUL, and the private-use characters that mark numbers.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == 0 || (r >= '\uE000' && r <= '\uF8FF') {
			return -1
		}
		return r
	}, s))
}
