package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/flow"
)

// files lets somebody without an account file a report.
func (w *world) files(r handlers.DoorReport) handlers.DoorReceipt {
	w.t.Helper()
	receipt, err := w.filesOrNot(r)
	if err != nil {
		w.t.Fatalf("the report was not taken: %v", err)
	}
	return receipt
}

func (w *world) filesOrNot(r handlers.DoorReport) (handlers.DoorReceipt, error) {
	if r.Source == "" {
		r.Source = casework.FromSite
	}
	if r.Visitor == "" {
		r.Visitor = "203.0.113.7"
	}
	receipt, err := w.app.desk.File(context.Background(), r)
	w.sleep(4 * time.Second)
	return receipt, err
}

// stored is the case as it is kept.
func (w *world) stored(id casework.CaseID) casework.Case {
	w.t.Helper()
	c, err := w.app.store.Case(context.Background(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

var smokeAtShoule = handlers.DoorReport{
	Words: "砖厂烟囱每天晚上冒黑烟，味道刺鼻", Place: "寿乐镇", Once: "0123456789abcdef",
}

// TestReportByTheSiteReachesTheDesk like anybody's: numbered, routed, with its photo, and told to be from the site.
func TestReportByTheSiteReachesTheDesk(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		r := smokeAtShoule
		r.Files = []handlers.DoorFile{{Name: "smoke.jpg", Data: photo(10)}}
		receipt := w.files(r)
		if receipt.Number != "2026-00001" || len(receipt.Code) != 10 || receipt.Joined || receipt.Again {
			t.Fatalf("the receipt is %+v", receipt)
		}
		desk.sees("2026-00001").sees("砖厂烟囱")
		c := w.stored(receipt.Case)
		if c.State != casework.Registered || c.Source != casework.FromSite || c.Cell != "630202102" || c.Code != receipt.Code || len(c.Categories) == 0 {
			t.Errorf("the case is %+v", c)
		}
		desk.presses("照片")
		shown := 0
		for _, m := range desk.FromBot() {
			if len(m.Photo) > 0 {
				shown++
			}
		}
		if shown != 2 { // with the card, and when asked for
			t.Errorf("the desk was shown %d photos", shown)
		}
	})
}

// TestSameFormSentTwiceIsOneReport, whatever the network does in between.
func TestSameFormSentTwiceIsOneReport(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		first := w.files(smokeAtShoule)
		again := w.files(smokeAtShoule)
		if !again.Again || again.Number != first.Number || again.Code != first.Code || desk.count("待受理") > 1 {
			t.Errorf("first %+v, then %+v", first, again)
		}
		w.app.desk.Rules.Door = handlers.DoorRules{} // whatever became full meanwhile
		if again = w.files(smokeAtShoule); !again.Again || again.Code != first.Code {
			t.Errorf("through a full door: %+v", again)
		}
	})
}

// TestGeoReportOutsideTheDistrict is kept as out of area; a category that was chosen stays.
func TestGeoReportOutsideTheDistrict(t *testing.T) {
	story(t, func(w *world) {
		receipt := w.files(handlers.DoorReport{
			Source: casework.FromOpen311, Words: "a chimney gives off black smoke here every single night", Category: "noise",
			Point: &geo.Point{Lon: 101.78, Lat: 36.62},
		})
		c := w.stored(receipt.Case)
		if c.State != casework.OutOfArea || c.Source != casework.FromOpen311 || len(c.Categories) != 1 || c.Categories[0] != "noise" {
			t.Errorf("the case is %+v", c)
		}
	})
}

// TestAlarmByTheSiteCallsOfficersOnDuty before anybody has looked at it.
func TestAlarmByTheSiteCallsOfficersOnDuty(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		receipt := w.files(handlers.DoorReport{Words: "槽罐车侧翻，柴油流进河里了，很多死鱼", Place: "寿乐镇"})
		c := w.stored(receipt.Case)
		if c.Incident == nil || c.State != casework.Registered || receipt.Code != c.Code {
			t.Fatalf("no incident: %+v", c)
		}
		desk.sees("报警")
	})
}

