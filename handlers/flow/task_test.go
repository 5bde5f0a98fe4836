package flow

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
)

func (c *chat) begins(task Task) *chat {
	c.t.Helper()
	task.Case, task.Number, task.Cell, task.Categories = "c1", "A2026-00001", "630202102201", []string{"water"}
	return c.gets(Event{Kind: Begin, Task: &task})
}

func TestCheckIn(t *testing.T) {
	c := newChat(t).says("/checkin").sees("checkin.ask")
	c.gets(Event{Point: &inShoule, Venue: "某处"}).sees("checkin.not_venue")
	c.gets(Event{Point: &inShoule, Forward: true}).sees("checkin.not_forwarded")
	c.says("我到了").sees("checkin.ask")
	c.gets(Event{Point: &inShoule, Accuracy: 12, Live: true, Arrived: c.now.Add(5 * time.Minute)}).sees("CheckIn")
	if in := last[CheckIn](c); in.Point != inShoule || in.Accuracy != 12 || !in.Live || in.Late != 0 {
		t.Errorf("checked in as %+v", in)
	}
	at := c.now.Add(-3 * time.Hour)
	c.says("/checkin").gets(Event{Point: &inShoule, At: at, Arrived: at.Add(3 * time.Hour)}).sees("CheckIn")
	if in := last[CheckIn](c); in.Late != 3*time.Hour || !in.At.Equal(at) {
		t.Errorf("a late one was recorded as %+v", in)
	}
}

func TestFieldReportInOneMessage(t *testing.T) {
	c := newChat(t)
	c.field = true
	c.gets(all(photo("a", "g", ""), "工厂往河里排黑水")).sees("FileReport")
	c.gets(photo("b", "g", "")).sees("AddEvidence")
	if a := last[AddEvidence](c); a.Case != "case1" || a.Files[0].Stage != casework.AsReported {
		t.Errorf("late photo: %+v", a)
	}
	if d := last[FileReport](c).Draft; !d.Field || d.Cell != "630202102" || len(d.Files) != 1 {
		t.Errorf("filed %+v", d)
	}
}

func TestFieldReportAsksForWhatIsMissing(t *testing.T) {
	c := newChat(t)
	c.field = true
	c.says("寿乐镇有人倒垃圾").sees("field.ask_photo")
	other := *c
	c.gets(photo("a", "", "")).sees("FileReport")
	other.presses("no_photo").sees("FileReport")
}

func TestAnInspectorWhoIsNoneAnyMoreReportsAsACitizen(t *testing.T) {
	c := newChat(t)
	c.field = true
	c.says("寿乐镇有人倒垃圾").sees("field.ask_photo")
	c.field = false
	c.gets(photo("a", "", "")).sees("report.summary", "FindSimilar")
}

func TestHandIn(t *testing.T) {
	c := newChat(t).begins(Task{Story: HandingIn, Needs: []casework.Stage{casework.Before, casework.After}}).sees("handin.ask_finding")
	c.says("查了").sees("handin.ask_finding")
	c.says("已经封堵排污口").sees("handin.ask_verdict").presses("verdict proven").sees("handin.ask_violation")
	c.presses("violation yes").sees("handin.ask_photos")
	c.gets(photo("a", "g", "")).sees("handin.ask_photos").gets(photo("b", "g", "")).sees()
	c.gets(photo("c", "", "")).sees("handin.ready")
	c.presses("before").sees("handin.ask_photos").presses("after").sees("handin.ready").presses("done").sees("HandIn")
	h := last[HandIn](c)
	if h.Finding != "查了\n已经封堵排污口" || h.Verdict != casework.Proven || !h.Violation || len(h.Files) != 3 || h.Files[1].Stage != casework.Before || h.Files[2].Stage != casework.After {
		t.Errorf("handed in %+v", h)
	}
	c.says("谢谢").sees("start.thanks")
}

