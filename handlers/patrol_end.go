package handlers

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/patrol"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/picture"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// finishPatrol ends a patrol, judges it and shows the officer what came of it.
func (s *scene) finishPatrol(p *patrolling, end time.Time) error {
	if last := p.Last(); end.Before(last) {
		end = last
	}
	p.End = end
	if err := s.judge(p); err != nil {
		return err
	}
	e := s.patrolEvent("end")
	e.Result = p.Result
	s.countPatrol(p)
	key := "patrol.ended"
	if p.ByItself {
		key = "patrol.ended_itself"
	}
	if err := s.patrolVisits(p); err != nil {
		return err
	}
	if err := s.sumUp(p, key); err != nil {
		return err
	}
	return s.writePatrol(p, e)
}

func (s *scene) countPatrol(p *patrolling) {
	what := "patrols_short"
	if p.Result.Valid {
		what = "patrols_valid"
	}
	s.count(what, p.Cell)
}

// judge weighs the patrol in each of the areas that the officer had when it began.
func (s *scene) judge(p *patrolling) error {
	cells := s.roster.Areas(p.Officer, p.Start, grid.Inspector, grid.Chief)
	areas := make([]patrol.Area, 0, len(cells))
	for _, cell := range cells {
		a := patrol.Area{Cell: cell, Land: s.ground(cell), Rules: s.patrolRules(cell)}
		var err error
		if a.Last, err = s.lastPatrol(p, a.Rules.MinGap); err != nil {
			return err
		}
		areas = append(areas, a)
	}
	if len(areas) == 0 { // dismissed on the way: what was gone stays on record
		areas = []patrol.Area{{Cell: s.Work.Tree.Root().Code, Land: patrol.Anywhere{}, Rules: s.patrolRules(s.Work.Tree.Root().Code)}}
	}
	p.Judge(areas)
	return nil
}

// ground is the land of a cell as patrols are judged on it.
func (s *scene) ground(cell grid.CellCode) patrol.Land {
	land, slack := s.Patrols.Land(cell)
	if o, err := geo.NewOutline(land); err == nil {
		return patrol.Ground{Outlines: []*geo.Outline{o}, Slack: slack}
	}
	return patrol.Anywhere{}
}

// lastPatrol is when the officer's last patrol before this one began that counted, as far back as it matters.
func (s *scene) lastPatrol(p *patrolling, gap time.Duration) (time.Time, error) {
	var last time.Time
	if gap <= 0 {
		return last, nil
	}
	earlier, err := s.patrolsSince(p.Start.Add(-gap), p.Start)
	for _, x := range earlier {
		if x.ID != p.ID && x.Result != nil && x.Result.Valid && x.Start.After(last) {
			last = x.Start
		}
	}
	return last, err
}

// rejudge weighs a patrol anew that is over, because something of it arrived late. Only what changes the verdict is told:
// what counts was counted at its end.
func (s *scene) rejudge(p *patrolling, events []any) error {
	was, cell := p.Result != nil && p.Result.Valid, p.Cell
	if p.ByItself {
		p.End = p.Last()
	}
	before := p.Result
	if err := s.judge(p); err != nil {
		return err
	}
	if was && !p.Result.Valid { // what counted once is not taken back by what arrives late
		p.Result, p.Cell = before, cell
	}
	if err := s.patrolVisits(p); err != nil {
		return err
	}
	late := s.patrolEvent("late")
	late.Result = p.Result
	if p.Result.Valid && !was {
		s.countPatrol(p)
		if err := s.sumUp(p, "patrol.rejudged"); err != nil {
			return err
		}
	}
	if err := s.writePatrol(p, append(events, late)...); err != nil {
		return err
	}
	if i := s.shelved(patrol.Kind, p.ID); cell != p.Cell {
		s.change.Dossiers[i].Off = append(s.change.Dossiers[i].Off, patrol.In(cell))
	}
	return nil
}

// sumUp shows the officer the way on a map, and says in a few words what it is worth.
func (s *scene) sumUp(p *patrolling, key string) error {
	if s.me == "" {
		return nil // nobody has the officer's place on Telegram any more
	}
	image, err := s.patrolMap(p)
	if err != nil {
		return err
	}
	s.say(flow.Reply{Key: key, Args: s.patrolArgs(p), Image: image, Hide: key != "patrol.rejudged"})
	return nil
}

func (s *scene) patrolArgs(p *patrolling) texts.Args {
	res := p.Result
	return texts.Args{
		"cell": s.Work.Tree.PathName(p.Cell), "from": s.moment(p.Start), "until": s.clockTime(p.End),
		"way": wayText(res.Way), "minutes": int(res.Time.Minutes()), "verdict": s.verdictOf(res), "notes": s.patrolNotes(p),
		"silence": int(s.Patrols.PatrolNumbers().Limits.Silence.Minutes()),
	}
}

