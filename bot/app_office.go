package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/doorway"
	"github.com/gridwarden/gridwarden/handlers/media"
	"github.com/gridwarden/gridwarden/handlers/office"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/handlers/workbook"
	"github.com/gridwarden/gridwarden/jobs"
	"github.com/gridwarden/gridwarden/seeds"
)

// inForce is the district with what the office has made of its tables, and whether anybody changed that since the last
// time. The office's wordings are put into force on the way.
func (a *app) inForce(ctx context.Context) (d *seeds.District, changed bool, err error) {
	b, p, err := a.readOffice(ctx)
	if err != nil || a.loaded.same(versionsOf(b, p)) {
		return a.District, false, err
	}
	if faults := a.room.Texts.Override(office.Overrides(b[sheet.Templates].Edits)); faults != nil {
		a.Log.ErrorContext(ctx, "wordings left out, the originals are said", slog.Any("error", faults))
	}
	d, left := a.folder.district(b)
	for _, x := range left {
		a.Log.ErrorContext(ctx, "a changed table left out, the folder's counts; see: gridwarden doctor",
			slog.String("table", string(x.kind)), slog.String("why", x.detail))
	}
	if d == nil {
		d = a.unchanged
	}
	a.loaded.set(versionsOf(b, p))
	return p.over(d), true, nil
}

// readOffice reads what the office has made of the tables, and the plan that it imported.
func (a *app) readOffice(ctx context.Context) (books, storedPlan, error) {
	b, err := readBooks(ctx, a.store)
	if err != nil {
		return nil, storedPlan{}, err
	}
	p, err := readPlan(ctx, a.store)
	return b, p, err
}

// versionsOf are what tells whether anybody changed a table or the plan.
func versionsOf(b books, p storedPlan) map[sheet.Kind]int64 {
	out := b.versions()
	out[planBook] = p.Version
	return out
}

// openRoom opens the administrators' room and takes over what was changed in it, before anything is wired.
func (a *app) openRoom(ctx context.Context, words *texts.Catalogue) error {
	a.unchanged = a.District
	a.current.Store(a.District)
	a.folder = newFolder(a.Seeds, a.District, a.store, a.current.Load)
	a.room = &office.Office{Store: a.store, District: a.folder, Texts: words, Location: a.District.Settings.TimeZone}
	d, changed, err := a.inForce(ctx)
	if err != nil || !changed {
		return err
	}
	a.Pace = paceOf(a.Pace, a.unchanged.Settings, d.Settings)
	a.take(d)
	return nil
}

// take makes a district the one in force.
func (a *app) take(d *seeds.District) {
	a.current.Store(d)
	a.District, a.work = d, casework.New(d.Tree, d.Calendar, d.Casework())
	a.room.Location = d.Settings.TimeZone
}

// paceOf is the pace with what the office changed of it.
func paceOf(p handlers.Pace, was, is seeds.Settings) handlers.Pace {
	for _, x := range []struct {
		was, is int
		into    *int
	}{
		{was.SendPerSecond, is.SendPerSecond, &p.PerSecond},
		{was.SendPerChat, is.SendPerChat, &p.PerChat},
		{was.SendPerGroup, is.SendPerGroup, &p.GroupPerMinute},
	} {
		if x.was != x.is {
			*x.into = x.is
		}
	}
	return p
}

// refresh puts into force what the office has made of the tables, if anybody changed it since the last time. Nothing may
// be under way: Run calls it before it starts the stages.
func (a *app) refresh(ctx context.Context) error {
	d, changed, err := a.inForce(ctx)
	if err != nil || !changed {
		return err
	}
	return a.rewire(d)
}

// rewire puts a district into force: whatever wire takes from the district's settings is to be taken again here, or is
// one of fixedAtStart.
func (a *app) rewire(d *seeds.District) error {
	b, err := newBook(d)
	if err != nil {
		return err
	}
	a.desk.Gate.Lock()
	defer a.desk.Gate.Unlock()
	a.take(d)
	b.roster.Store(a.book.roster.Load())
	a.book = b
	a.desk.Sites, a.desk.Boards, a.desk.Water = a.sites(), a.boards(), waterWork(d)
	a.desk.Store, a.desk.Work, a.desk.Book, a.desk.Rules = &deskStore{Store: a.store, book: b}, a.work, b, deskRules(d)
	a.desk.Plan, a.desk.Publications = planWork(d), d.Publishing()
	a.desk.Head, a.desk.Enterprises = a.head(a.desk.Texts), d.Enterprises()
	a.desk.Officer, a.desk.Patrols, a.desk.Borders = b.officer, b, b
	a.showcase.use(d)
	if err := a.openSite(a.desk.Texts); err != nil {
		return err
	}
	a.scheduler = a.newScheduler(a.desk.Texts)
	return a.scheduler.Check()
}

