package redisstore

import (
	"fmt"
	"regexp"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
)

// keys makes every key of one district. All of them begin with gw:{district}: — the braces are Redis Cluster's hash tag,
// so that one script may touch any of them, and districts spread over the nodes. Scripts are given keys and never build
// one. "For ever" means: nothing here removes it; retention is a job's business.
type keys struct{ prefix string }

// districts are written as statistics offices write them; braces would break the hash tag.
var validDistrict = regexp.MustCompile(`^[0-9A-Za-z_-]{1,32}$`)

func newKeys(district string) (keys, error) {
	if !validDistrict.MatchString(district) {
		return keys{}, fmt.Errorf("district %q: expected 1 to 32 letters, digits, - or _", district)
	}
	return keys{prefix: "gw:{" + district + "}:"}, nil
}

// The inbox: what was received and not dealt with yet.

// inbox is a STREAM of u (update id), a (arrival, ms) and d (sealed data); an entry lives until it is dealt with.
func (k keys) inbox() string { return k.prefix + "inbox" }

// seen is a ZSET of update ids and deduplication keys by arrival (ms); 48 hours.
func (k keys) seen() string { return k.prefix + "inbox:seen" }

// tries is a HASH of inbox entry → how often it failed; as long as the entry.
func (k keys) tries() string { return k.prefix + "inbox:tries" }

// aside is a STREAM of what failed too often: u, a, d as above, n (tries), e (error), t (when, ms); until retried or dropped.
func (k keys) aside() string { return k.prefix + "inbox:aside" }

// Cases and their indexes.

// caseDoc is a LIST: the document (header line, then JSON), then every event of the history as JSON; for ever.
func (k keys) caseDoc(id casework.CaseID) string { return k.prefix + "case:" + string(id) }

// queue is a ZSET of case ids by their earliest running limit (Unix seconds, +inf without one); while they stand in it.
func (k keys) queue(q casework.Queue) string { return k.prefix + "queue:" + string(q) }

// due is a ZSET of case ids by the moment of their next stage (Unix ms); while a stage is to come.
func (k keys) due() string { return k.prefix + "due" }

// open is a GEO set of open cases that have a point; while they are open.
func (k keys) open() string { return k.prefix + "open" }

// by is a ZSET of the cases that a person reported or follows, by their making (Unix seconds); for ever.
func (k keys) by(p grid.PersonID) string { return k.prefix + "by:" + string(p) }

// numbers is a HASH of report number or case number → case id; for ever.
func (k keys) numbers() string { return k.prefix + "numbers" }

// rewards is a HASH of a reward's hashed code → case id; for ever, unless the code is replaced.
func (k keys) rewards() string { return k.prefix + "rewards" }

// unsealed is a ZSET of "case file": evidence whose content the case's history does not know yet, by its arrival (ms); until
// the history does.
func (k keys) unsealed() string { return k.prefix + "unsealed" }

// changed is a ZSET of case ids by the last event of their history (ms); until the next anchor holds them.
func (k keys) changed() string { return k.prefix + "changed" }

// anchors is a LIST of the daily anchors as JSON lines, the first day's first; for ever.
func (k keys) anchors() string { return k.prefix + "anchors" }

// seq is a STRING, the last number of a yearly series; for ever.
func (k keys) seq(series string, year int) string {
	return fmt.Sprintf("%sseq:%s:%d", k.prefix, series, year)
}

// counts is a HASH of figure → count for one local day, or for one year; for ever.
func (k keys) counts(day string) string { return k.prefix + "counts:" + day }

// People.

// talk is a STRING, the sealed state of a conversation below a header line; until some time after its own expiry.
func (k keys) talk(t ledger.TalkKey) string { return k.prefix + "talk:" + string(t) }

// person is a STRING, sealed; for ever.
func (k keys) person(p grid.PersonID) string { return k.prefix + "person:" + string(p) }

// blocked is a ZSET of people who blocked the bot, by when it was noticed (ms); until they write again.
func (k keys) blocked() string { return k.prefix + "blocked" }

// roster is a HASH of officer id → JSON; for ever.
func (k keys) roster() string { return k.prefix + "roster" }

// rosterVersion is a STRING, the header line of the roster; for ever.
func (k keys) rosterVersion() string { return k.prefix + "roster:version" }

