package casework

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
)

// The reasons for which the name of a reporter may be read. Whether the reporter is told is a setting.
const (
	ToCallBack = "call_back" // the matter cannot be settled by relay
	ToReward   = "reward"    // to pay a reward
	InDanger   = "danger"    // danger to somebody's life
	ByCourt    = "court"     // a court or prosecutor asks in writing

	// MinOccasion is how many characters of an officer's own words say at least something of the occasion.
	MinOccasion = 4
)

// UnsealReasons lists them in the order in which they are offered.
func UnsealReasons() []string { return []string{ToCallBack, ToReward, InDanger, ByCourt} }

// worksOn tells whether the person works on the matter or answers for its cell: they must not learn who reported it.
func (w *Work) worksOn(c Case, p grid.PersonID, roster *grid.Roster, now time.Time) bool {
	o, _ := roster.ByPerson(p)
	return c.Handler != "" && o.ID == c.Handler || slices.Contains(c.Investigators, o.ID) ||
		roster.Can(w.Tree, p, c.Cell, now, grid.Inspector, grid.Chief)
}

// identity writes into the case what the actions that have to do with who reported bring with them.
func identity(c *Case, act Act, now time.Time) error {
	switch act.Action {
	case AskReporter:
		return ask(c, act)
	case GiveName:
		return giveName(c)
	case TakeNameBack:
		if !c.RealName {
			return grid.Fail(grid.Conflict, "error.name.none")
		}
		c.RealName, c.Phone = false, false
		return nil
	case Unseal:
		if !slices.Contains(UnsealReasons(), act.Reason) || len([]rune(act.Words)) < MinOccasion {
			return grid.Fail(grid.Invalid, "error.unseal.reason")
		}
		if !c.RealName && !c.Phone { // what they left with another report was not left with this one
			return grid.Fail(grid.NotFound, "error.unseal.nothing", "number", c.Shown())
		}
		return nil
	case Forget:
		return forget(c, act.Person, act.As)
	case ForgetPerson:
		return forget(c, act.Whom, act.As)
	default: // RemoveFiles
		return removeFiles(c, now)
	}
}

// ask needs words: a picture alone is no question. What an officer shows with it is kept like any evidence.
func ask(c *Case, act Act) error {
	if act.Words == "" {
		return grid.Fail(grid.Invalid, "error.relay.no_words")
	}
	c.addEvidence(act.Evidence)
	return nil
}

// giveName may come again: another name or number replaces the first.
func giveName(c *Case) error {
	if c.Source == FromInspector {
		return grid.Fail(grid.Conflict, "error.relay.officer", "number", c.Shown())
	}
	c.RealName = true
	return nil
}

// forget puts a name that leads nowhere in the place of the person's. Who follows is still counted.
func forget(c *Case, who, as grid.PersonID) error {
	if who == "" || !as.IsGone() {
		return grid.Fail(grid.Invalid, "error.not_found")
	}
	found := false
	if c.Reporter == who {
		c.Reporter, c.RealName, c.Phone, found = as, false, false, true
		c.loseReward(false)
	}
	for i, f := range c.Followers {
		if f == who {
			c.Followers[i], found = as, true
		}
	}
	if !found {
		return grid.Fail(grid.Conflict, "error.not_found")
	}
	return nil
}

// People lists those who reported or follow the case and can still be found.
func (c *Case) People() []grid.PersonID {
	out := make([]grid.PersonID, 0, 1+len(c.Followers))
	for _, p := range append([]grid.PersonID{c.Reporter}, c.Followers...) {
		if p != "" && !p.IsGone() {
			out = append(out, p)
		}
	}
	return out
}

// removeFiles lets go of every file whose hash is on record. What Telegram would send again by its id goes with it.
func removeFiles(c *Case, now time.Time) error {
	n := 0
	for i := range c.Evidence {
		if e := &c.Evidence[i]; e.Removable() {
			e.ID, e.Removed = "", now
			n++
		}
	}
	if n == 0 {
		return grid.Fail(grid.Conflict, "error.not_found")
	}
	return nil
}

// Removable tells whether the file is kept still and what it was will stay on record without it.
func (e Evidence) Removable() bool {
	return e.Removed.IsZero() && e.Sealed()
}
