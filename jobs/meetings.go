package jobs

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
)

// meetings reminds the guests of a joint meeting of it, and the owners of its decisions before and after their day; of what is late
// the supervisors hear, too. The meeting remembers what is over and is committed together with the messages.
func (d Deps) meetings(ctx context.Context, now time.Time) (Result, error) {
	return d.sweepDossiers(ctx, meeting.Kind, now, d.remindMeeting)
}

// remindMeeting says what is due of one meeting.
func (d Deps) remindMeeting(ctx context.Context, read ledger.Dossier, roster *grid.Roster, now time.Time, res Result) error {
	var m meeting.Meeting
	if err := read.Into(&m); err != nil {
		return err
	}
	m, due, events := m.Remind(d.Meeting, now)
	w, err := meeting.Write(read, m, d.Meeting, events...)
	if err != nil {
		return err
	}
	r := meetingReminders{Deps: d, m: m, roster: roster, now: now, change: ledger.Change{At: now, Dossiers: []ledger.DossierWrite{w}}}
	if due.Guests {
		err = r.guests(ctx)
	}
	for _, i := range due.Decisions {
		err = errors.Join(err, r.owner(ctx, i))
	}
	if err != nil {
		return err
	}
	return d.commitDossier(ctx, r.change, res)
}

// meetingReminders is what is said of one meeting in one run.
type meetingReminders struct {
	Deps

	m      meeting.Meeting
	roster *grid.Roster
	now    time.Time
	change ledger.Change
}

// guests reminds whoever did not ask to be excused; those who have not answered can do so at once.
func (r *meetingReminders) guests(ctx context.Context) error {
	args := map[string]any{"when": r.m.When.In(r.Location).Format("2006-01-02 15:04"), "place": r.m.Place}
	for _, g := range r.m.Guests {
		if g.Answer == meeting.Excused {
			continue
		}
		var answers []meeting.Answer
		if g.Answer == meeting.Silent {
			answers = []meeting.Answer{meeting.Comes, meeting.Sends, meeting.Excused}
		}
		err := r.tellAll(ctx, g.Officers(r.Work.Tree, r.roster, r.now), "job.meeting", args, func(lang string) [][]ledger.Button {
			var rows [][]ledger.Button
			for _, a := range answers {
				rows = append(rows, []ledger.Button{{Text: r.Words.T(lang, "button.meeting."+string(a), nil), Data: "j:" + string(a) + ":" + r.m.ID}})
			}
			return rows
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// owner reminds whoever owns a decision.
func (r *meetingReminders) owner(ctx context.Context, i int) error {
	x := r.m.Decisions[i]
	today := calendar.DateOf(r.now.In(r.Location))
	args := map[string]any{"words": x.Words, "due": x.Due.String(), "number": r.m.No}
	key := "job.decision"
	if x.Late(today) {
		key = "job.decision_late"
	}
	err := r.tellAll(ctx, x.Owner.Officers(r.Work.Tree, r.roster, r.now), key, args, func(lang string) [][]ledger.Button {
		return [][]ledger.Button{{{Text: r.Words.T(lang, "button.meeting_done", nil), Data: "j:done:" + r.m.ID + "." + strconv.Itoa(i)}}}
	})
	if err != nil || !x.Late(today) {
		return err
	}
	return r.tellAll(ctx, r.supervisors(r.roster, r.now), "job.decision_silent", args, func(lang string) [][]ledger.Button {
		return [][]ledger.Button{{{Text: r.Words.T(lang, "button.open_meeting", nil), Data: "j:open:" + r.m.ID}}}
	})
}

// tellAll words one sentence for each of the officers.
func (r *meetingReminders) tellAll(
	ctx context.Context, officers []grid.Officer, key string, args map[string]any, rows func(lang string) [][]ledger.Button,
) error {
	for _, o := range officers {
		lang, err := r.lang(ctx, o)
		if err != nil {
			return err
		}
		r.change.Outbox = append(r.change.Outbox, ledger.Message{
			To: o.Person, Kind: key, Priority: ledger.Reminder, Once: true, At: r.now, Text: r.Words.T(lang, key, args), Rows: rows(lang),
		})
	}
	return nil
}
