package jobs

import (
	"context"
	"iter"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/muster"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/referral"
	"github.com/gridwarden/gridwarden/grid/water"
)

// Result is what a run did, in figures, for the log and the metrics.
type Result map[string]int

// Job is something to be done at set times. Run gets the time that it is done for, which after a pause lies in the
// past, and must do nothing when it did that time's work already.
type Job struct {
	Name    string
	Spec    string // five cron fields, in the district's time zone
	Timeout time.Duration
	Stale   time.Duration // a run missed by more than this is not made up for
	Every   bool          // a sweep: it does whatever is due, so that one run makes up for all missed ones
	Run     func(ctx context.Context, now time.Time) (Result, error)
	Plan    func(ctx context.Context, now time.Time) ([]string, error) // what Run would do, in lines; nil: it cannot be rehearsed
}

// Store is what the jobs need of the store.
type Store interface {
	Due(ctx context.Context, now time.Time, n int) ([]casework.CaseID, error)
	Case(ctx context.Context, id casework.CaseID) (casework.Case, error)
	History(ctx context.Context, id casework.CaseID) ([]casework.Event, error)
	Cases(ctx context.Context, ids []casework.CaseID) ([]casework.Case, error)
	Queue(ctx context.Context, q casework.Queue, offset, n int) ([]casework.CaseID, error)
	Counts(ctx context.Context, day string) (map[string]int64, error)
	// EachCase goes through all cases, in no order; one that changes meanwhile may come twice.
	EachCase(ctx context.Context) iter.Seq2[casework.Case, error]
	Roster(ctx context.Context) (*grid.Roster, error)
	Person(ctx context.Context, id grid.PersonID) (ledger.Person, error)
	Dossiers(ctx context.Context, kind ledger.DossierKind, ids []string) ([]ledger.Dossier, error)
	Shelf(ctx context.Context, kind ledger.DossierKind, shelf ledger.Shelf, from, to float64, n int) ([]string, error)
	EvidenceStore
	AnchorStore
	// Commit does all of the change or none; ledger.ErrConflict when something it read has changed since.
	Commit(ctx context.Context, c ledger.Change) (done bool, err error)
}

// Words renders a key of the catalogue in a language. texts.Catalogue does.
type Words interface {
	T(lang, key string, args map[string]any) string
}

// Charts draws pictures with labels in any language of the catalogue.
type Charts interface {
	// Bars draws one horizontal bar a label and series; values are counts.
	Bars(title, unit string, labels, series []string, values [][]float64) ([]byte, error)
}

// Deps is what the jobs are made of.
type Deps struct {
	Store  Store
	Work   *casework.Work
	Plan   plan.Work
	Words  Words
	Charts Charts
	Papers Papers
	Press  PressAfter
	Small  int // rates of fewer cases say little and are marked
	Muster muster.Reminding

	Enterprises enterprise.Work

	Meeting  meeting.Rules
	Boards   Boards
	Consult  consultation.Rules
	Hearing  hearing.Rules
	Border   border.Rules
	Referral referral.Rules
	Water    water.Work
	Location *time.Location
	Rounds   Rounds                         // what has to be visited
	Lane     func(user int64) grid.PersonID // in whose lane the messages of somebody stand, whatever name they go to
	Specs    Specs
	House    []Job // housekeeping of other folders, wired in bot/

	Publications publication.Work // what is owed to the public
}

// Specs says when the jobs run; they are settings of the district.
type Specs struct {
	Daily  string
	Weekly string

	Bulletin string
	Plan     string
	Boards   string
	Quarter  string // when the bulletin on the plan is due, on the first of its days that is a working day
}