// sites is what it takes to keep the register of sites of the district in force.
func (a *app) sites() *site.Work {
	d := a.district()
	return &site.Work{Tree: d.Tree, Rules: d.Sites()}
}

// deskRules are the numbers of the verbs.
func deskRules(d *seeds.District) handlers.Rules {
	s := d.Settings
	return handlers.Rules{
		AlarmRadius: s.AlarmJoinRadius, AlarmJoin: s.AlarmJoinTime,
		ClusterRadius: s.ClusterRadius, ClusterWindow: s.ClusterWindow, ClusterReports: s.ClusterReports,
		DuplicateRadius: s.DuplicateRadius, PublicSquare: s.PublicSquare, DuplicateWindow: s.DuplicateWindow, PerDay: s.ReportsPerDay, WrongCodes: s.WrongCodes,
		Door: handlers.DoorRules{
			PerVisitor: s.DoorPerVisitor, PerDoor: s.DoorPerDoor, InAll: s.DoorInAll, Alarms: s.DoorAlarms, WrongCodes: s.DoorWrongCodes,
			Wide: doorway.Wide{Net56: s.DoorNet56, Net48: s.DoorNet48},
		},
		MessageWindow: s.MessageWindow, MessagesPerPerson: s.MessagesPerPerson, MessagesPerChat: s.MessagesPerChat,
		MaxFile: int64(s.MediaMaxSize) << 20, AbuseFlags: s.AbuseFlags, PerDayFlagged: s.ReportsFlagged,
		AbuseKept:    time.Duration(s.AbuseKept) * 24 * time.Hour,
		FilesPerDay:  s.FilesPerDay,
		UnsealSilent: s.UnsealSilent, IdentityDays: s.RetentionIdentity, InviteValid: s.InvitationValid, AbsenceLongest: s.AbsenceLongest, PageSize: 8, Location: s.TimeZone,
		DrawSeed: s.DrawSeed, DrawTogether: s.DrawTogether,
		SmallNumber: s.SmallNumber, RewardSmall: s.RewardSmall, ProgressEvery: 2000,
		Reminding: s.Mustering(), MusterRadius: s.MusterRadius,
		Meeting: s.Meetings(), MeetingPoints: s.MeetingPoints, MeetingOverdue: s.MeetingOverdue,
		Border: s.Border(), Referral: d.Referral(), ReferralBasis: s.ReferralBasis(), Consult: d.Consultation(), Votes: s.ConsultPerAddress, Hearing: d.Hearing(),
		OfficeName: s.OfficeName, MoveLetter: s.MoveLetter,
		Assess: handlers.AssessRules{Scheme: d.Assessment, Comment: s.AssessComment},
	}
}

// reworded puts a change of the wording into force at once, and asks for everything else to be put into force when what
// is under way is over.
func (a *app) reworded(writes []ledger.BookWrite) {
	for _, w := range writes {
		if w.Book.Kind == sheet.Templates {
			_ = a.desk.Texts.Override(office.Overrides(w.Book.Edits)) // it was checked when it was proposed
			a.loaded.move(w.Book.Kind, w.Version+1)
			continue
		}
		a.reload()
	}
}

// reload asks Run to put the books into force.
func (a *app) reload() {
	select {
	case a.reloads <- struct{}{}:
	default: // it was asked already
	}
}

// followBooks notices what somebody changed beside this process: at the command line, or a twin.
func (a *app) followBooks(ctx context.Context, _ time.Time) (jobs.Result, error) {
	b, p, err := a.readOffice(ctx)
	if err != nil || a.loaded.same(versionsOf(b, p)) {
		return nil, err
	}
	a.reload()
	return jobs.Result{"reload": 1}, nil
}

// bring fetches a small file from Telegram.
func (a *app) bring(ctx context.Context, fileID string) ([]byte, error) {
	source, err := media.NewTelegram(media.TelegramOptions{
		HTTP: a.HTTP, Token: a.Token, URL: a.API, LocalDir: a.APIFiles, MaxBytes: workbook.MaxBytes,
	})
	if err != nil {
		return nil, err
	}
	body, _, err := source.Open(ctx, fileID)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(body, workbook.MaxBytes+1))
	return data, errors.Join(err, body.Close())
}