// TestDoorQuotas hold for one network, for one door and for all, and only what was made counts.
func TestDoorQuotas(t *testing.T) {
	story(t, func(w *world) {
		w.app.desk.Rules.Door = handlers.DoorRules{PerVisitor: 2, PerDoor: 3, InAll: 4}
		file := func(source casework.Source, visitor, words string) string {
			_, err := w.filesOrNot(handlers.DoorReport{Source: source, Visitor: visitor, Words: words, Place: "寿乐镇"})
			if e, ok := err.(*grid.Error); ok { //nolint:errorlint // as it comes
				return e.Key
			}
			return ""
		}
		smoke := "砖厂烟囱每天晚上冒黑烟，味道刺鼻"
		for i, x := range []struct {
			source               casework.Source
			visitor, words, want string
		}{
			{casework.FromSite, "a", "嗯", "error.door.words"},
			{casework.FromSite, "a", smoke, ""},
			{casework.FromSite, "a", smoke, ""},
			{casework.FromSite, "a", smoke, "error.door.quota"},
			{casework.FromSite, "b", smoke, ""},
			{casework.FromSite, "c", smoke, "error.door.full"},
			{casework.FromOpen311, "key", smoke, ""},
			{casework.FromOpen311, "other", smoke, "error.door.full"},
		} {
			if got := file(x.source, x.visitor, x.words); got != x.want {
				t.Errorf("report %d: %q, expected %q", i, got, x.want)
			}
		}
		w.sleep(24 * time.Hour)
		if got := file(casework.FromSite, "a", smoke); got != "" {
			t.Errorf("the next day: %q", got)
		}
	})
}

// TestFullDoor_LetsWhatCannotWaitThrough: danger comes in when the quotas of the day are used up, and calls the officers on duty; so many
// times and no more, and once more than usual from one network.
func TestFullDoor_LetsWhatCannotWaitThrough(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		smoke, spill := "砖厂烟囱每天晚上冒黑烟，味道刺鼻", "槽罐车侧翻，柴油流进河里了，很多死鱼"
		file := func(visitor, words, want string) {
			t.Helper()
			_, err := w.filesOrNot(handlers.DoorReport{Visitor: visitor, Words: words, Place: "寿乐镇"})
			got := ""
			var known *grid.Error
			if errors.As(err, &known) {
				got = known.Key
			}
			if got != want {
				t.Errorf("%s: %q, expected %q", visitor, got, want)
			}
		}
		w.app.desk.Rules.Door = handlers.DoorRules{PerVisitor: 1, PerDoor: 9, InAll: 9, Alarms: 3}
		file("a", smoke, "")
		file("a", smoke, "error.door.quota")
		file("a", spill, "")
		desk.sees("报警")
		file("a", spill, "error.door.quota")

		w.app.desk.Rules.Door = handlers.DoorRules{PerVisitor: 1, PerDoor: 2, InAll: 9, Alarms: 3}
		file("b", smoke, "error.door.full")
		file("b", "嗯", "error.door.full")
		file("b", spill, "")
		file("c", spill, "")
		file("d", spill, "error.door.full")
		w.sleep(24 * time.Hour)
		file("d", smoke, "")
	})
}

// comesBack looks a report up, and perhaps does something there.
func (w *world) comesBack(v handlers.Visit) handlers.Visited {
	w.t.Helper()
	out, err := w.visits(v)
	if err != nil {
		w.t.Fatalf("looked up in vain: %v", err)
	}
	return out
}

func (w *world) visits(v handlers.Visit) (handlers.Visited, error) {
	if v.Visitor == "" {
		v.Visitor = "203.0.113.7"
	}
	out, err := w.app.desk.Visit(context.Background(), v)
	w.sleep(4 * time.Second)
	return out, err
}

// button finds what a button with that label carries, in the newest message that has one.
func button(t *testing.T, label string, said ...ledger.Message) string {
	t.Helper()
	for i := len(said) - 1; i >= 0; i-- {
		for _, row := range said[i].Rows {
			for _, b := range row {
				if strings.Contains(b.Text, label) {
					return b.Data
				}
			}
		}
	}
	t.Fatalf("no button %q in %+v", label, said)
	return ""
}

func isTold(t *testing.T, words string, said ...ledger.Message) {
	t.Helper()
	for _, m := range said {
		if strings.Contains(m.Text, words) {
			return
		}
	}
	t.Errorf("%q was not said in %+v", words, said)
}

