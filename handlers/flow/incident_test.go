package flow

import (
	"maps"
	"testing"

	"github.com/gridwarden/gridwarden/grid/incident"
)

// People write numbers as they speak; what is counted stands before the number or behind it.
func TestFigures(t *testing.T) {
	for text, want := range map[string]map[incident.Measure]int{
		"死亡1 中毒12 转移300 损失600万": {incident.Dead: 1, incident.Poisoned: 12, incident.Moved: 300, incident.Loss: 6_000_000},
		"2人死亡，12人中毒":            {incident.Dead: 2, incident.Poisoned: 12},
		"死亡约3人、疏散5万人":           {incident.Dead: 3, incident.Moved: 50_000},
		"直接经济损失1.5亿元":           {incident.Loss: 150_000_000},
		"死了10个":                 {incident.Dead: 10},
		"dead 3, loss 2,000":    {incident.Dead: 3, incident.Loss: 2000},
		"还不清楚":                  {},
		"死亡":                    {},
	} {
		if got := figures(text); !maps.Equal(got, want) {
			t.Errorf("%q counts %v, want %v", text, got, want)
		}
	}
}

// An alarm goes out with the first words, what is added goes after it, and nothing goes twice.
func TestAlarm_GoesOutOnceAndThenWhatIsAdded(t *testing.T) {
	c := newChat(t)
	c.plays([]turnOf{say("化工厂爆炸了污水横流", "report.alarmed", "report.ask_where", "RaiseAlarm")})
	c.gets(Event{Kind: Raised, Case: "c1"})
	c.plays([]turnOf{say("寿乐镇土官口村", "report.summary", "TellAlarm", "FindSimilar")})
	if d := c.state.Draft; d.Alarm != "c1" {
		t.Errorf("the draft's alarm is %q", d.Alarm)
	}
	c.plays([]turnOf{say("取消", "flow.noted", "report.cancelled", "LeaveAlarm")})
}

// Words that are held, because it is not clear where they belong, do not wait for the answer; the report that they begin
// is that of their alarm.
func TestAlarm_IsNotHeld(t *testing.T) {
	c := newChat(t)
	c.plays([]turnOf{say("土官口村工厂往河里排黑水", "report.summary", "FindSimilar"), tap("submit", "Submit")})
	c.gets(Event{Kind: Sent, Case: "c1"})
	c.says("寿乐镇土官口村化工厂爆炸了").sees("report.alarm_sent", "report.belongs", "RaiseAlarm")
	c.gets(Event{Kind: Raised, Case: "c2"})
	c.presses("fresh")
	if d := c.state.Draft; d == nil || d.Alarm != "c2" {
		t.Errorf("drafted %+v", d)
	}
}

// The officer is led through level and reason; level IV needs none, and old buttons do nothing.
func TestGrading(t *testing.T) {
	grade := func(do func(c *chat)) Grade {
		c := newChat(t).begins(Task{Story: Grading}).sees("grade.ask")
		do(c)
		return last[Grade](c)
	}
	if g := grade(func(c *chat) { c.presses("level IV") }); g.Grading.Level != incident.LevelIV {
		t.Errorf("%+v", g)
	}
	if g := grade(func(c *chat) { c.presses("level III").sees("grade.ask_reason").presses("because intake_3") }); g.Grading.Reasons[0] != "intake_3" {
		t.Errorf("%+v", g)
	}
	if g := grade(func(c *chat) { c.presses("level unclear").sees("grade.ask_case").presses("sensitive border") }); !g.Grading.Grave() {
		t.Errorf("%+v", g)
	}
	if g := grade(func(c *chat) { c.says("中毒50人").sees("grade.confirm").presses("grade II") }); g.Grading.Level != incident.LevelII {
		t.Errorf("%+v", g)
	}
}

// A report asks for what is missing, one field at a time; any of it can be mended before it is issued.
func TestReporting(t *testing.T) {
	says := map[incident.Field]string{}
	for _, f := range incident.Fields(incident.First)[2:] {
		says[f] = "known"
	}
	c := newChat(t).begins(Task{Story: Reporting, Report: &incident.Report{Kind: incident.First, Says: says, Unit: "局", Contact: "值班室"}, Signers: []string{"王某"}})
	c.sees("incident.ask_field").says("今晨三点").sees("incident.ask_field").presses("verifying").sees("incident.ask_signer")
	c.presses("signer 0").sees("incident.preview").presses("field victims").sees("incident.ask_again").says("无人受害").sees("incident.preview")
	c.presses("issue")
	r := last[ReportUp](c).Report
	if r.Says[incident.When] != "今晨三点" || r.Says[incident.Where] != "正在核实" || r.Says[incident.Victims] != "无人受害" || r.Signer != "王某" {
		t.Errorf("issued %+v", r)
	}
}
