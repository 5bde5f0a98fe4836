package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// findings are what was counted after a kill test.
type findings struct {
	cases, failed, doubled, missing   int
	again                             int // confirmations that were repeated, with the same number
	reminders, remindedTwice, unheard int
	fetched, unfetched                int
	citizens                          map[grid.PersonID]*talk
	all                               map[casework.CaseID]casework.Case
	stages                            map[string]int // case/clock/stage → how often its reminder is on a phone
}

func (f *findings) String() string {
	return fmt.Sprintf("%d reports: %d failed, %d doubled, %d missing; %d confirmations repeated; %d reminders, %d twice, %d lost with a process; "+
		"files: %d fetched, %d still to be", f.cases, f.failed, f.doubled, f.missing, f.again, f.reminders, f.remindedTwice, f.unheard, f.fetched, f.unfetched)
}

// check holds what is stored against what people saw.
func (tr *trial) check(talks []*talk) *findings {
	tr.t.Helper()
	f := &findings{
		citizens: make(map[grid.PersonID]*talk), all: make(map[casework.CaseID]casework.Case), stages: make(map[string]int),
	}
	for c, err := range tr.store.EachCase(tr.t.Context()) {
		if err != nil {
			tr.t.Fatal(err)
		}
		f.all[c.ID] = c
	}
	f.cases = len(f.all)
	for _, c := range talks {
		f.citizens[grid.PersonID(tr.keys.Pseudonym("report", c.person.ID()))] = c
		tr.reread(c)
		f.again += repeated(c.confirmed) + repeated(c.followed)
	}
	for who, c := range f.citizens {
		tr.checkTalk(f, who, c)
	}
	tr.countReminders(f)
	for _, c := range f.all {
		tr.checkCase(f, c)
	}
	tr.checkIndexes(f)
	tr.checkNumbers(f)
	tr.checkFiles(f)
	if n, err := tr.store.AsideCount(tr.t.Context()); err != nil || n > 0 {
		tr.t.Errorf("%d updates were put aside (%v)", n, err)
	}
	if most := 32 * (tr.bot.kills + tr.bot.exits + tr.redis.kills); f.unheard > most {
		tr.t.Errorf("%d reminders were lost, more than the %d that can have been under way when a process died", f.unheard, most)
	}
	return f
}

// reread counts the confirmations that stand on the phone at the end.
func (tr *trial) reread(c *talk) {
	c.confirmed, c.followed = make(map[string]int), make(map[string]int)
	for _, m := range c.person.FromBot() {
		c.note(m)
	}
}

func repeated(numbers map[string]int) int {
	n := 0
	for _, times := range numbers {
		n += times - 1
	}
	return n
}

// checkTalk holds one citizen's view against the store.
func (tr *trial) checkTalk(f *findings, who grid.PersonID, c *talk) {
	if c.err != nil {
		f.failed++
		tr.t.Errorf("conversation failed: %v", c.err)
		return
	}
	ids, err := tr.store.ByPerson(tr.t.Context(), who)
	if err != nil {
		tr.t.Fatal(err)
	}
	told := slices.Concat(slices.Collect(maps.Keys(c.confirmed)), slices.Collect(maps.Keys(c.followed)))
	if len(ids) > 1 || len(told) > 1 {
		f.doubled++
		tr.t.Errorf("%s was told %v and has %d reports", c.person.Name(), told, len(ids))
	}
	for _, number := range told {
		id, err := tr.store.CaseByNumber(tr.t.Context(), number)
		if err != nil || !slices.Contains(ids, id) {
			f.missing++
			tr.t.Errorf("%s was told %s, which is not there: %v", c.person.Name(), number, err)
		}
	}
	for _, id := range ids {
		stored, ok := f.all[id]
		if !ok || !slices.Contains(told, stored.Number) && !slices.Contains(told, stored.CaseNo) {
			f.missing++
			tr.t.Errorf("%s has report %s and was told %v", c.person.Name(), stored.Number, told)
		}
		if stored.Reporter == who {
			tr.checkEnding(c, stored)
		}
	}
}

