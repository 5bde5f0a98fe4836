package phones

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// Phone is one phone on the page and the person who holds it.
type Phone struct {
	ID       string // what the script and the page call it: letters, digits, dashes
	User     int64  // Telegram id, also that of the private chat with the bot
	Name     string // the person's first name
	Role     string // key of the role's name on the page: citizen, inspector, supervisor, desk
	Language string // what Telegram reports: "zh-hans", "en" or ""
	Number   string // the number that the contact button shares; empty for the emulator's own
}

// Words is a text in the page's languages, by their tags "zh-CN" and "en". A missing language falls back on zh-CN.
type Words map[string]string

// Case is a line of the table in which one watches the case move.
type Case struct {
	Number string    `json:"number"`
	Report string    `json:"report,omitempty"` // the number of the registration, beside that of the case
	State  Words     `json:"state"`
	Cell   Words     `json:"cell"`
	Code   string    `json:"code"`         // of the township, as in the map's property "code"; the map marks it
	Due    time.Time `json:"due,omitzero"` // of the limit that runs; zero when none does
	Late   bool      `json:"late"`
	Done   bool      `json:"done"` // closed, refused or withdrawn
}

// Options say what the page shows and drives.
type Options struct {
	Emulator *botapi.Emulator
	Phones   []Phone // the first two have places of their own, the others share the third

	Now     func() time.Time                                                        // the demonstration's time
	Advance func(ctx context.Context, by time.Duration) (fired []string, err error) // nil: the clock can't be moved
	Cases   func(ctx context.Context) ([]Case, error)                               // nil: no table

	Cells   []byte // GeoJSON of the townships, with "code" and "name"; one without geometry is left out
	Outline []byte // GeoJSON of the district; may be nil
	Rivers  []byte // GeoJSON lines with "name"; may be nil

	Scenes []Scene       // to choose from, the first one chosen already; nil are the embedded ones
	Pace   time.Duration // time to read between two steps of the example; zero is three seconds
	Public string        // address of the public site, without a slash at its end, to look at beside the phones; empty: there is none
	Title  string        // of the page; empty for the bot's name in the page's language
	Hosts  []string      // names under which the page may be opened besides localhost and addresses
	Log    *slog.Logger  // nil: nothing is logged

	quiet    time.Duration // without a word of the bot, after which it has said everything; for tests
	patience time.Duration // with which an answer of the bot, or a button that must come, is waited for; for tests
}

// Site is the page and what it calls. It is an http.Handler; [Site.Run] must run beside it.
type Site struct {
	o       Options
	handler http.Handler
	page    *template.Template
	token   string
	people  map[string]*botapi.Person // by phone
	phones  map[int64]string          // by chat
	stream  *stream
	player  *player
	cases   caseTable

	advancing sync.Mutex
	firedMu   sync.Mutex
	fired     []firing
}

const (
	defaultPace     = 3 * time.Second        // in which two lines of a chat are read
	defaultQuiet    = 400 * time.Millisecond // more than a bot takes between two messages of one answer
	defaultPatience = 10 * time.Second
)

// New returns the page. It fails when the options are incomplete, when two phones are called the same, or when a
// scene names a phone that is not there.
//
//nolint:cyclop // one check after the other
func New(o Options) (*Site, error) {
	if o.Emulator == nil || o.Now == nil || len(o.Phones) == 0 {
		return nil, errors.New("phones: an emulator, a clock and at least one phone are needed")
	}
	if o.Pace == 0 {
		o.Pace = defaultPace
	}
	if o.quiet == 0 {
		o.quiet = defaultQuiet
	}
	if o.patience == 0 {
		o.patience = defaultPatience
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Site{
		o: o, token: rand.Text(), stream: newStream(rand.Text()[:8]),
		people: map[string]*botapi.Person{}, phones: map[int64]string{},
	}
	for _, p := range o.Phones {
		if _, twice := s.people[p.ID]; twice || p.ID == "" || p.User <= 0 {
			return nil, fmt.Errorf("phones: phone %q is there twice, or has no id or no user", p.ID)
		}
		if _, twice := s.phones[p.User]; twice {
			return nil, fmt.Errorf("phones: two phones of user %d", p.User)
		}
		person := o.Emulator.User(p.User, p.Name, p.Language)
		if p.Number != "" {
			person.SetPhone(p.Number)
		}
		s.people[p.ID], s.phones[p.User] = person, p.ID
	}
	var err error
	if s.player, err = newPlayer(s, o.Scenes); err != nil {
		return nil, err
	}
	if s.page, err = template.ParseFS(files, "static/index.html"); err != nil {
		return nil, fmt.Errorf("phones: %w", err)
	}
	s.handler = s.guard(s.routes())
	return s, nil
}

func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.showPage)
	mux.HandleFunc("GET /static/{name}", s.showStatic)
	mux.HandleFunc("GET /map/{name}", s.showMap)
	mux.HandleFunc("GET /file/{id}", s.showFile)
	mux.HandleFunc("GET /sample/{name}", s.showSample)
	mux.HandleFunc("GET /state", s.showState)
	mux.HandleFunc("GET /events", s.showEvents)
	mux.HandleFunc("POST /say", s.say)
	mux.HandleFunc("POST /photo", s.photo)
	mux.HandleFunc("POST /location", s.location)
	mux.HandleFunc("POST /press", s.press)
	mux.HandleFunc("POST /contact", s.contact)
	mux.HandleFunc("POST /advance", s.advance)
	mux.HandleFunc("POST /play", s.play)
	return mux
}

// ServeHTTP answers the page and everything it calls.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
