package casework

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/incident"
)

// incidentRows are what may be done about an alarm and the incident that it turns out to be. An alarm is a report from the
// first moment, with its number and its clocks, whether or not anything is submitted later: whoever brought it finds it
// again when they submit. The officers on duty answer it and grade it; whoever may decide may do so.
func incidentRows() []Rule {
	open := []State{Alarm, Registered, OutOfArea, Asked, Accepted, Handling, HandedIn}
	duty := []grid.Role{grid.Desk, grid.Supervisor, grid.Chief, grid.Inspector}
	return []Rule{
		{Action: Raise, From: []State{None}, To: Alarm, Who: Anybody, Starts: []ClockName{DecideClock, NotifyClock, AlarmClock}},
		{Action: Raise, From: open[1:], Who: TheReporter, Starts: []ClockName{AlarmClock}},
		{Action: Submit, From: []State{Alarm}, To: Registered, Who: TheReporter},
		{Action: SubmitAway, From: []State{Alarm}, To: OutOfArea, Who: TheReporter},
		{
			Action: File, From: []State{Alarm}, To: Accepted, Roles: field, Who: AnOfficer,
			Starts: []ClockName{TransferClock, FinishClock}, Stops: []ClockName{DecideClock, NotifyClock},
		},
		{
			Action: Accept, From: []State{Alarm}, To: Accepted, Roles: desk,
			Starts: []ClockName{TransferClock, FinishClock}, Stops: []ClockName{DecideClock, NotifyClock},
		},
		{Action: Reassign, From: []State{Alarm}, Roles: desk},
		{Action: Hear, From: open, Roles: duty, Stops: []ClockName{AlarmClock}},
		{Action: StandDown, From: []State{Alarm}, To: FalseAlarm, Roles: desk, Stops: ClockNames()},
		{Action: StandDown, From: open[1:], Roles: desk, Stops: []ClockName{AlarmClock}},
		{Action: Grade, From: open, Roles: desk, Stops: []ClockName{AlarmClock}},
		{Action: ReportUp, From: open, Roles: desk, Stops: []ClockName{AlarmClock}},
		{Action: WriteLetter, From: open, Roles: desk, Starts: []ClockName{NeighbourClock}},
		{Action: TellNeighbour, From: open, Roles: desk},
	}
}

// standing refuses to end a case whose alarm nobody decided on, or whose incident goes on: it would end the calls and the
// limit of reporting with it.
func standing(c *Case, a Action) error {
	switch {
	case !c.Incident.Stands():
		return rewardStanding(c, a)
	case a == Withdraw:
		return grid.Fail(grid.Conflict, "error.incident.withdraw")
	case slices.Contains([]Action{Refuse, Close, Merge}, a):
		return grid.Fail(grid.Conflict, "error.incident.stands")
	}
	return rewardStanding(c, a)
}

// incident is the effect of what is done about an alarm or incident.
func (w *Work) incident(c *Case, act Act, now time.Time) error {
	i := c.Incident
	switch {
	case act.Action == Raise:
		return raise(c, act.Alarm, now)
	case i == nil && act.Action == Grade: // an officer finds that a case is an incident: then it is known
		i = &incident.Incident{Known: now}
		c.Incident = i
	case i == nil:
		return grid.Fail(grid.Conflict, "error.incident.none")
	}
	told := &incident.Told{By: act.Officer, How: act.Words, At: now}
	switch act.Action {
	case Hear:
		return hear(i, told)
	case StandDown:
		return standDown(c, told)
	case Grade:
		return grade(c, act.Grading, told)
	case ReportUp:
		return report(c, act, now)
	case WriteLetter:
		return writeLetter(c, act, now)
	case TellNeighbour:
		return tellNeighbour(i, told)
	default: // nothing else is an incident's
	}
	return nil
}

// hear records who has the alarm: one is enough.
func hear(i *incident.Incident, by *incident.Told) error {
	if i.Heard != nil || !i.Stands() {
		return grid.Fail(grid.Conflict, "error.alarm.heard")
	}
	i.Heard = by
	return nil
}

// standDown decides that it is no incident. One that was reported upwards ends with its final report instead.
func standDown(c *Case, by *incident.Told) error {
	switch i := c.Incident; {
	case !i.Stands():
		return grid.Fail(grid.Conflict, "error.incident.over")
	case len(i.Reports) > 0:
		return grid.Fail(grid.Conflict, "error.incident.reported")
	}
	c.Incident.Off, c.Urgent = by, false
	return nil
}

// writeLetter keeps the letter to a neighbour, of which somebody has to say that it was given.
func writeLetter(c *Case, act Act, now time.Time) error {
	if !c.Incident.Stands() {
		return grid.Fail(grid.Conflict, "error.incident.over")
	}
	doc, err := c.issue(act, NeighbourSeries, now)
	if err != nil {
		return err
	}
	c.Incident.Notices = append(c.Incident.Notices, incident.Notice{Doc: doc, To: act.Told, At: now})
	return nil
}

// tellNeighbour records who told the neighbour, and how.
func tellNeighbour(i *incident.Incident, by *incident.Told) error {
	n := i.Untold()
	switch {
	case n < 0:
		return grid.Fail(grid.Conflict, "error.incident.told")
	case strings.TrimSpace(by.How) == "":
		return grid.Fail(grid.Invalid, "error.incident.how")
	}
	i.Notices[n].Told = by
	return nil
}