// invites is a HASH of hashed code → JSON; until taken or revoked, or tidied after it expired.
func (k keys) invites() string { return k.prefix + "invites" }

// Followers.

// follows is a STRING, sealed below a header line: what a person follows; as long as they follow anything.
func (k keys) follows(p grid.PersonID) string { return k.prefix + "follows:" + string(p) }

// followers is a ZSET of people by their place (follow.Place), those of one topic and hour; while they follow it.
func (k keys) followers(shelf string) string { return k.prefix + "followers:" + shelf }

// followed is a ZSET of people who follow anything, by when that ends by itself (Unix seconds); while they do.
func (k keys) followed() string { return k.prefix + "followed" }

// tally is a HASH of outcome → count, of the messages that name it; for ever.
func (k keys) tally(name string) string { return k.prefix + "tally:" + name }

// What administrators made of the district's tables.

// book is a STRING, the edits of a kind's table as JSON below a header line; for ever.
func (k keys) book(kind sheet.Kind) string { return k.prefix + "book:" + string(kind) }

// imported is a STRING, an import as JSON below a header line; for ever once it was made, a day while it is only proposed.
func (k keys) imported(id string) string { return k.prefix + "import:" + id }

// imports is a ZSET of imports that were made, by when (ms); for ever.
func (k keys) imports() string { return k.prefix + "imports" }

// Dossiers: what is not a case.

// dossier is a STRING, a dossier's JSON below a header line; for ever.
func (k keys) dossier(kind ledger.DossierKind, id string) string {
	return k.prefix + "dossier:" + string(kind) + ":" + id
}

// dossierHistory is a LIST of a dossier's events as JSON, the first first; for ever.
func (k keys) dossierHistory(kind ledger.DossierKind, id string) string {
	return k.prefix + "dossier:history:" + string(kind) + ":" + id
}

// shelf is a ZSET of dossiers by their place; while they stand on it.
func (k keys) shelf(kind ledger.DossierKind, shelf ledger.Shelf) string {
	return k.prefix + "shelf:" + string(kind) + ":" + string(shelf)
}

// dossierFiles is a SET of the unique ids of files that dossiers name; for ever.
func (k keys) dossierFiles() string { return k.prefix + "dossier:files" }

// What is to be said and fetched.

// outbox is a STREAM of m (message, sealed) and # fields (numbers for its markers), one per priority; an entry lives until it is sent or given up.
func (k keys) outbox(p ledger.Priority) string { return fmt.Sprintf("%soutbox:%d", k.prefix, p) }

// mailbox is a STREAM of m (message, sealed): what was said to somebody without an account, the newest 200; until the person is forgotten.
func (k keys) mailbox(p grid.PersonID) string { return k.prefix + "mailbox:" + string(p) }

// begun is a HASH of outbox entry → token of the attempt, for messages that must not be sent twice; as long as the entry.
func (k keys) begun() string { return k.prefix + "outbox:begun" }

// fetch is a ZSET of files to be fetched, as JSON, by when (ms); until fetched.
func (k keys) fetch() string { return k.prefix + "fetch" }

// files is a HASH of Telegram's unique file id → JSON; for ever.
func (k keys) files() string { return k.prefix + "files" }

// What keeps things from happening twice.

// mark is a STRING, the header line of the change that set it; as long as the mark says.
func (k keys) mark(name string) string { return k.prefix + "mark:" + name }

// once is a STRING like mark, for a change that leaves no other trace by which a repetition is known; ten minutes.
func (k keys) once(token string) string { return k.prefix + "once:" + token }

// lease is a STRING, holder and end (ms) of a lease; until it ends.
func (k keys) lease(name string) string { return k.prefix + "lease:" + name }

// checkins is a LIST of check-ins as JSON, the oldest first, one per officer; for ever.
func (k keys) checkins(o grid.OfficerID) string { return k.prefix + "checkins:" + string(o) }

// runs is a HASH of job → the time (ms) that it was last done for; for ever.
func (k keys) runs() string { return k.prefix + "runs" }

// root is a STRING, sealed: the secret from which pseudonyms come; for ever.
func (k keys) root() string { return k.prefix + "root" }

// canary is a STRING, a known text, sealed; for ever.
func (k keys) canary() string { return k.prefix + "canary" }
