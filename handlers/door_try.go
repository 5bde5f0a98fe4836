package handlers

import (
	"context"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/doorway"
)

// tries counts a try of a code before it is looked up, for many tries at once would else all be let through; what it returns settles
// it with what the look-up found: only NotFound is a wrong one. Conflict when the visitor was wrong too often today (error.status.wait), or so many others were for this number
// (error.status.guarded).
func (x *doors) tries(day, visitor, number string, rules Rules) (settle func(error), err error) {
	nets := rules.Door.Wide.Nets(visitor)
	back, ok := x.take(day, wrongQuota, nets, 1, rules.WrongCodes)
	if !ok {
		return nil, grid.Fail(grid.Conflict, "error.status.wait")
	}
	settleNumber, err := x.triesNumber(day, number, nets, rules.Door.WrongCodes)
	if err != nil {
		back()
		return nil, err
	}
	return func(found error) {
		if grid.CodeOf(found) != grid.NotFound {
			back()
		}
		settleNumber(found)
	}, nil
}

// triesNumber counts a try of a number's code, whoever makes it: many addresses do not guess what one may not. When the number had
// too many wrong codes today, each network has one more try, and a network from which it was opened today has as many as ever. So
// nobody can keep out whoever has the code: they come in with the first try, which then does not count. Whether there is such a number
// makes no difference.
func (x *doors) triesNumber(day, number string, nets []doorway.Net, most int) (settle func(error), err error) {
	here := with(number, nets)
	back, ok := x.take(day, numberQuota, []doorway.Net{{Name: number, Times: 1}}, 1, most)
	if !ok && !x.opened(day, here) {
		if back, ok = x.take(day, singleQuota, here, 1, 1); !ok {
			return nil, grid.Fail(grid.Conflict, "error.status.guarded")
		}
	}
	return func(found error) {
		if back != nil && grid.CodeOf(found) != grid.NotFound {
			back()
		}
		if found == nil {
			x.open(day, here)
		}
	}, nil
}

// byNumber is the case of a number, empty when there is none, and under what the tries of its codes are counted: a report has two
// numbers, and is one thing to guess.
func (d *Desk) byNumber(ctx context.Context, number string) (id casework.CaseID, counted string, err error) {
	id, err = d.Store.CaseByNumber(ctx, number)
	if grid.CodeOf(err) == grid.NotFound {
		return "", number, nil
	}
	return id, string(id), err
}

// with names a number and each network together.
func with(number string, nets []doorway.Net) []doorway.Net {
	out := make([]doorway.Net, len(nets))
	for i, n := range nets {
		out[i] = doorway.Net{Name: number + " " + n.Name, Times: n.Times}
	}
	return out
}

// opened tells whether the number was opened today from the smallest of the networks.
func (x *doors) opened(day string, here []doorway.Net) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(here) > 0 && x.counts[counted{openedQuota, x.name(day, here[0].Name)}] > 0
}

func (x *doors) open(day string, here []doorway.Net) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(here) > 0 {
		x.counts[counted{openedQuota, x.name(day, here[0].Name)}] = 1
	}
}
