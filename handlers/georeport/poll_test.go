package georeport_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/public"
)

// poller asks again and again for what came since it last asked.
type poller struct {
	w     *world
	last  time.Time
	owed  map[string]bool // reports that changed since
	fresh map[string]bool // reports that came since
	steps map[string][]public.Step
}

func day(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone) }

// changes lets something happen to a case now; it can be seen a few seconds later.
func (p *poller) changes(c public.Case, step public.Step) {
	c.Told = day(p.w.now)
	p.steps[c.Report] = append(p.steps[c.Report], step)
	p.owed[c.Report] = true
	p.w.index.Put(c)
}

// polls asks, as clients do: by what was updated, by what was requested, and by the updates of a window.
func (p *poller) polls(rt *rapid.T) {
	since, now := url.QueryEscape(p.last.Format(time.RFC3339)), url.QueryEscape(p.w.now.Format(time.RFC3339))
	updated := p.w.gets(v2+"/requests.json?updated_after="+since, 200).Body.String()
	requested := p.w.gets(v2+"/requests.json?start_date="+since+"&end_date="+now, 200).Body.String()
	window := p.w.gets(v2+"/servicerequestupdates.json?start_date="+since+"&end_date="+now, 200).Body.String()
	for report := range p.owed {
		if !strings.Contains(updated, report) {
			rt.Fatalf("at %s a poll since %s does not tell of %s", p.w.now, p.last, report)
		}
		if last := fmt.Sprintf(`"update_id":"%s.%d"`, report, len(p.steps[report])); !strings.Contains(window, last) {
			rt.Fatalf("at %s the updates since %s do not tell %s", p.w.now, p.last, last)
		}
	}
	for report := range p.fresh {
		if !strings.Contains(requested, report) {
			rt.Fatalf("at %s the requests since %s do not tell of %s", p.w.now, p.last, report)
		}
	}
	p.last = p.w.now
	clear(p.owed)
	clear(p.fresh)
}

// TestWhoPollsMissesNothing: however often somebody asks for what came since they last asked, they hear of every change, though what
// reporters did is told by its day.
func TestWhoPollsMissesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := &poller{w: newWorld(t), owed: map[string]bool{}, fresh: map[string]bool{}, steps: map[string][]public.Step{}}
		p.w.index = public.NewIndex()
		p.w.server.Timelines = func(_ context.Context, reports []string) ([][]public.Step, error) {
			out := make([][]public.Step, len(reports))
			for i, r := range reports {
				out[i] = p.steps[r]
			}
			return out, nil
		}
		p.last, p.w.now = monday, monday
		var reports []string
		one := func(rt *rapid.T) public.Case {
			if len(reports) == 0 {
				rt.Skip("no case yet")
			}
			c, _ := p.w.index.Find(rapid.SampledFrom(reports).Draw(rt, "case"))
			return c
		}
		goes := func(rt *rapid.T, most int) {
			p.w.now = p.w.now.Add(time.Duration(rapid.IntRange(1, most).Draw(rt, "seconds")) * time.Second)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"somebody reports": func(rt *rapid.T) {
				goes(rt, 7200)
				report := fmt.Sprintf("2026-%05d", 100+len(reports))
				reports, p.fresh[report] = append(reports, report), true
				p.changes(public.Case{Number: report, Report: report, Township: town, Stage: public.Received, Opened: p.w.now, Updated: p.w.now},
					public.Step{At: p.w.now, What: public.WasReceived})
			},
			"the office accepts": func(rt *rapid.T) {
				c := one(rt)
				goes(rt, 7200)
				c.Stage, c.Updated, c.Closed = public.Accepted, p.w.now, time.Time{}
				p.changes(c, public.Step{At: p.w.now, What: public.WasAccepted})
				goes(rt, 5) // until another process shows it
			},
			"officers visit": func(rt *rapid.T) {
				c := one(rt)
				goes(rt, 7200)
				p.changes(c, public.Step{At: p.w.now, What: public.WasVisited}) // it stops no clock
			},
			"the reporter withdraws": func(rt *rapid.T) {
				c := one(rt)
				goes(rt, 7200)
				c.Stage, c.Closed = public.Withdrawn, day(p.w.now)
				p.changes(c, public.Step{At: p.w.now, What: public.WasWithdrawn})
			},
			"a poll": func(rt *rapid.T) {
				goes(rt, 1200)
				p.polls(rt)
			},
			"a day goes by": func(*rapid.T) { p.w.now = p.w.now.Add(20 * time.Hour) },
		})
		goes(rt, 60)
		p.polls(rt)
	})
}
