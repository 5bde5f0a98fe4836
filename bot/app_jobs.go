package main

import (
	"context"
	"crypto/rand"
	"math"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/handlers/picture"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/jobs"
	"github.com/gridwarden/gridwarden/seeds"
)

// newScheduler makes the timetable of this district.
func (a *app) newScheduler(words *texts.Catalogue) *jobs.Scheduler {
	s := a.district().Settings
	retention, callbacks, outreach := a.retention(), a.callbacks(), a.outreach(words)
	deps := jobs.Deps{
		Store: &jobStore{a.store, a.committed}, Work: a.work, Plan: planWork(a.district()), Words: jobWords{words}, Charts: charts{}, Papers: a.head(words), Location: s.TimeZone,
		Lane:  func(user int64) grid.PersonID { return grid.PersonID(a.Keys.Pseudonym("tg", user)) },
		Specs: jobs.Specs{Daily: string(s.DailyDigest), Weekly: string(s.WeeklyDigest), Bulletin: string(s.Bulletin), Plan: string(s.PlanChase), Quarter: string(s.PlanBulletin), Boards: string(s.BoardCheck)},
		Small: s.SmallNumber, Press: jobs.PressAfter{Silence: days(s.PressSilence), Bounces: s.PressBounces, Reopened: s.PressReopened, Returned: s.PressReturned},
		Muster: s.Mustering(), Meeting: s.Meetings(), Border: s.Border(), Consult: a.district().Consultation(), Hearing: a.district().Hearing(), Referral: a.district().Referral(),
		House: []jobs.Job{
			{Name: "retention", Spec: "10 3 * * *", Timeout: time.Hour, Stale: 48 * time.Hour, Every: true, Run: retention.Run, Plan: retention.Plan},
			{Name: "draw_callbacks", Spec: string(s.CallbackDraw), Timeout: time.Hour, Stale: 48 * time.Hour, Run: callbacks.Run},
			{Name: "sweep_evidence", Spec: "30 3 * * *", Timeout: time.Hour, Stale: 48 * time.Hour, Every: true, Run: a.sweepEvidence},
			{Name: "settle_sites", Spec: "40 3 * * *", Timeout: time.Hour, Stale: 48 * time.Hour, Every: true, Run: jobs.Sites{
				Store: &jobStore{a.store, a.committed}, Work: a.sites(),
			}.Run},
			{Name: "follow_tables", Spec: "* * * * *", Timeout: time.Minute, Stale: 48 * time.Hour, Every: true, Run: a.followBooks},
			{Name: "end_patrols", Spec: "* * * * *", Timeout: 50 * time.Second, Stale: 48 * time.Hour, Every: true, Run: a.endPatrols},
			{Name: "digests", Spec: "0 * * * *", Timeout: 30 * time.Minute, Stale: 48 * time.Hour, Every: true, Run: outreach.Digests},
			{Name: "posts", Spec: "* * * * *", Timeout: 30 * time.Minute, Stale: 48 * time.Hour, Every: true, Run: outreach.Posts},
			{Name: "end_follows", Spec: "0 4 * * *", Timeout: 10 * time.Minute, Stale: 48 * time.Hour, Every: true, Run: outreach.EndFollows},
			{Name: "tidy_invites", Spec: "50 3 * * *", Timeout: time.Minute, Stale: 48 * time.Hour, Every: true, Run: a.tidyInvites},
		},
	}
	deps.Boards = jobs.Boards{List: a.district().Boards, Limits: boardLimits(a.district()), Water: a.boardWater}
	deps.Publications = a.district().Publishing()
	deps.Water = waterWork(a.district())
	deps.Rounds = jobs.Rounds{Book: a.district().Coverage(), Ahead: s.PatrolRemind}
	deps.Enterprises = a.district().Enterprises()
	scheduler := &jobs.Scheduler{Jobs: jobs.Timetable(deps), Location: s.TimeZone, Runs: a.store, Clock: a.Clock, Log: a.Log}
	if a.Metrics != nil {
		scheduler.Observe = a.Metrics.job
	}
	return scheduler
}

// retention removes who reported, and files, when they were kept long enough.
func (a *app) retention() jobs.Retention {
	s := a.district().Settings
	r := jobs.Retention{
		Store: &jobStore{a.store, a.committed}, Work: a.work, Location: s.TimeZone,
		Identity: days(s.RetentionIdentity), Refused: days(s.RetentionRefused), Media: days(s.RetentionMedia), Random: rand.Text,
	}
	if a.desk != nil {
		r.Account, r.Reporter = a.desk.Pseudonym, a.desk.Reporter
	}
	return r
}