// Of what proved unfounded there is nothing before and after: one photo from the spot shows that somebody was there.
func TestHandIn_Unfounded(t *testing.T) {
	needs := []casework.Stage{casework.Before, casework.After}
	c := newChat(t).begins(Task{Story: HandingIn, Needs: needs}).says("现场没有发现排污").sees("handin.ask_verdict")
	c.presses("verdict unfounded").sees("handin.ask_photos").gets(photo("a", "", "")).sees("handin.ready").presses("done").sees("HandIn")
	if h := last[HandIn](c); h.Verdict != casework.Unfounded || h.Violation || h.Files[0].Stage != casework.OnSite {
		t.Errorf("handed in %+v", h)
	}
	c = newChat(t).begins(Task{Story: HandingIn, Needs: needs, Visited: true}).says("现场没有发现排污")
	c.presses("verdict unfounded").sees("handin.ready")
}

func TestNotMine(t *testing.T) {
	c := newChat(t).begins(Task{Story: Objecting}).sees("notmine.ask_reason")
	c.says("高庙镇").sees("notmine.ask_reason").presses("reason boundary").sees("notmine.ask_target")
	c.says("月球").sees("target.unknown", "notmine.ask_target")
	c.says("新堡子村").sees("target.which").presses("target 630202103201").sees("NotMine")
	if n := last[NotMine](c); n.Case != "c1" || n.Reason != "boundary" || n.Target != "630202103201" {
		t.Errorf("objected %+v", n)
	}
}

// An objection may name a department, found by a button or by its name.
func TestNotMine_Department(t *testing.T) {
	c := newChat(t).begins(Task{Story: Objecting}).presses("reason other_department").sees("notmine.ask_department")
	c.says("火星局").sees("department.unknown", "notmine.ask_department")
	c.says("水务局").sees("notmine.ask_department").presses("department " + grid.Department("区水务局").Code()).sees("NotMine")
	if n := last[NotMine](c); n.Department != "区水务局" || n.Target != "" || n.Reason != "other_department" {
		t.Errorf("objected %+v", n)
	}
}

func TestReassign(t *testing.T) {
	c := newChat(t).begins(Task{Story: Reassigning}).sees("reassign.ask").says("高庙镇").sees("target.confirm").presses("target 630202103").sees("Reassign")
	if r := last[Reassign](c); r.Cell != "630202103" {
		t.Errorf("reassigned %+v", r)
	}
	c.begins(Task{Story: Reassigning}).presses("target 630202102").sees("Reassign")
	c.begins(Task{Story: Reassigning}).gets(location(geo.Point{Lon: 102, Lat: 35})).sees("target.unknown", "reassign.ask")
}

func TestRefuse(t *testing.T) {
	for name, tc := range map[string]struct {
		task  Task
		turns []turnOf
		reply string
		key   string
	}{
		"template": {Task{}, []turnOf{tap("disposition in_court", "refuse.preview"), tap("send", "Refuse")}, "", "notice.in_court"},
		"own words": {Task{}, []turnOf{
			tap("disposition unclear", "refuse.preview"), say("请补充照片", "refuse.preview"),
			tap("send", "Refuse"),
		}, "请补充照片", ""},
		"authority is asked": {Task{}, []turnOf{
			tap("disposition not_environment", "refuse.ask_authority"),
			tap("send", "flow.old_button"), say("区住建局", "refuse.preview"), tap("send", "Refuse"),
		}, "", "notice.not_environment"},
		"authority is offered": {Task{Options: []category.Option{{Name: "区公安局", Phone: "110"}}}, []turnOf{
			tap("disposition not_environment", "refuse.ask_authority"), tap("authority 0", "refuse.preview"), tap("send", "Refuse"),
		}, "", "notice.not_environment"},
		"an environmental matter, all the same": {Task{Options: []category.Option{{Name: "区住建局", Leads: true}}}, []turnOf{
			tap("disposition not_environment", "refuse.ask_authority"), tap("authority 0", "refuse.is_ours"),
			say("不受理", "refuse.is_ours"), tap("insist", "refuse.preview"), tap("send", "Refuse"),
		}, "", "notice.not_environment"},
		"an earlier report, by its number": {Task{Earlier: []Earlier{{Case: "c0", Number: "2026-00001", State: casework.Handling}}}, []turnOf{
			tap("disposition same_matter", "refuse.ask_earlier"), say("2026-00009", "refuse.ask_earlier"),
			say("2026-00001", "refuse.preview"), tap("send", "Refuse"),
		}, "", "notice.same_matter"},
		"an answered report": {Task{Earlier: []Earlier{{Case: "c0", Number: "2026-00001", State: casework.Closed}}}, []turnOf{
			tap("disposition same_matter", "refuse.no_earlier"), say("返回", "refuse.ask_kind"),
			tap("disposition after_reply", "refuse.ask_earlier"), tap("earlier c0", "refuse.preview"), tap("send", "Refuse"),
		}, "", "notice.after_reply"},
		"area is asked": {Task{}, []turnOf{
			tap("disposition other_area", "refuse.ask_away"), say("平安区", "refuse.preview"),
			tap("send", "Refuse"),
		}, "", "notice.other_area"},
		"the way back": {Task{}, []turnOf{
			tap("disposition other_area", "refuse.ask_away"), say("返回", "refuse.ask_kind"),
			tap("disposition in_court", "refuse.preview"), tap("send", "Refuse"),
		}, "", "notice.in_court"},
	} {
		t.Run(name, func(t *testing.T) {
			tc.task.Story = Refusing
			c := newChat(t).begins(tc.task).sees("refuse.ask_kind")
			turns := tc.turns
			for i := range turns {
				if turns[i].does == press("send") && len(turns[i].sees) == 1 && turns[i].sees[0] == "flow.old_button" {
					data := Press{Nonce: c.state.Task.Nonce, Verb: "send"}.Data()
					turns[i] = send(Event{Kind: Button, Data: data}, "flow.old_button")
				}
			}
			c.plays(turns)
			r := last[Refuse](c)
			if r.Reply != tc.reply || (r.Notice == nil) != (tc.key == "") || r.Notice != nil && r.Notice.Key != tc.key {
				t.Errorf("refused %+v", r)
			}
		})
	}
}

