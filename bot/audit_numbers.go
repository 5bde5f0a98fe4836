package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
)

// numbers are the numbers that are in the index: those of reports and of cases, by year. Each series is without gaps,
// because a number is claimed in the same script that stores what it stands for.
type numbers struct {
	all    []string
	series map[yearly][]int
}

// yearly is a series of one year.
type yearly struct {
	name   string
	prefix string
	year   int
}

func (n *numbers) add(number string) {
	n.all = append(n.all, number)
	y := yearly{name: "report"}
	rest, isCase := strings.CutPrefix(number, "A")
	if isCase {
		y.name, y.prefix = "case", "A"
	}
	year, seq, _ := strings.Cut(rest, "-")
	var err1, err2 error
	var i int
	y.year, err1 = strconv.Atoi(year)
	i, err2 = strconv.Atoi(seq)
	if err1 != nil || err2 != nil {
		return // not of a series that we count
	}
	if n.series == nil {
		n.series = make(map[yearly][]int)
	}
	n.series[y] = append(n.series[y], i)
}

// gaps looks for numbers that were given and lead nowhere. What is given while it looks is not taken for one: each is
// asked for again.
func (a *audit) gaps(ctx context.Context, seen numbers) error {
	for y, list := range seen.series {
		claimed, err := a.store.LastNumber(ctx, y.name, y.year)
		if err != nil {
			return err
		}
		have := make(map[int]bool, len(list))
		for _, i := range list {
			have[i] = true
		}
		for i := 1; i <= max(claimed, slices.Max(list)); i++ {
			if have[i] {
				continue
			}
			number := fmt.Sprintf("%s%d-%05d", y.prefix, y.year, i)
			if _, err := a.store.CaseByNumber(ctx, number); grid.CodeOf(err) == grid.NotFound {
				a.found(number, 0, "gone", "")
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}
