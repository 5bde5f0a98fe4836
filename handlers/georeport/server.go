package georeport

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/doorway"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Server answers machines. All fields but Door, Keys and Publications are needed; without Door and Keys nothing can be
// filed, without Publications there is no feed of them.
type Server struct {
	Cases        func(context.Context) (Cases, error)
	Timelines    Timelines
	District     func() District
	Door         Door
	Keys         Keys
	Publications func(ctx context.Context, duty string) ([]Publication, error) // the newest FeedLength, of all duties when none is named
	Texts        *texts.Catalogue
	Clock        func() time.Time
	Log          *slog.Logger
	Base         string         // public address of the site, without a slash at its end; empty: as the request names it
	Uploads      *doorway.Room  // for reports with photos; nil: without bounds
	Proxies      []netip.Prefix // of which what they say of a visitor's address is believed
}

// District is what is in force now.
type District struct {
	Tree       *grid.Tree
	Categories []category.Category
	Duties     []Duty
	Changed    time.Time // when that was last changed
	Rules      Rules
}

// Rules are the numbers of this door.
type Rules struct {
	Zone         *time.Location
	Names        map[string]string // of the district
	Office       string            // who runs it, as letters are signed
	Hotline      string            // for people
	Jurisdiction string            // jurisdiction_id: the district's own web address, as the specification suggests
	Batch        []string          // codes of services whose requests get their number only when they were accepted
	Window       int               // days that one answer spans
	Page         int               // requests in one answer
	Words        int               // characters that a report holds
	Photos       int               // with one report
	PhotoSize    int64             // bytes of one
}

// Door files reports: the flow of the chat, entered from here.
type Door interface {
	// File registers a report. A grid.Error that is Invalid is the sender's and is told to them.
	File(ctx context.Context, r Report) (Receipt, error)
	// ByToken finds a report that came in by this door; false when there is none.
	ByToken(ctx context.Context, token string) (Filed, bool, error)
}

// Report is what a client sends on. E-mail addresses, device and account numbers are not taken in at all: nothing here is
// done with them, so nobody shall have them.
type Report struct {
	Key      string // name of the client that sends it on
	Once     string // the same when the same thing is sent again, and known to the sender only
	Lang     texts.Lang
	Category string
	Also     []string // further categories
	Words    string
	Place    string        // in words
	Cell     grid.CellCode // chosen by its code
	Point    *geo.Point
	Photos   []Photo
	Name     string // of the reporter; sealed
	Phone    string // the same
}

// Photo is a picture that came with a report.
type Photo struct {
	Name string
	Data []byte
}

// Receipt is what a report got.
type Receipt struct {
	Number string // of the registration
	Token  string // by which ByToken finds it; nobody can guess it
}

// Filed is a report as far as its token tells.
type Filed struct {
	Number string // of the registration; empty until it was accepted or refused
	Token  string
}

// Keys admits clients.
type Keys interface {
	// Admit counts one use of a key; it returns the name under which the client is on record. Forbidden when there is no
	// such key, Conflict when its quota of the day is used up.
	Admit(ctx context.Context, secret string, now time.Time) (string, error)
}

// Handler serves everything.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.serve(r))
	}
	return mux
}