// checkEnding wants the case in the state in which its reporter saw it last.
func (tr *trial) checkEnding(c *talk, stored casework.Case) {
	want := map[ending][]casework.State{
		staysReported: {casework.Registered, casework.OutOfArea}, isWithdrawn: {casework.Withdrawn},
		isAccepted: {casework.Accepted}, isTaken: {casework.Handling},
	}[c.end]
	if !slices.Contains(want, stored.State) {
		tr.t.Errorf("%s is %s, its reporter saw %v", stored.Number, stored.State, want)
	}
}

// checkCase wants a whole and unaltered history in which everything happened once, and the clocks that belong to it.
func (tr *trial) checkCase(f *findings, c casework.Case) {
	history, err := tr.store.History(tr.t.Context(), c.ID)
	if err == nil {
		err = casework.Verify(c, history)
	}
	if err != nil {
		tr.t.Errorf("%s: %v", c.Number, err)
	}
	if f.citizens[c.Reporter] == nil {
		tr.t.Errorf("%s was reported by nobody", c.Number)
	}
	times := make(map[string]int)
	for _, e := range history {
		if e.Action != casework.Remind {
			what := string(e.Action) + " by " + e.By
			if e.Action == casework.SealEvidence {
				what += " of " + e.Note["files"]
			}
			if e.Action == casework.Issue { // one document for each rung that has one
				what += " for step " + e.Note["step"]
			}
			if e.Action != casework.Follow && e.Action != casework.AddWords {
				times[what]++
			}
			continue
		}
		clock, stage := e.Note["clock"], e.Note["stage"]
		times[string(c.ID)+"/"+clock+"/"+stage+e.Note["step"]+e.Note["again"]]++
		if stage == casework.UnreadStage {
			clock = "" // its words name the rung
		}
		if e.Note["stale"] == "" && f.stages[string(c.ID)+"/"+clock+"/"+stage] == 0 {
			f.unheard++
		}
	}
	for what, n := range times {
		if n > 1 {
			f.doubled++
			tr.t.Errorf("%s: %s happened %d times", c.Number, what, n)
		}
	}
	if len(c.Followers) != len(slices.Compact(slices.Sorted(slices.Values(c.Followers)))) {
		tr.t.Errorf("%s: somebody follows twice", c.Number)
	}
	tr.checkClocks(c)
}

func (tr *trial) checkClocks(c casework.Case) {
	var running []casework.ClockName
	for _, k := range c.Clocks {
		if k.Started.IsZero() || k.Due.Before(k.Started) {
			tr.t.Errorf("%s: clock %s runs from %v to %v", c.Number, k.Name, k.Started, k.Due)
		}
		if k.Running() {
			running = append(running, k.Name)
		}
	}
	undecided := []casework.ClockName{casework.DecideClock, casework.NotifyClock}
	want := map[casework.State][]casework.ClockName{
		casework.Registered: undecided, casework.OutOfArea: undecided,
		casework.Accepted: {casework.FinishClock, casework.StartClock}, casework.Handling: {casework.FinishClock},
	}[c.State]
	if !slices.Equal(running, want) {
		tr.t.Errorf("%s is %s, and of its clocks these run: %v", c.Number, c.State, running)
	}
}

