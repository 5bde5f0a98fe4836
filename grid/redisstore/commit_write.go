package redisstore

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

const (
	talkGrace    = 24 * time.Hour // how long an expired conversation is kept: a late answer can still be understood
	officersEach = 500            // per command: Lua hands a limited number of arguments on
)

// writeTalk replaces the state of a conversation. A new one starts at a version that no earlier one of that key had, so
// that a writer who slept through its end and a new beginning still meets a conflict.
func (s *Store) writeTalk(p *program, w ledger.TalkWrite, now time.Time) {
	key := s.keys.talk(w.Key)
	p.check("talk", key, strconv.FormatInt(w.Version, 10))
	if w.Data == nil {
		p.write("DEL", key)
		return
	}
	p.witness = true
	version := w.Version + 1
	if w.Version == 0 {
		version = max(now.UnixMilli(), 1)
	}
	doc := p.header(version) + string(s.sealer.Seal(w.Data, aad(key)))
	keep := talkGrace
	if w.Expires.After(now) {
		keep += w.Expires.Sub(now)
	}
	p.write("SET", key, doc, "PX", strconv.FormatInt(keep.Milliseconds(), 10))
}

// writeRoster replaces the changed officers and moves the version on.
func (s *Store) writeRoster(p *program, w ledger.RosterWrite) error {
	p.check("roster", s.keys.rosterVersion(), strconv.FormatInt(w.Version, 10))
	p.witness = true
	p.write("SET", s.keys.rosterVersion(), p.header(w.Version+1))
	for officers := range slices.Chunk(w.Officers, officersEach) {
		args := make([]string, 0, 2*len(officers))
		for _, o := range officers {
			b, err := json.Marshal(o)
			if err != nil {
				return fmt.Errorf("officer %s: %w", o.ID, err)
			}
			args = append(args, string(o.ID), string(b))
		}
		p.write("HSET", s.keys.roster(), args...)
	}
	return nil
}

// writePeople seals people. Whether they blocked the bot is kept beside, because the sender learns it without opening
// who they are.
func (s *Store) writePeople(p *program, c ledger.Change) error {
	for _, x := range c.People {
		b, err := json.Marshal(x)
		if err != nil {
			return fmt.Errorf("person %s: %w", x.ID, err)
		}
		key := s.keys.person(x.ID)
		p.write("SET", key, string(s.sealer.Seal(b, aad(key))))
		if x.Blocked {
			p.write("ZADD", s.keys.blocked(), strconv.FormatInt(c.At.UnixMilli(), 10), string(x.ID))
		} else {
			p.write("ZREM", s.keys.blocked(), string(x.ID))
		}
	}
	return nil
}

// writeGone removes what is known of people. That they reported anything is gone with the cases' own writes.
func (s *Store) writeGone(p *program, c ledger.Change) error {
	for _, id := range c.Gone {
		p.write("DEL", s.keys.person(id))
		p.write("DEL", s.keys.mailbox(id))
		p.write("ZREM", s.keys.blocked(), string(id))
	}
	for _, e := range c.Drop {
		p.write("XDEL", s.keys.aside(), string(e))
	}
	return nil
}

func (s *Store) writeInvites(p *program, c ledger.Change) error {
	for _, w := range c.Invites {
		if w.Take {
			p.check("invite", s.keys.invites(), w.Invite.Hash)
			p.write("HDEL", s.keys.invites(), w.Invite.Hash)
			continue
		}
		b, err := json.Marshal(w.Invite)
		if err != nil {
			return fmt.Errorf("invitation: %w", err)
		}
		p.write("HSET", s.keys.invites(), w.Invite.Hash, string(b))
	}
	return nil
}

func (s *Store) writeFiles(p *program, c ledger.Change) error {
	for _, w := range c.Files {
		b, err := json.Marshal(w.File)
		if err != nil {
			return fmt.Errorf("file %s: %w", w.File.Unique, err)
		}
		if w.Fetched != "" {
			p.check("fetch", s.keys.fetch(), string(w.Fetched))
			p.write("ZREM", s.keys.fetch(), string(w.Fetched))
		}
		p.write("HSET", s.keys.files(), w.File.Unique, string(b))
	}
	return nil
}

func (s *Store) writeFetch(p *program, c ledger.Change) error {
	for _, f := range c.Fetch {
		b, err := json.Marshal(f)
		if err != nil {
			return fmt.Errorf("fetch %s: %w", f.Unique, err)
		}
		p.write("ZADD", s.keys.fetch(), strconv.FormatInt(c.At.UnixMilli(), 10), string(b))
	}
	return nil
}

// markerField begins the name of an outbox field that holds the number for a marker. The script cannot replace markers
// in what is sealed, so it replaces them here, and the reader in the opened message.
const markerField = "#"

// writeOutbox seals what is to be said: words, numbers with their query codes, the links of invitations.
func (s *Store) writeOutbox(p *program, c ledger.Change) error {
	queued := make(map[string]int64)
	for _, m := range c.Outbox {
		if m.Priority < ledger.Emergency || m.Priority > ledger.Digest {
			return fmt.Errorf("message %s: no such priority: %d", m.Kind, m.Priority)
		}
		b, err := json.Marshal(m)
		if err != nil {
			return fmt.Errorf("message %s: %w", m.Kind, err)
		}
		key := s.keys.outbox(m.Priority)
		fields := []string{"*", "m", string(s.sealer.Seal(b, aad(key)))}
		for _, marker := range p.markers {
			if bytes.Contains(b, []byte(marker)) {
				fields = append(fields, markerField+hex.EncodeToString([]byte(marker)), marker)
			}
		}
		p.write("XADD", key, fields...)
		for _, name := range m.Tallies {
			queued[name]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(queued)) {
		p.write("HINCRBY", s.keys.tally(name), string(ledger.Queued), strconv.FormatInt(queued[name], 10))
	}
	return nil
}