// TestWhoReportedByTheSiteIsAnsweredThere: whatever somebody in the chat would be sent waits behind number and code, nothing
// of it is sent or counts as a failure, and the person may do there what a reporter does in the chat.
func TestWhoReportedByTheSiteIsAnsweredThere(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		receipt := w.files(smokeAtShoule)
		back := handlers.Visit{Number: receipt.Number, Code: strings.ToLower(receipt.Code)}
		first := w.comesBack(back)
		if !first.Own || first.Asks || len(first.Mail) != 0 {
			t.Fatalf("at first: %+v", first)
		}
		isTold(t, "已登记", first.Status)

		add := back
		add.Words, add.Files = "今晚又冒烟了", []handlers.DoorFile{{Name: "b.jpg", Data: photo(11)}}
		isTold(t, "已补充", w.comesBack(add).Said...)
		if c := w.stored(receipt.Case); len(c.Evidence) != 1 || c.Evidence[0].File != c.Evidence[0].ID {
			t.Errorf("evidence: %+v", c.Evidence)
		}
		desk.sees("今晚又冒烟了")

		desk.presses("受理").presses("问举报人").says("是哪一根烟囱？").presses("发给举报人")
		asked := w.comesBack(back)
		isTold(t, "是哪一根烟囱", asked.Mail...)
		answer := back
		answer.Data = button(t, "回复", asked.Mail...)
		if !w.comesBack(answer).Asks {
			t.Error("nothing is asked")
		}
		answer.Data, answer.Words = "", "靠河边的那根"
		w.comesBack(answer)
		desk.sees("靠河边的那根")

		li.presses("接办").handsIn("烟囱已停用，周边没有烟味")
		desk.presses("通过并答复").presses("就这样发出")
		closed := w.comesBack(back)
		confirm := back
		confirm.Data = button(t, "已解决", append(closed.Mail, closed.Status)...)
		thanks := w.comesBack(confirm)
		rate := back
		rate.Data = button(t, "5", thanks.Said...)
		w.comesBack(rate)
		if c := w.stored(receipt.Case); c.Score != 5 || c.State != casework.Closed {
			t.Errorf("state %s, score %d", c.State, c.Score)
		}
		w.nothingWaits()
	})
}

// nothingWaits fails the test when anything is left in the outbox.
func (w *world) nothingWaits() {
	w.t.Helper()
	depths, err := w.app.store.OutboxDepth(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	for p, d := range depths {
		if d.Waiting != 0 {
			w.t.Errorf("%d messages of priority %d wait", d.Waiting, p)
		}
	}
}

// TestForgottenAtTheDoor: who wants to be forgotten is, and number and code tell no more than how far the case is.
func TestForgottenAtTheDoor(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		r := smokeAtShoule
		r.Name, r.Phone = "马小明", "13997001234"
		receipt := w.files(r)
		w.findsNowhere("马小明", "13997001234", "203.0.113.7")
		if c := w.stored(receipt.Case); !c.RealName || !c.Phone {
			t.Errorf("the case does not know of the name: %+v", c)
		}
		desk.presses("受理")
		back := handlers.Visit{Number: receipt.Number, Code: receipt.Code}
		if mail := w.comesBack(back).Mail; len(mail) != 1 {
			t.Errorf("mail: %+v", mail)
		}
		forget := back
		forget.Data = "p:forget"
		asked := w.comesBack(forget)
		forget.Data = button(t, "确认删除", asked.Said...)
		if _, err := w.visits(forget); err != nil {
			t.Fatal(err)
		}
		after := w.comesBack(back)
		if after.Own || len(after.Mail) != 0 || len(after.Status.Rows) != 0 {
			t.Errorf("after it: %+v", after)
		}
		for key := range w.everything() {
			if strings.Contains(key, "mailbox:") {
				t.Errorf("%s is left", key)
			}
		}
		if c := w.stored(receipt.Case); !c.Reporter.IsGone() || c.RealName {
			t.Errorf("the case still leads to somebody: %+v", c)
		}
	})
}

// TestWrongCodesAtTheDoor: a wrong number and a wrong code are told the same, and after too many of them nothing is told to
// that visitor today, whatever they bring; others are not kept out.
func TestWrongCodesAtTheDoor(t *testing.T) {
	story(t, func(w *world) {
		receipt := w.files(smokeAtShoule)
		good := handlers.Visit{Number: receipt.Number, Code: receipt.Code}
		key := func(v handlers.Visit) string {
			_, err := w.visits(v)
			var e *grid.Error
			if errors.As(err, &e) {
				return e.Key
			}
			return ""
		}
		for i := range w.app.desk.Rules.WrongCodes {
			v := handlers.Visit{Number: receipt.Number, Code: "AAAAAAAAAA"}
			if i%2 == 0 {
				v = handlers.Visit{Number: "2026-09999", Code: receipt.Code}
			}
			if got := key(v); got != "error.status.unknown" {
				t.Fatalf("try %d: %s", i, got)
			}
		}
		if got := key(good); got != "error.status.wait" {
			t.Errorf("after too many: %q", got)
		}
		good.Visitor = "198.51.100.1"
		if got := key(good); got != "" {
			t.Errorf("another visitor: %q", got)
		}
	})
}

