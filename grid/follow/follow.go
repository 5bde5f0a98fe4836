// Package follow is what citizens subscribe to (关注): a cell, a river, a category of pollution, what the office publishes. It says
// who is reached by what was published, without going through everybody: each follower stands on the shelves of their topics, and
// what is published names the shelves that it reaches.
package follow

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// Kind is what kind of thing a topic is.
type Kind string

// The kinds of topics. A case is followed in casework.
const (
	Cell      Kind = "cell"
	River     Kind = "river"
	Category  Kind = "cat"
	Published Kind = "pub" // every publication of the office; it has no key
)

// Topic is one thing that can be followed: the kind and which of them, "cell:630202102".
type Topic string

// NewTopic names a topic.
func NewTopic(k Kind, key string) Topic { return Topic(string(k) + ":" + key) }

// Cut is the kind and the key of a topic.
func (t Topic) Cut() (kind Kind, key string) {
	k, key, _ := strings.Cut(string(t), ":")
	return Kind(k), key
}

// Followed is a topic and since when it is followed: what was published before is not told.
type Followed struct {
	Topic Topic     `json:"t"`
	Since time.Time `json:"s"`
}

// Follows is all that one person follows, by the hour of their digest. It is personal data: it goes with the person.
type Follows struct {
	Topics []Followed `json:"t"`
	Hour   int        `json:"h"`           // of the local day
	Moved  time.Time  `json:"m,omitzero"`  // when they chose another hour
	Told   time.Time  `json:"to,omitzero"` // up to when they had been told then
	Until  time.Time  `json:"u"`           // kept until then, unless they say that they go on
}

// Terms are what the district sets about following.
type Terms struct {
	Most  int           // topics of one person
	Hours []int         // of digests, the first one unless somebody chooses
	Keep  time.Duration // without a sign of the person
	Warn  time.Duration // before it ends, a digest asks whether to go on
}

// Has tells whether the topic is followed.
func (f Follows) Has(t Topic) bool {
	return slices.ContainsFunc(f.Topics, func(x Followed) bool { return x.Topic == t })
}

// Add follows a topic from now on. Following it already only renews. Conflict "error.follow.most" beyond what one person may.
func (f Follows) Add(t Topic, terms Terms, now time.Time) (Follows, error) {
	if len(f.Topics) == 0 {
		f.Hour = terms.Hours[0]
	}
	f = f.Renew(terms, now)
	if f.Has(t) {
		return f, nil
	}
	if len(f.Topics) >= terms.Most {
		return f, grid.Fail(grid.Conflict, "error.follow.most", "n", strconv.Itoa(terms.Most))
	}
	f.Topics = append(slices.Clone(f.Topics), Followed{Topic: t, Since: now})
	return f, nil
}

// Drop follows a topic no longer.
func (f Follows) Drop(t Topic) Follows {
	f.Topics = slices.DeleteFunc(slices.Clone(f.Topics), func(x Followed) bool { return x.Topic == t })
	return f
}

// At chooses the hour of the digest. What they were told up to then is remembered, so that nothing comes twice or not at all.
func (f Follows) At(hour int, terms Terms, now time.Time, loc *time.Location) Follows {
	f = f.Renew(terms, now)
	if hour != f.Hour {
		f.Told = f.From(Last(f.Hour, now, loc))
		f.Moved, f.Hour = now, hour
	}
	return f
}

// Renew keeps what is followed for the whole time again.
func (f Follows) Renew(terms Terms, now time.Time) Follows {
	f.Until = now.Add(terms.Keep)
	return f
}

// From is what a digest begins after, when the one before of that hour ended at before.
func (f Follows) From(before time.Time) time.Time {
	if f.Moved.After(before) {
		return f.Told
	}
	return before
}

// Last is the latest time at or before now at which the local clock showed the hour.
func Last(hour int, now time.Time, loc *time.Location) time.Time {
	local := now.In(loc)
	at := time.Date(local.Year(), local.Month(), local.Day(), hour, 0, 0, 0, loc)
	if at.After(now) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

// Place is where a person stands on every shelf: one order for all of them, so that several can be gone through side by side and
// everybody is met once. It is a whole number that a float64 holds.
func Place(p grid.PersonID) float64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(p))
	return float64(h.Sum64() >> 11)
}
