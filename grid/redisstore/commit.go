package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// onceFor is how long a repetition is known of a commit that leaves no other trace: far longer than the client repeats.
const onceFor = 10 * time.Minute

// Commit makes the change: all of it or nothing, and once only.
//
// The receipt says Done, and nothing was changed, when the inbox entry, the fetched file's entry or a mark of the change
// was dealt with before. ledger.ErrConflict: a case that is written or relied on, a conversation or the roster has moved on since it was read. Conflict
// "error.invite.gone": the invitation was taken or revoked. Conflict "error.roster.history": the roster edit would rewrite
// who was responsible in the past. Any other error leaves it open whether the change was made;
// committing the same Change again is then right: if it has Done, or marks, or writes cases, conversations or the
// roster, it cannot happen twice.
//
// The client repeats a commit by itself when the reply is lost; what was written carries the token of the commit, so the
// repetition is answered like the first time. Should somebody else have moved everything on in between, the repetition
// reports a conflict or Done: as if this commit had come first and its caller looked away, which is what happened.
func (s *Store) Commit(ctx context.Context, c ledger.Change) (ledger.Receipt, error) {
	if err := s.keepsHistory(ctx, c); err != nil {
		return ledger.Receipt{}, fmt.Errorf("commit: %w", err)
	}
	p, err := s.compile(c)
	if err != nil {
		return ledger.Receipt{}, fmt.Errorf("commit: %w", err)
	}
	if p.nwrites == 0 && len(p.checks) == 0 && len(p.numbers) == 0 && p.done == "" {
		return ledger.Receipt{}, nil
	}
	reply, err := s.run(ctx, p)
	if err != nil {
		return ledger.Receipt{}, fmt.Errorf("commit: %w", err)
	}
	return receipt(c, reply)
}

// run sends the script, alone or with others'.
func (s *Store) run(ctx context.Context, p *program) ([]string, error) {
	if s.coalesce != nil {
		return s.coalesce.run(ctx, s.client, p.keys, p.args())
	}
	return ledgerCommit.Run(ctx, s.client, p.keys, p.args()...).StringSlice()
}

// receipt reads the script's answer.
func receipt(c ledger.Change, reply []string) (ledger.Receipt, error) {
	if len(reply) == 0 {
		return ledger.Receipt{}, errors.New("commit: empty reply")
	}
	switch reply[0] {
	case "ok", "again":
		var r ledger.Receipt
		for i, n := range c.Numbers {
			if r.Numbers == nil {
				r.Numbers = make(map[string]string, len(c.Numbers))
			}
			if i+1 < len(reply) {
				r.Numbers[n.Marker] = reply[i+1]
			}
		}
		return r, nil
	case "done":
		return ledger.Receipt{Done: true}, nil
	case "gone":
		return ledger.Receipt{}, grid.Fail(grid.Conflict, "error.invite.gone")
	case "conflict":
		return ledger.Receipt{}, fmt.Errorf("commit: %s: %w", reply[1], ledger.ErrConflict)
	default:
		return ledger.Receipt{}, fmt.Errorf("commit: unknown reply %q", reply[0])
	}
}

// compile turns the change into checks and writes.
func (s *Store) compile(c ledger.Change) (*program, error) {
	p, err := newProgram(s.keys, s.token(), c)
	if err != nil {
		return nil, err
	}
	for _, w := range c.Cases {
		if err := s.writeCase(p, w); err != nil {
			return nil, fmt.Errorf("case %s: %w", w.After.ID, err)
		}
	}
	for _, x := range c.Relies {
		p.check("case", s.keys.caseDoc(x.ID), strconv.FormatInt(x.Version, 10))
	}
	for _, w := range c.Talks {
		s.writeTalk(p, w, c.At)
	}
	if c.Roster != nil {
		if err := s.writeRoster(p, *c.Roster); err != nil {
			return nil, err
		}
	}
	writers := []func(*program, ledger.Change) error{
		s.writePeople, s.writeGone, s.writeInvites, s.writeBooks, s.writeFiles, s.writeFetch, s.writeCheckIns, s.writeDossiers, s.writeFollows, s.writeOutbox, s.writeAnchor,
	}
	for _, write := range writers {
		if err := write(p, c); err != nil {
			return nil, err
		}
	}
	for _, n := range c.Counts {
		p.write("HINCRBY", s.keys.counts(n.Day), n.Field, strconv.FormatInt(n.N, 10))
	}
	s.writeMarks(p, c.Marks)
	return p, nil
}

// writeMarks sets the marks of the change, and one of our own when nothing else would show a repetition.
func (s *Store) writeMarks(p *program, marks []ledger.Mark) {
	for _, m := range marks {
		p.witness = true
		s.writeMark(p, s.keys.mark(m.Name), m.Keep)
	}
	empty := p.nwrites == 0 && len(p.numbers) == 0
	if !p.witness && !empty && (p.done == "" || len(p.numbers) > 0) {
		s.writeMark(p, s.keys.once(p.token), onceFor)
	}
}

func (s *Store) writeMark(p *program, key string, keep time.Duration) {
	p.check("mark", key, "")
	if keep <= 0 {
		p.write("SET", key, p.header(1))
		return
	}
	p.write("SET", key, p.header(1), "PX", strconv.FormatInt(max(keep.Milliseconds(), 1), 10))
}
