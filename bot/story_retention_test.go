package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/media"
	"github.com/gridwarden/gridwarden/jobs"
	"github.com/gridwarden/gridwarden/seeds"
)

// retains runs the job as if days had gone by, and returns what it did.
func (w *world) retains(after int) jobs.Result {
	w.t.Helper()
	job, _ := w.app.scheduler.Named("retention")
	res, err := job.Run(context.Background(), time.Now().AddDate(0, 0, after))
	if err != nil {
		w.t.Fatal(err)
	}
	return res
}

// wouldRetain is what the job says beforehand.
func (w *world) wouldRetain(after int) string {
	w.t.Helper()
	job, ok := w.app.scheduler.Named("retention")
	if !ok {
		w.t.Fatal("there is no such job")
	}
	var out bytes.Buffer
	if err := rehearse(context.Background(), streams{out: &out}, job, time.Now().AddDate(0, 0, after)); err != nil {
		w.t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	slices.Sort(lines)
	return strings.Join(lines, "|")
}

// settles brings a report to its end: accepted, handled, answered, agreed to.
func settles(desk, li, ma *person) {
	desk.presses("✅ 受理")
	li.presses("🔧 接办").handsIn("查实一处直排口，已经封堵")
	desk.presses("🏁 通过并答复").presses("就这样发出")
	ma.sees("已办结")
	w, ctx := ma.w, context.Background()
	before := w.caseOf(ma.number())
	roster, err := w.app.store.Roster(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	after, e, err := w.app.work.Apply(before, casework.Act{Action: casework.Confirm, Person: w.reporter(ma)}, roster, time.Now())
	if err == nil {
		_, err = w.app.store.Commit(ctx, ledger.Change{At: time.Now(), Cases: []ledger.CaseWrite{
			{Before: before, After: after, Events: []casework.Event{e}},
		}})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestRetention: what is over for long enough is cut from its people, the rest is not; what would be done is told without
// doing it; files go last, and their hashes stay in a history that still verifies.
func TestRetention(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.stranger("小马")
		ma.reportsAt(3, "寿乐镇有人往引胜沟里排黑水").presses("✍️ 实名举报").says("马秀英").sharesPhone().presses("提交").sees("已登记")
		closed := ma.number()
		settles(desk, li, ma)
		yang, bai := w.citizen("杨"), w.citizen("白")
		open := yang.submits("寿乐镇土官口村有人把污水直接排到引胜沟里")
		refused := bai.submits("寿乐镇王佛寺村有人倒垃圾，臭得很")
		desk.says("/find " + refused).presses("不予受理").presses("诉讼").presses("就这样发出")
		w.citizen("路人").says("你好")
		w.sleep(49 * time.Hour) // conversations are over
		c := w.caseOf(closed)
		if c.State != casework.Closed {
			t.Fatalf("the case is %s", c.State)
		}

		if got := w.wouldRetain(60); got != "0 people, cut from 0 cases; 0 files" {
			t.Errorf("after 60 days: %s", got)
		}
		if got := w.wouldRetain(100); got != "1 people, cut from 1 cases; 0 files|identity "+refused {
			t.Errorf("after 100 days: %s", got)
		}
		if got := w.wouldRetain(181); got != "3 people, cut from 2 cases; 0 files|identity "+refused+"|identity "+c.Shown() {
			t.Errorf("after 181 days: %s", got)
		}
		if w.caseOf(closed).Reporter != w.reporter(ma) {
			t.Fatal("the rehearsal did it")
		}
		if got := w.retains(181); !maps.Equal(got, jobs.Result{"people": 3, "cases": 2}) {
			t.Errorf("did %v", got)
		}
		if got := w.retains(181); len(got) != 0 {
			t.Errorf("did again %v", got)
		}
		w.findsNowhere("7391846205", "13997412058", "马秀英")
		if keys := w.keysOf(string(w.pseudonym(ma)), string(w.reporter(ma)), string(w.reporter(bai))); len(keys) > 0 {
			t.Errorf("pseudonyms are left in %v", keys)
		}
		if w.caseOf(open).Reporter != w.reporter(yang) {
			t.Error("an open case was cut from its reporter")
		}
		day := time.Now().AddDate(0, 0, 181).In(w.district.Settings.TimeZone).Format(time.DateOnly)
		if counts, err := w.app.store.Counts(context.Background(), day); err != nil || counts["people_removed/630202"] != 3 {
			t.Errorf("on record: %v, %v", counts, err)
		}

		c = w.caseOf(closed)
		n := len(c.Evidence)
		if got := w.wouldRetain(1830); !strings.Contains(got, "files    "+c.Shown()) {
			t.Errorf("after five years: %s", got)
		}
		w.retains(1830)
		c = w.caseOf(closed)
		later := time.Now().AddDate(0, 0, 1831)
		if _, err := w.app.sweepEvidence(context.Background(), later); err != nil {
			t.Fatal(err)
		}
		for _, e := range c.Evidence {
			if e.Removed.IsZero() || e.SHA256 == "" || e.ID != "" {
				t.Errorf("kept %+v", e)
			}
			if _, err := w.app.vault.Info(context.Background(), e.SHA256); !errors.Is(err, media.ErrNotFound) {
				t.Errorf("still in the vault: %v", err)
			}
			if _, err := w.app.store.File(context.Background(), e.File); err == nil {
				t.Error("the file is still listed as fetched")
			}
		}
		if len(c.Evidence) != n || n == 0 {
			t.Errorf("%d pieces of evidence, had %d", len(c.Evidence), n)
		}
		hashes := 0
		for _, e := range w.history(c) {
			if e.Note["sha256"] != "" {
				hashes++
			}
		}
		if hashes != n {
			t.Errorf("%d hashes in the history of %d files", hashes, n)
		}
		desk.says("/find " + c.Shown()).presses("🖼 照片").sees("附件 3 个")
	})
}

// TestRetentionWaitsForPeople: nobody is forgotten in the middle of a conversation, nor while anything of theirs is open; an
// officer stays one.
func TestRetentionWaitsForPeople(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { d.Settings.RetentionIdentity, d.Settings.RetentionRefused = 2, 2 }, func(w *world) {
		desk, li, boss := w.officer("desk"), w.officer("li"), w.officer("boss")
		ma := w.citizen("马")
		number := ma.submits("寿乐镇土官口村有人把污水直接排到引胜沟里")
		settles(desk, li, ma)
		mine := boss.submits("寿乐镇王佛寺村有人倒垃圾，臭得很")
		desk.says("/find " + mine).presses("不予受理").presses("诉讼").presses("就这样发出")
		w.sleep(24 * time.Hour)
		ma.says("寿乐镇又有人在排黑水").sees("请核对") // a draft
		w.sleep(72 * time.Hour)           // four nights: the job ran by itself
		ma.says("/my").sees(number)
		if w.caseOf(number).Reporter != w.reporter(ma) || !w.caseOf(mine).Reporter.IsGone() {
			t.Errorf("reported by %s and %s; want only the officer cut from what they reported as a citizen",
				w.caseOf(number).Reporter, w.caseOf(mine).Reporter)
		}
		boss.says("/overview").sees("待受理")
		next := ma.submits("寿乐镇土官口村河边有人倒垃圾")
		w.sleep(100 * time.Hour)
		if w.caseOf(number).Reporter != w.reporter(ma) || w.caseOf(next).Reporter != w.reporter(ma) {
			t.Error("forgotten while a report of theirs is open")
		}
		ma.says("/my").presses(next).presses("撤回").presses("确定撤回")
		w.sleep(100 * time.Hour)
		if !w.caseOf(number).Reporter.IsGone() || !w.caseOf(next).Reporter.IsGone() {
			t.Error("kept though all of theirs is over")
		}
	})
}

// TestOnlyRetentionTellsBeforehand: a job that cannot says so, and does nothing.
func TestOnlyRetentionTellsBeforehand(t *testing.T) {
	job := jobs.Job{Name: "daily_digest", Run: func(context.Context, time.Time) (jobs.Result, error) {
		t.Error("it ran")
		return nil, nil
	}}
	if err := rehearse(context.Background(), streams{}, job, time.Now()); err == nil || !strings.Contains(err.Error(), "daily_digest") {
		t.Errorf("%v", err)
	}
}

// TestSweptFileIsFetchedAgain: what was removed because nobody needed it is fetched anew when somebody sends it.
func TestSweptFileIsFetchedAgain(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		ma.photographs(3, "寿乐镇有人往引胜沟里排黑水").says("/cancel")
		w.sleep(30 * time.Hour)
		if _, err := w.app.sweepEvidence(context.Background(), time.Now().AddDate(0, 0, 30)); err != nil {
			t.Fatal(err)
		}
		ma.photographs(3, "寿乐镇有人往引胜沟里排黑水").presses("提交").sees("已登记")
		w.sleep(5 * time.Minute)
		e := w.caseOf(ma.number()).Evidence[0]
		if _, err := w.app.vault.Info(context.Background(), e.SHA256); err != nil {
			t.Errorf("the photo is not there: %v", err)
		}
	})
}