// verdictOf tells whether the patrol counts, and if not, what is missing.
func (s *scene) verdictOf(res *patrol.Result) any {
	if res.Valid {
		return textOf("patrol.counts")
	}
	var why texts.Lines
	for _, r := range res.Reasons {
		way := wayText(r.Metres)
		if r.Code == patrol.ShortWay {
			way = missingText(r.Metres)
		}
		why = append(why, textOf("whynot."+string(r.Code), "way", way, "time", lastsText(r.Lasts)))
	}
	return textOf("patrol.counts_not", "why", why)
}

// patrolNotes are what else is worth knowing of a patrol, each on a line.
func (s *scene) patrolNotes(p *patrolling) texts.Parts {
	res := p.Result
	var out texts.Parts
	note := func(n int, key string, pairs ...any) {
		if n > 0 {
			out = append(out, textOf(key, append([]any{"n", n}, pairs...)...))
		}
	}
	note(int(res.Outside), "patrol.note_outside", "way", wayText(res.Outside))
	note(int(res.Fast), "patrol.note_fast", "way", wayText(res.Fast))
	note(res.Jumps, "patrol.note_jumps")
	note(res.Vague, "patrol.note_vague")
	note(p.Late(), "patrol.note_late")
	note(len(p.Sites), "patrol.note_sites", "names", s.siteNames(p.Sites))
	note(len(p.Shots), "patrol.note_photos")
	for _, m := range []patrol.Mark{patrol.Forwarded, patrol.Old, patrol.Seen} {
		n := 0
		for _, shot := range p.Shots {
			if slices.Contains(shot.Marks, m) {
				n++
			}
		}
		note(n, "patrol.note_marked", "mark", name("shot", string(m)))
	}
	return out
}

// patrolMap draws the way over the line of the cell.
func (s *scene) patrolMap(p *patrolling) ([]byte, error) {
	if p.Result.Fixes == 0 {
		return nil, nil
	}
	way := make(geo.Line, len(p.Result.Used))
	for i, f := range p.Result.Used {
		way[i] = f.Point
	}
	plain := func(key string) string { return s.Texts.Plain(s.lang, key, nil) }
	m := picture.Map{
		Title: s.Texts.Plain(s.lang, "patrol.map_title", texts.Args{"cell": s.Work.Tree.PathName(p.Cell)}),
		Note:  fmt.Sprintf("%s–%s  %s", s.moment(p.Start), s.clockTime(p.End), s.officerName(p.Officer)), Zoom: true,
	}
	if land, _ := s.Patrols.Land(p.Cell); len(land) > 0 {
		m.Areas = []picture.Area{{Land: land, Label: s.Work.Tree.Name(s.Work.Tree.Township(p.Cell))}}
	}
	m.Ways = []geo.Line{way}
	m.Spots = []picture.Spot{
		{At: way[0], Label: plain("patrol.map_start"), Shade: picture.Good},
		{At: way[len(way)-1], Label: plain("patrol.map_end"), Shade: picture.Bad},
	}
	for _, x := range p.Sites {
		if x.Point != nil {
			m.Spots = append(m.Spots, picture.Spot{At: *x.Point, Label: x.Name, Shade: picture.Mark})
		}
	}
	return picture.DrawMap(m)
}

// wayText is a way that was gone as people say it, never more than it was: metres, from a kilometre on kilometres.
func wayText(metres float64) texts.Text {
	if metres >= 1000 {
		return textOf("patrol.km", "n", strconv.FormatFloat(math.Floor(metres/10)/100, 'f', -1, 64))
	}
	return textOf("patrol.m", "n", int(metres/10)*10)
}

// missingText is a way that is still to be gone, never less than it is.
func missingText(metres float64) texts.Text {
	if metres >= 10000 {
		return wayText(metres + 9.9)
	}
	return textOf("patrol.m", "n", int(math.Ceil(metres/10))*10)
}

// lastsText is a time as people say it: minutes, from two hours on hours, from two days on days.
func lastsText(d time.Duration) texts.Text {
	const day = 24 * time.Hour
	if d >= 2*day {
		return textOf("patrol.days", "n", int((d+day-1)/day))
	}
	if d >= 2*time.Hour {
		return textOf("patrol.hours", "n", int((d+time.Hour-1)/time.Hour))
	}
	return textOf("patrol.minutes", "n", minutesOf(d))
}

func textOf(key string, pairs ...any) texts.Text {
	args := make(texts.Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return texts.Text{Key: key, Args: args}
}