// Timetable is every job, on one screen.
func Timetable(d Deps) []Job {
	day := 24 * time.Hour
	own := []Job{
		{Name: "deadlines", Spec: "* * * * *", Timeout: 50 * time.Second, Stale: 366 * day, Every: true, Run: d.remindDeadlines},
		{Name: "musters", Spec: "* * * * *", Timeout: 50 * time.Second, Stale: 366 * day, Every: true, Run: d.musters},
		{Name: "meetings", Spec: "* * * * *", Timeout: 50 * time.Second, Stale: 366 * day, Every: true, Run: d.meetings},
		{Name: "consultations", Spec: "* * * * *", Timeout: 50 * time.Second, Stale: 366 * day, Every: true, Run: d.consultations},
		{Name: "hearings", Spec: "* * * * *", Timeout: 50 * time.Second, Stale: 366 * day, Every: true, Run: d.hearings},
		{Name: "seal_evidence", Spec: "* * * * *", Timeout: 50 * time.Second, Stale: 366 * day, Every: true, Run: d.sealEvidence},
		{Name: "anchor", Spec: "10 0 * * *", Timeout: 10 * time.Minute, Stale: 366 * day, Every: true, Run: d.anchor},
		{Name: "rewards", Spec: "20 0 * * *", Timeout: 10 * time.Minute, Stale: 366 * day, Every: true, Run: d.rewards},
		{Name: "recompute", Spec: "40 0 * * *", Timeout: 10 * time.Minute, Stale: 366 * day, Every: true, Run: d.recomputeDeadlines},
		{Name: "rounds", Spec: "30 0 * * *", Timeout: 10 * time.Minute, Stale: 366 * day, Every: true, Run: d.closeRounds},
		{Name: "remind_rounds", Spec: d.Specs.Daily, Timeout: 5 * time.Minute, Stale: 12 * time.Hour, Run: d.remindRounds},
		{Name: "referrals", Spec: d.Specs.Daily, Timeout: 5 * time.Minute, Stale: 10 * day, Every: true, Run: d.referrals},
		{Name: "borders", Spec: d.Specs.Daily, Timeout: 5 * time.Minute, Stale: 10 * day, Every: true, Run: d.borders},
		{Name: "absences", Spec: d.Specs.Daily, Timeout: 5 * time.Minute, Stale: 12 * time.Hour, Run: d.absences},
		{Name: "enterprises", Spec: d.Specs.Daily, Timeout: 10 * time.Minute, Stale: 366 * day, Every: true, Run: d.enterprises},
		{Name: "daily_digest", Spec: d.Specs.Daily, Timeout: 5 * time.Minute, Stale: 12 * time.Hour, Run: d.dailyDigest},
		{Name: "press", Spec: "50 7 * * *", Timeout: 10 * time.Minute, Stale: 12 * time.Hour, Run: d.proposePressing},
		{Name: "bulletin", Spec: d.Specs.Bulletin, Timeout: 5 * time.Minute, Stale: 10 * day, Run: d.bulletin},
		{Name: "plan_bulletin", Spec: d.Specs.Quarter, Timeout: 10 * time.Minute, Stale: 12 * time.Hour, Run: d.planBulletin},
		{Name: "assessments", Spec: d.Specs.Daily, Timeout: 5 * time.Minute, Stale: 10 * day, Every: true, Run: d.assessments},
		{Name: "milestones", Spec: d.Specs.Plan, Timeout: 10 * time.Minute, Stale: 12 * time.Hour, Run: d.remindMilestones},
		{Name: "boards", Spec: d.Specs.Boards, Timeout: 5 * time.Minute, Stale: 3 * day, Run: d.boards},
		{Name: "publications", Spec: d.Specs.Plan, Timeout: 10 * time.Minute, Stale: 10 * day, Every: true, Run: d.publications},
		{Name: "supervisions", Spec: d.Specs.Daily, Timeout: 10 * time.Minute, Stale: 10 * day, Every: true, Run: d.supervisions},
		{Name: "black_water", Spec: d.Specs.Daily, Timeout: 5 * time.Minute, Stale: 10 * day, Every: true, Run: d.blackWater},
		{Name: "weekly_digest", Spec: d.Specs.Weekly, Timeout: 5 * time.Minute, Stale: 2 * day, Run: d.weeklyDigest},
	}
	return append(own, d.House...)
}
