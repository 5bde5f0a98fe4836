package staff

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

//go:embed pages
var files embed.FS

// Desk does what is asked for on the page, and says what may be seen; handlers.Desk does. Each call asks anew who the officer
// is by now.
type Desk interface {
	OpenPage(ctx context.Context, who grid.PersonID, once string, keep time.Duration) error
	Desktop(ctx context.Context, who grid.PersonID, which string, offset int) (handlers.Desktop, error)
	Act(ctx context.Context, who grid.PersonID, deed handlers.PageDeed) (handlers.PageAnswer, error)
	PageMap(ctx context.Context, who grid.PersonID) ([]byte, error)
}

// Evidence gives what was shown: the copy of a picture without metadata, a file that a message brings.
type Evidence interface {
	Show(ctx context.Context, sha256 string) ([]byte, error)
	Parcel(ctx context.Context, sha256 string) ([]byte, error)
}

// Options say how the page works.
type Options struct {
	Desk     Desk
	Evidence Evidence
	Words    *texts.Catalogue
	Clock    func() time.Time
	Log      *slog.Logger
	Secret   []byte // signs links
	Base     string // public address, without a slash at its end; empty: no links
	Limits   func() Limits
}

// Limits are settings of the district, as they are in force.
type Limits struct {
	Link    time.Duration // how long a link is good
	Idle    time.Duration // without a press
	Longest time.Duration // of a session
}

// Site is the staff page, an http.Handler for /staff/.
type Site struct {
	*sessions
	o       Options
	handler http.Handler
	pages   map[texts.Lang]*template.Template
}

// New checks the options and reads the templates.
func New(o Options) (*Site, error) {
	if o.Desk == nil || o.Evidence == nil || o.Words == nil || o.Clock == nil || len(o.Secret) < 16 || o.Limits == nil {
		return nil, errors.New("staff: a desk, evidence, words, a clock, a secret and limits are needed")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Site{sessions: newSessions(), o: o, pages: make(map[texts.Lang]*template.Template)}
	for _, lang := range texts.Langs() {
		t, err := template.New("").Funcs(s.functions(lang)).ParseFS(files, "pages/*.html")
		if err != nil {
			return nil, fmt.Errorf("staff: %w", err)
		}
		s.pages[lang] = t
	}
	s.handler = s.routes()
	return s, nil
}

func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// functions are what templates say things with.
func (s *Site) functions(lang texts.Lang) template.FuncMap {
	return template.FuncMap{
		"t": func(key string, pairs ...any) (string, error) {
			if !s.o.Words.Has(key) {
				return "", fmt.Errorf("staff: there is no text %q", key)
			}
			args := make(texts.Args, len(pairs)/2)
			for i := 0; i+1 < len(pairs); i += 2 {
				args[fmt.Sprint(pairs[i])] = pairs[i+1]
			}
			return s.o.Words.Plain(lang, key, args), nil
		},
		"lang":   func() string { return string(lang) },
		"case":   caseOf,
		"within": within,
	}
}

// policy lets a page load nothing but its own style and pictures, and run nothing.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxBody bounds what one request may send: some photos.
const maxBody = 64 << 20

// routes are all pages. Those of a session are behind gate.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /staff/open/{token}", s.knock)
	mux.HandleFunc("POST /staff/open/{token}", s.open)
	for pattern, show := range map[string]func(*visit) error{
		"GET /staff/{$}":           s.list,
		"GET /staff/case/{id}":     s.caseOf,
		"GET /staff/map":           s.mapPage,
		"GET /staff/map.png":       s.mapPicture,
		"GET /staff/picture/{sha}": s.picture,
		"GET /staff/file/{sha}":    s.file,
		"POST /staff/act":          s.act,
		"POST /staff/several":      s.several,
		"POST /staff/leave":        s.leave,
	} {
		mux.Handle(pattern, s.gate(show))
	}
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // the address of a link is a key
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Robots-Tag", "noindex")
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if origins.Check(r) != nil {
			http.Error(w, "this form belongs to another site", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		mux.ServeHTTP(w, r)
	})
}

// secure tells whether people reach the page by https.
func (s *Site) secure() bool { return strings.HasPrefix(s.o.Base, "https://") }

// cookieName is the session's cookie.
const cookieName = "gridwarden_staff"

// visit is one request within a session.
type visit struct {
	w       http.ResponseWriter
	r       *http.Request
	session *session
	files   []handlers.DoorFile
}

// gate lets in whoever has a session that is still good, and forms only with its token.
func (s *Site) gate(show func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie(cookieName)
		var x *session
		ok := false
		if err == nil {
			limits := s.o.Limits()
			x, ok = s.find(c.Value, s.o.Clock(), limits.Idle, limits.Longest)
		}
		if !ok {
			s.closed(w, r, "page.closed")
			return
		}
		v := &visit{w: w, r: r, session: x}
		if r.Method == http.MethodPost && !s.formOf(v) {
			http.Error(w, "this form is not of this session", http.StatusForbidden)
			return
		}
		if err := show(v); err != nil {
			s.failed(v, err) //nolint:contextcheck // the visit carries its request
		}
	})
}

// failed says what went wrong. Who has no appointment any more has no session either.
func (s *Site) failed(v *visit, err error) {
	var known *grid.Error
	switch {
	case errors.As(err, &known) && known.Key == "error.page.over":
		s.End(v.session.who)
		s.closed(v.w, v.r, known.Key)
	case errors.As(err, &known) && known.Code == grid.NotFound:
		http.NotFound(v.w, v.r)
	case errors.As(err, &known) && known.Code != grid.Internal && !errors.Is(err, ledger.ErrConflict):
		args := make(texts.Args, len(known.Args))
		for k, a := range known.Args {
			args[k] = a
		}
		s.message(v, http.StatusUnprocessableEntity, known.Key, args)
	default:
		s.o.Log.ErrorContext(v.r.Context(), "staff page failed", slog.Any("error", err))
		s.message(v, http.StatusInternalServerError, "page.failed", nil)
	}
}

// message shows one sentence in the officer's language; in that of the country where the officer cannot be asked for.
func (s *Site) message(v *visit, status int, key string, args texts.Args) {
	d, err := s.desktop(v, "", 0)
	if err != nil {
		d = handlers.Desktop{Lang: texts.Reference}
	}
	s.page(v, d, status, "message", s.o.Words.Plain(d.Lang, key, args))
}

// closed is what whoever has no session sees.
func (s *Site) closed(w http.ResponseWriter, _ *http.Request, key string) {
	s.forgetCookie(w)
	s.render(w, texts.Reference, http.StatusForbidden, "closed", s.o.Words.Plain(texts.Reference, key, nil))
}

func (s *Site) forgetCookie(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Path: "/staff/", MaxAge: -1, HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteStrictMode,
	})
}