// checkIndexes wants every case in the worklists, among the due and among the open places where it belongs, and nothing
// else there.
func (tr *trial) checkIndexes(f *findings) {
	const plenty = 1 << 20
	ctx := tr.t.Context()
	queues := []casework.Queue{casework.DecideQueue, casework.ReviewQueue, casework.DisputeQueue}
	for _, cell := range tr.district.Tree.Cells() {
		queues = append(queues, casework.CellQueue(cell.Code))
	}
	same := func(what string, got []casework.CaseID, err error, belongs func(casework.Case) bool) {
		tr.t.Helper()
		var want []casework.CaseID
		for id, c := range f.all {
			if belongs(c) {
				want = append(want, id)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) {
			tr.t.Errorf("%s holds %d cases, %d belong there (%v)", what, len(got), len(want), err)
		}
	}
	for _, q := range queues {
		got, err := tr.store.Queue(ctx, q, 0, plenty)
		same(string(q), got, err, func(c casework.Case) bool { return slices.Contains(c.Queues(), q) })
	}
	got, err := tr.store.Due(ctx, time.Now().AddDate(100, 0, 0), plenty)
	same("due", got, err, func(c casework.Case) bool { _, ok := tr.work.NextStage(c); return ok })
	got, err = tr.store.Near(ctx, geo.Point{Lon: 102.4, Lat: 36.5}, 1e6, plenty)
	same("open", got, err, func(c casework.Case) bool { return c.State.Underway() && c.Point != nil })
}

// checkNumbers wants the numbers of reports and of cases without gaps.
func (tr *trial) checkNumbers(f *findings) {
	reports, cases := make([]string, 0, len(f.all)), make([]string, 0, len(f.all))
	for _, c := range f.all {
		reports = append(reports, c.Number)
		if c.CaseNo != "" {
			cases = append(cases, c.CaseNo)
		}
		for _, n := range []string{c.Number, c.CaseNo} {
			if id, err := tr.store.CaseByNumber(tr.t.Context(), n); n != "" && (err != nil || id != c.ID) {
				tr.t.Errorf("number %s leads to %q (%v), not to its case", n, id, err)
			}
		}
	}
	for _, series := range [][]string{reports, cases} {
		slices.Sort(series)
		for i, n := range series {
			if want := fmt.Sprintf("%s%05d", n[:len(n)-5], i+1); n != want {
				tr.t.Errorf("numbers have a gap or a double: %s stands where %s should", n, want)
				return
			}
		}
	}
}

// countReminders wants no reminder twice on a phone.
func (tr *trial) countReminders(f *findings) {
	for _, o := range tr.exchange.officers {
		seen := make(map[string]int)
		for _, m := range o.FromBot() {
			text := m.Text + m.Caption // a document is a picture
			stage, ok := reminderStage(text)
			if !ok {
				continue
			}
			for _, data := range allButtons(m) {
				if id, isCase := strings.CutPrefix(data, "c:open:"); isCase {
					f.stages[id+"/"+clockIn(text)+"/"+stage]++
					seen[text]++
				}
			}
		}
		for text, n := range seen {
			f.reminders += n
			if n > 1 {
				f.remindedTwice++
				tr.t.Errorf("%s was reminded %d times: %s", o.Name(), n, text)
			}
		}
	}
}

// reminderStage reads the stage of a reminder from its first line; a copy is none.
func reminderStage(text string) (string, bool) {
	head, _, _ := strings.Cut(text, "：")
	for form, stage := range map[string]string{
		"⏰*将到": "before", "⏰*今天到期": "due", "🔴*已超期": "overdue", "🔴*催办通知书": "order", "🚨*督办单": "press", "🔴*未签收": casework.UnreadStage,
	} {
		sign, words, _ := strings.Cut(form, "*")
		if strings.HasPrefix(head, sign) && strings.HasSuffix(head, words) {
			return stage, true
		}
	}
	return "", false
}

// checkFiles wants every piece of evidence either kept or still to be fetched: nothing forgotten.
func (tr *trial) checkFiles(f *findings) {
	waiting := make(map[string]bool)
	fetch, err := tr.store.ReadFetch(tr.t.Context(), time.Now().AddDate(1, 0, 0), 1<<20)
	if err != nil {
		tr.t.Fatal(err)
	}
	for _, x := range fetch {
		waiting[x.Unique] = true
	}
	for _, c := range f.all {
		for _, e := range c.Evidence {
			file, err := tr.store.File(tr.t.Context(), e.File)
			switch {
			case err == nil && file.Fail != "":
				tr.t.Errorf("%s: its file was given up: %s", c.Number, file.Fail)
			case err == nil:
				f.fetched++
			case waiting[e.File]:
				f.unfetched++
			default:
				tr.t.Errorf("%s: its file is neither kept nor waited for: %v", c.Number, err)
			}
		}
	}
}

// clockIn reads the clock of a reminder from its words.
func clockIn(text string) string {
	for words, clock := range map[string]casework.ClockName{
		"受理时限": casework.DecideClock, "开始办理时限": casework.StartClock, "办结时限": casework.FinishClock, "告知时限": casework.NotifyClock,
	} {
		if strings.Contains(text, words) {
			return string(clock)
		}
	}
	return ""
}
