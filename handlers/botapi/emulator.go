package botapi

import (
	"sync"
	"time"

	"github.com/go-telegram/bot/models"
)

// Emulator is one bot's Bot API server together with everybody who may talk to that bot. It is safe for concurrent
// use. Create it with [New].
type Emulator struct {
	settings
	methods map[string]handler

	mu         sync.Mutex
	users      map[int64]*Person
	chats      map[int64]*chat
	files      *fileStore
	queue      queue
	poll       *poll // the long poll that waits, if any
	hook       webhook
	queries    map[string]*query
	lastQuery  int64
	lastID     int // message number shared by private chats and basic groups
	lastAlbum  int64
	commands   map[commandKey][]models.BotCommand
	about      map[aboutKey]string
	faults     []*plannedFault
	sends      sendLog
	calls      map[string]int
	violations []string
	transcript transcript
	watchers   map[*watcher]struct{}
}

// New returns an emulator with no users and no chats. Without options it answers for the token [DefaultToken], takes
// its dates from time.Now and does not limit the rate of sending.
func New(opts ...Option) *Emulator {
	e := &Emulator{
		settings: defaults(),
		methods:  methodTable(),
		users:    map[int64]*Person{},
		chats:    map[int64]*chat{},
		files:    newFileStore(),
		queries:  map[string]*query{},
		commands: map[commandKey][]models.BotCommand{},
		about:    map[aboutKey]string{},
		calls:    map[string]int{},
		watchers: map[*watcher]struct{}{},
	}
	for _, opt := range opts {
		opt(&e.settings)
	}
	e.sends.limits = e.limits
	e.transcript.keep = e.keepLast
	return e
}

// Token returns the token that the bot must use.
func (e *Emulator) Token() string { return e.token }

// Now returns the emulator's time, the only source of every date it writes.
func (e *Emulator) Now() time.Time { return e.clock() }

// Violations returns what the bot did that Telegram would have ignored in silence or taken otherwise than meant:
// unknown parameters, unknown fields inside objects, wrong types. A correct bot leaves it empty.
func (e *Emulator) Violations() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]string(nil), e.violations...)
}

// maxViolations bounds the list: the first ones tell the story.
const maxViolations = 1000

// violate notes a violation. The lock is held.
func (e *Emulator) violate(what string) {
	if len(e.violations) < maxViolations {
		e.violations = append(e.violations, what)
	}
}

// bot returns the bot as a user, the way messages carry it.
func (e *Emulator) bot() *models.User {
	return &models.User{ID: e.botID, IsBot: true, FirstName: e.botName, Username: e.botUsername}
}