// callbacks draws answered cases to be looked at again.
func (a *app) callbacks() jobs.Callbacks {
	s := a.district().Settings
	return jobs.Callbacks{
		Store: &jobStore{a.store, a.committed}, Work: a.work, Location: s.TimeZone, Share: s.CallbackShare, Seed: s.CallbackSeed,
	}
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

// district is what is in force.
func (a *app) district() *seeds.District {
	if d := a.current.Load(); d != nil {
		return d
	}
	return a.District
}

// expiredKept is how long an expired invitation is kept, so that whoever opens its link is told that it has expired.
const expiredKept = 14 * 24 * time.Hour

// tidyInvites removes invitations that expired long ago.
func (a *app) tidyInvites(ctx context.Context, now time.Time) (jobs.Result, error) {
	n, err := a.store.TidyInvites(ctx, now.Add(-expiredKept))
	return jobs.Result{"removed": n}, err
}

// endPatrols ends the patrols that nobody ended.
func (a *app) endPatrols(ctx context.Context, now time.Time) (jobs.Result, error) {
	n, err := a.desk.EndPatrols(ctx, now)
	return jobs.Result{"ended": n}, err
}

// jobStore is the store as the jobs want it; a commit wakes the sender.
type jobStore struct {
	*redisstore.Store
	committed func(ledger.Change)
}

// Commit does all of the change or none, and tells whether it was done before.
func (s *jobStore) Commit(ctx context.Context, c ledger.Change) (bool, error) {
	receipt, err := s.Store.Commit(ctx, c)
	if err == nil && !receipt.Done {
		s.committed(c)
	}
	return receipt.Done, err
}

// jobWords is the catalogue as the jobs want it.
type jobWords struct{ catalogue *texts.Catalogue }

// T renders a key; what the jobs made themselves is not escaped again.
func (w jobWords) T(lang, key string, args map[string]any) string {
	out := make(texts.Args, len(args))
	for k, v := range args {
		if raw, ok := v.(jobs.Raw); ok {
			v = texts.Raw(raw)
		}
		out[k] = v
	}
	if lang == "" {
		lang = string(texts.Reference)
	}
	return w.catalogue.T(texts.Lang(lang), key, out)
}

// charts draws pictures for the digests.
type charts struct{}

// Bars draws one bar a label and series.
func (charts) Bars(title, unit string, labels, series []string, values [][]float64) ([]byte, error) {
	all := make([]picture.Series, len(series))
	for i := range series {
		all[i] = picture.Series{Name: series[i], Values: values[i]}
	}
	return picture.Bars(title, unit, labels, all)
}

// nextDue is when the next thing falls due after now, at most target: whoever moves the clock by hand stops there.
func (a *app) nextDue(ctx context.Context, target time.Time) (time.Time, error) {
	now := a.Clock()
	next := target
	due, ok, err := a.store.NextDue(ctx)
	if err != nil {
		return next, err
	}
	// Sweeps run on the minute, so a stage is met on the first full minute after it.
	if ok && due.After(now) {
		next = earlier(next, due.Truncate(time.Minute).Add(time.Minute))
	}
	if due, err = a.nextMuster(ctx); err != nil {
		return next, err
	}
	if due.After(now) {
		next = earlier(next, due.Truncate(time.Minute).Add(time.Minute))
	}
	if due, err = a.nextMeeting(ctx); err != nil {
		return next, err
	}
	if due.After(now) {
		next = earlier(next, due.Truncate(time.Minute).Add(time.Minute))
	}
	waits, err := a.postWaits(ctx)
	if err != nil {
		return next, err
	}
	if waits != nil { // one whose time has come already goes out with the next minute
		next = earlier(next, latest(*waits, now).Truncate(time.Minute).Add(time.Minute))
	}
	return earlier(next, a.scheduler.NextFixed(now)), nil
}

// nextMuster is when the next reminder of a muster is due; zero when none is.
func (a *app) nextMuster(ctx context.Context) (time.Time, error) {
	var m muster.Muster
	if err := a.first(ctx, muster.Kind, muster.Due, &m); err != nil {
		return time.Time{}, err
	}
	due, _ := m.Next(a.district().Settings.Mustering())
	return due, nil
}

// nextMeeting is when the next reminder of a meeting, or of what it decided, is due; zero when none is.
func (a *app) nextMeeting(ctx context.Context) (time.Time, error) {
	var m meeting.Meeting
	if err := a.first(ctx, meeting.Kind, meeting.Due, &m); err != nil {
		return time.Time{}, err
	}
	due, _ := m.Next(a.district().Settings.Meetings())
	return due, nil
}

// first reads the dossier that stands first on a shelf; v stays as it is when there is none.
func (a *app) first(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, v any) error {
	ids, err := a.store.Shelf(ctx, kind, shelf, 0, math.MaxInt64, 1)
	if err != nil {
		return err
	}
	found, err := a.store.Dossiers(ctx, kind, ids)
	if err != nil || len(found) == 0 {
		return err
	}
	return found[0].Into(v)
}

func earlier(a, b time.Time) time.Time {
	if b.IsZero() || a.Before(b) {
		return a
	}
	return b
}