func TestCloseAndReturn(t *testing.T) {
	c := newChat(t).begins(Task{Story: Closing}).sees("close.preview").presses("send").sees("Close")
	if cl := last[Close](c); cl.Reply != "" || cl.Notice == nil || cl.Notice.Key != "closing.water.proven" {
		t.Errorf("closed %+v", cl)
	}
	c.begins(Task{Story: Closing}).says("已经查处，谢谢监督").sees("close.preview").presses("send").sees("Close")
	if cl := last[Close](c); cl.Reply != "已经查处，谢谢监督" || cl.Notice != nil {
		t.Errorf("closed %+v", cl)
	}
	c.begins(Task{Story: Returning}).sees("return.ask").says("不行").sees("return.ask_more").says("缺少处理后的照片").sees("Return")
	if r := last[Return](c); r.Reason != "缺少处理后的照片" {
		t.Errorf("returned %+v", r)
	}
}

func TestAnOfficersStoryKeepsTheDraft(t *testing.T) {
	c := newChat(t).says("工厂往河里排黑水").sees("report.ask_where")
	c.begins(Task{Story: Returning}).sees("return.ask")
	c.says("缺少处理后的照片").sees("flow.noted", "report.unfinished", "Return").presses("continue").sees("report.ask_where")
	c.begins(Task{Story: Closing}).says("取消").sees("flow.cancelled", "report.unfinished")
}

func TestStrayWordsOfAnOfficerAreNoReport(t *testing.T) {
	c := newChat(t)
	officer := func(text string) Event { return Event{Text: text, Officer: true} }
	c.gets(officer("明天上午开会")).sees("ShowHelp").gets(officer("你好")).sees("ShowHelp").gets(officer("收到")).sees("start.officer")
	if c.state.Draft != nil {
		t.Errorf("a draft of %q", c.state.Draft.Text())
	}
	c.gets(officer("工厂往河里排黑水")).sees("report.ask_where")
}

func TestReassignOffersTheSuggestionFirst(t *testing.T) {
	c := newChat(t).begins(Task{Story: Reassigning, Cell: "630202102201", Wanted: "630202103"})
	want := []grid.CellCode{"630202103", "630202102201", "630202102"}
	if got := c.state.Task.Offered; !slices.Equal(got, want) {
		t.Errorf("offered %v, want %v", got, want)
	}
}

// An environmental matter that another department leads is accepted under its lead and not refused.
func TestRefuse_OffersToAcceptInstead(t *testing.T) {
	c := newChat(t).begins(Task{Story: Refusing, Case: "c1", Options: []category.Option{{Name: "区住建局", Leads: true}}})
	c.presses("disposition not_environment").presses("authority 0").sees("refuse.is_ours").presses("accept_led").sees("AcceptLed")
	if r := last[AcceptLed](c); r.Case != "c1" || r.Lead != "区住建局" {
		t.Errorf("accepted %+v", r)
	}
}

