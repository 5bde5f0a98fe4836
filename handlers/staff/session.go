package staff

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"sync"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/saying"
)

// session is one officer at one browser.
type session struct {
	who  grid.PersonID
	csrf string
	made time.Time
	seen time.Time

	pictures map[string]bool // that were shown here: others are not to be had
	files    map[string]bool
}

// maxShown bounds what a session remembers of what it showed; what is older is opened again by opening its case.
const maxShown = 2000

// sessions holds them by the hash of their cookie: what is in memory opens nothing.
type sessions struct {
	mu    sync.Mutex
	byKey map[[sha256.Size]byte]*session
	byWho map[grid.PersonID][sha256.Size]byte
}

func newSessions() *sessions {
	return &sessions{byKey: make(map[[sha256.Size]byte]*session), byWho: make(map[grid.PersonID][sha256.Size]byte)}
}

// open begins a session and gives its cookie. What the officer had before is over.
func (x *sessions) open(who grid.PersonID, now time.Time) string {
	cookie := secret()
	key := sha256.Sum256([]byte(cookie))
	x.mu.Lock()
	defer x.mu.Unlock()
	x.end(who)
	x.byKey[key] = &session{
		who: who, csrf: secret(), made: now, seen: now, pictures: make(map[string]bool), files: make(map[string]bool),
	}
	x.byWho[who] = key
	return cookie
}

// find is the session of a cookie, unless it was idle, or went on, for too long.
func (x *sessions) find(cookie string, now time.Time, idle, longest time.Duration) (*session, bool) {
	key := sha256.Sum256([]byte(cookie))
	x.mu.Lock()
	defer x.mu.Unlock()
	s, ok := x.byKey[key]
	if !ok {
		return nil, false
	}
	if now.Sub(s.seen) > idle || now.Sub(s.made) > longest {
		x.end(s.who)
		return nil, false
	}
	s.seen = now
	return s, true
}

// End closes what the officer has open.
func (x *sessions) End(who grid.PersonID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.end(who)
}

func (x *sessions) end(who grid.PersonID) {
	if key, ok := x.byWho[who]; ok {
		delete(x.byKey, key)
		delete(x.byWho, who)
	}
}

// show remembers what a session is shown.
func (x *sessions) show(s *session, said []saying.Saying) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(s.pictures) > maxShown {
		clear(s.pictures)
	}
	if len(s.files) > maxShown {
		clear(s.files)
	}
	for _, one := range said {
		for _, p := range one.Pictures {
			s.pictures[p] = true
		}
		if one.Document != nil {
			s.files[one.Document.SHA256] = true
		}
	}
}

// may tells whether the session was shown a picture or a file.
func (x *sessions) may(s *session, sha string) (picture, file bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return s.pictures[sha], s.files[sha]
}

// owns tells whether a form carries the session's token.
func (s *session) owns(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.csrf)) == 1
}

// secret is 256 bits that nobody guesses.
func secret() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}