// TestDoorLeadsNowhereElse: number and code open one report. What else the chat knows, commands, invitations, another report,
// cases of others, is not to be had by them.
func TestDoorLeadsNowhereElse(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		other := w.files(handlers.DoorReport{Words: "河里排放的污水发黑发臭，鱼都死了", Place: "高庙镇"})
		receipt := w.files(smokeAtShoule)
		back := handlers.Visit{Number: receipt.Number, Code: receipt.Code}
		for _, data := range []string{"c:history:" + string(other.Case), "c:open:" + string(other.Case), "c:accept:" + string(receipt.Case), "w:decide:0", "x"} {
			v := back
			v.Data = data
			for _, m := range w.comesBack(v).Said {
				if len(m.Rows) > 0 || strings.Contains(m.Text, "河里") || strings.Contains(m.Text, other.Number) {
					t.Errorf("%s shows %q", data, m.Text)
				}
			}
		}
		for _, words := range []string{"/work", "/start invitedesk", "／desk", "/report 还有一家砖厂也在冒黑烟"} {
			v := back
			v.Words = words
			w.comesBack(v)
		}
		if ids, err := w.app.store.ByPerson(context.Background(), w.stored(receipt.Case).Reporter); err != nil || len(ids) != 1 {
			t.Errorf("%d cases, %v", len(ids), err)
		}
		if c := w.stored(receipt.Case); c.State != casework.Registered {
			t.Errorf("the case is %s", c.State)
		}
	})
}

// TestCodeOfSomebodyWithAnAccount shows how far it is, and lets nobody act.
func TestCodeOfSomebodyWithAnAccount(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		c := w.caseOf(number)
		withdraw := handlers.Visit{Number: number, Code: c.Code, Data: flow.Press{Verb: flow.PressWithdraw, Arg: string(c.ID)}.Data()}
		out := w.comesBack(withdraw)
		if out.Own || len(out.Said) != 0 || len(out.Status.Rows) != 0 || strings.Contains(out.Status.Text, "污水管") {
			t.Errorf("%+v", out)
		}
		isTold(t, number, out.Status)
	})
}

// TestSameMatterByTheSite joins the case that is there, and the way back is by its number and the visitor's own code.
func TestSameMatterByTheSite(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		r := smokeAtShoule
		r.Point = &geo.Point{Lon: 102.345, Lat: 36.62}
		first := w.files(r)
		desk.presses("受理")
		r.Once, r.Visitor = "another one of sixteen", "198.51.100.1"
		read, err := w.app.desk.Understand(context.Background(), r)
		if err != nil || len(read.Similar) != 1 || read.Similar[0].Case != first.Case {
			t.Fatalf("%+v, %v", read, err)
		}
		far := r
		far.Point = &geo.Point{Lon: 102.345, Lat: 36.625} // the next square of the public map, though half a kilometre away only
		if around, err := w.app.desk.Understand(context.Background(), far); err != nil || len(around.Similar) != 0 {
			t.Errorf("who asks from around learns more than the square: %+v, %v", around.Similar, err)
		}
		wrong := r
		wrong.Same = "nosuchcase"
		if _, err := w.filesOrNot(wrong); grid.CodeOf(err) != grid.NotFound {
			t.Errorf("joined a case that was not offered: %v", err)
		}
		r.Same = read.Similar[0].Number
		joined := w.files(r)
		if !joined.Joined || joined.Number[0] != 'A' || joined.Code == first.Code {
			t.Fatalf("%+v", joined)
		}
		out := w.comesBack(handlers.Visit{Number: joined.Number, Code: joined.Code})
		if !out.Own || strings.Contains(out.Status.Text, "砖厂烟囱") {
			t.Errorf("a follower sees %+v", out)
		}
	})
}

// TestAReportHasOneNumberOfWrongCodes: it has two numbers once it is accepted, and is not to be guessed twice as often for that.
func TestAReportHasOneNumberOfWrongCodes(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		receipt := w.files(smokeAtShoule)
		desk.presses("✅ 受理")
		most := w.app.desk.Rules.Door.WrongCodes
		key := func(i int, number, code string) string {
			_, err := w.visits(handlers.Visit{Number: number, Code: code, Visitor: fmt.Sprintf("198.51.100.%d", i)})
			var e *grid.Error
			if errors.As(err, &e) {
				return e.Key
			}
			return ""
		}
		for i := range most {
			if got := key(i, []string{receipt.Number, "A" + receipt.Number}[i%2], "AAAAAAAAAA"); got != "error.status.unknown" {
				t.Fatalf("try %d: %s", i, got)
			}
		}
		for i, number := range []string{receipt.Number, "A" + receipt.Number} {
			if got := key(0, number, "AAAAAAAAAA"); got != []string{"error.status.unknown", "error.status.guarded"}[i] {
				t.Errorf("%s: %q", number, got)
			}
		}
		if got := key(200, "A"+receipt.Number, receipt.Code); got != "" {
			t.Errorf("the right code: %q", got)
		}
	})
}