// What nobody was asked about yet is not refused as unclear: the reporter is asked instead.
func TestRefuse_AsksForWhatIsMissingFirst(t *testing.T) {
	c := newChat(t).begins(Task{Story: Refusing, Case: "c1", Number: "2026-00001", Until: "2026-06-13", Askable: true})
	c.presses("disposition unclear").sees("refuse.ask_first").says("看不清").sees("refuse.ask_first")
	c.presses("ask_first").sees("missing.ask").presses("lacking place").presses("ask_more").sees("AskMore")
	if a := last[AskMore](c); a.Case != "c1" {
		t.Errorf("asked %+v", a)
	}
	newChat(t).begins(Task{Story: Refusing, Case: "c1"}).presses("disposition unclear").sees("refuse.preview")
}

// Several things that are missing are chosen, one is taken back, words are added; nothing at all is not sent.
func TestAskMore_SeveralThings(t *testing.T) {
	c := newChat(t).begins(Task{Story: Missing, Case: "c1", Until: "2026-06-13"}).sees("missing.ask")
	c.presses("lacking place").sees("missing.preview").presses("lacking time").presses("lacking place").sees("missing.preview")
	c.says("是哪家饭馆？").sees("missing.preview").presses("ask_more").sees("AskMore")
	r := last[AskMore](c)
	if len(r.Lacking) != 1 || r.Lacking[0] != "time" || r.Words != "是哪家饭馆？" {
		t.Errorf("asked %+v", r)
	}
}

// Days come by button or by number, within what is left, and the reason after them.
func TestExtension_DaysThenReason(t *testing.T) {
	c := newChat(t).begins(Task{Story: Extending, Case: "c1", Left: 12}).sees("extension.ask_days")
	c.says("13").sees("error.case.extension_days", "extension.ask_days").says("十天").sees("error.case.extension_days", "extension.ask_days")
	c.presses("add_days 12").sees("extension.ask_reason").says("返回").sees("extension.ask_days").says("7").sees("extension.ask_reason")
	c.says("等").sees("extension.more").says("等监测站的化验结果").sees("AskExtension")
	if r := last[AskExtension](c); r.Days != 7 || r.Reason != "等监测站的化验结果" {
		t.Errorf("asked %+v", r)
	}
	c.begins(Task{Story: Granting, Case: "c1", Left: 6}).presses("add_days 5").sees("Extend")
	if r := last[Extend](c); r.Days != 5 {
		t.Errorf("granted %+v", r)
	}
	c.begins(Task{Story: Denying, Case: "c1"}).sees("extension.ask_denial").says("理由不充分，请先到现场").sees("DenyExtension")
}

// A review is asked for in words, of which there may be several messages.
func TestReview_InWords(t *testing.T) {
	c := newChat(t)
	c.gets(Event{Kind: Button, Data: Press{Verb: PressReview, Arg: "c1"}.Data()}).sees("review.ask")
	c.says("水还是黑的").sees("review.preview").says("请再来看").presses("appeal").sees("AskReview")
	if r := last[AskReview](c); r.Case != "c1" || r.Words != "水还是黑的\n请再来看" {
		t.Errorf("asked %+v", r)
	}
	c.begins(Task{Story: Upholding, Case: "c1"}).sees("uphold.preview").presses("send").sees("Uphold")
	c.begins(Task{Story: Reworking, Case: "c1"}).sees("rework.ask").says("请重新取样化验").sees("Rework")
}

// Whoever reported the matter before adds to their own report, with where it is.
func TestSimilar_OwnIsAddedTo(t *testing.T) {
	c := newChat(t)
	c.similar = []Similar{{Case: "c0", Own: "2026-00001", State: casework.Registered}}
	c.says("土官口污水直排").sees("report.similar_own", "report.ask_similar_own", "FindSimilar").presses("same 0").sees("AddWords")
	if r := last[AddWords](c); r.Case != "c0" || r.Words != "土官口污水直排" {
		t.Errorf("added %+v", r)
	}
}