// raise begins an alarm: knowing begins now (得知). One that stands is not raised again, but may turn out to touch more.
func raise(c *Case, a incident.Alarm, now time.Time) error {
	if !a.Hit() {
		return grid.Fail(grid.Invalid, "error.alarm.nothing")
	}
	if c.Incident.Stands() {
		return grid.Fail(grid.Conflict, "error.alarm.stands")
	}
	c.Incident = &incident.Incident{Known: now, Triggers: a.Triggers, Cases: a.Cases}
	c.Urgent = true
	return nil
}

// grade decides on the level. Whoever grades has the alarm, and what was stood down stands again.
func grade(c *Case, g incident.Grading, by *incident.Told) error {
	i := c.Incident
	known := g.Level == incident.NoLevel || slices.Contains(incident.Levels(), g.Level)
	switch {
	case i.Ended():
		return grid.Fail(grid.Conflict, "error.incident.over")
	case !known || g.Level == incident.NoLevel && len(g.Cases) == 0: // unclear alone says nothing: which case of Art 4 is it?
		return grid.Fail(grid.Invalid, "error.incident.level")
	}
	i.Graded = append(i.Graded, incident.Graded{Grading: g, By: by.By, At: by.At})
	i.Off, c.Urgent = nil, true
	if i.Heard == nil {
		i.Heard = by
	}
	return nil
}

// report adds to the chain: in its order, complete (Art 13) and signed (Art 14).
func report(c *Case, act Act, now time.Time) error {
	i, r := c.Incident, act.Report
	switch {
	case len(i.Graded) == 0: // Art 3: what it is comes first
		return grid.Fail(grid.Conflict, "error.incident.ungraded")
	case !slices.Contains(i.Kinds(), r.Kind):
		return grid.Fail(grid.Conflict, "error.incident.order")
	case len(r.Missing()) > 0:
		return grid.Fail(grid.Invalid, "error.incident.missing", "n", strconv.Itoa(len(r.Missing())))
	case r.Unsigned():
		return grid.Fail(grid.Invalid, "error.incident.unsigned")
	}
	doc, err := c.issue(act, IncidentSeries, now)
	if err != nil {
		return err
	}
	r.Level, r.At, r.Doc = i.Level(), now, doc
	i.Reports = append(i.Reports, r)
	return nil
}

// issue keeps a document as it is given out, and tells its place among the case's letters.
func (c *Case) issue(act Act, series Series, now time.Time) (int, error) {
	if act.Letter == nil || act.Letter.To == "" || act.Letter.Text == "" {
		return 0, grid.Fail(grid.Invalid, "error.case.no_letter")
	}
	l := *act.Letter
	l.Series, l.At, l.By = series, now, act.Officer
	c.Letters = append(c.Letters, l)
	return len(c.Letters) - 1, nil
}

// owe keeps the clocks of an incident in step with what is owed. The limit of a report runs from knowing, or from the
// change of level after a report; when the level changes so does the limit, and its stages come anew.
func (w *Work) owe(c *Case, now time.Time) {
	if c.Incident == nil {
		return
	}
	if c.Incident.Untold() < 0 {
		w.stop(c, NeighbourClock, now)
	}
	owed, owes := c.Incident.Owes()
	if !owes || !c.State.Underway() {
		w.stop(c, ReportClock, now)
		return
	}
	limit := incident.Limits{Plain: w.Rules.Limits[ReportClock], Grave: w.Rules.ReportGrave}.For(c.Incident.Level())
	if k, ok := c.Clock(ReportClock); ok && k.Running() && k.Started.Equal(owed.From) && k.Limit == limit {
		return
	}
	w.stop(c, ReportClock, now)
	due := w.Calendar.Deadline(owed.From, limit)
	c.Clocks = append(c.Clocks, Clock{Name: ReportClock, Limit: limit, Started: owed.From, Due: due.At})
}

// everybody is whoever answers for the case's place, and for all of the district, each once.
func (w *Work) everybody(c Case, roster *grid.Roster, now time.Time) []grid.Officer {
	found := make(map[grid.OfficerID]grid.Officer)
	for _, cell := range w.Tree.Path(c.Cell) {
		roles := []grid.Role{grid.Chief, grid.Inspector}
		if cell.Parent == "" {
			roles = []grid.Role{grid.Desk, grid.Supervisor, grid.Chief, grid.Admin}
		}
		for _, role := range roles {
			officers, where := roster.Responsible(w.Tree, cell.Code, now, role)
			for _, o := range officers {
				if where == cell.Code {
					found[o.ID] = o
				}
			}
		}
	}
	out := make([]grid.Officer, 0, len(found))
	for _, id := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[id])
	}
	return out
}

// ids joins the IDs of officers for the history.
func ids(officers []grid.Officer) string {
	out := make([]string, len(officers))
	for i, o := range officers {
		out[i] = string(o.ID)
	}
	return strings.Join(out, " ")
}

// noteIncident puts what was decided about an incident into the history.
func (a Act) noteIncident(put func(k, v string)) {
	switch a.Action {
	case Raise:
		put("triggers", strings.Join(a.Alarm.Triggers, " "))
		put("cases", joined(a.Alarm.Cases))
	case Grade:
		put("level", a.Grading.Level.String())
		put("reasons", strings.Join(a.Grading.Reasons, " "))
		put("cases", joined(a.Grading.Cases))
	case ReportUp:
		put("kind", string(a.Report.Kind))
		put("told", strings.Join(a.Report.To, " "))
		put("signer", a.Report.Signer)
	case WriteLetter, HandAcross:
		put("told", a.Told)
	default: // nothing to add
	}
}

func joined(cases []incident.Sensitive) string {
	out := make([]string, len(cases))
	for i, c := range cases {
		out[i] = string(c)
	}
	return strings.Join(out, " ")
}
