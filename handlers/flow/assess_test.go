package flow

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/assess"
)

func assessed(story Story) Event {
	return Event{Kind: Begin, Task: &Task{Story: story, Assess: &Assessed{Period: "2026-Q3", Unit: "t630202102", Name: "寿乐镇", Indicator: "finish", Remark: 2}}}
}

func TestAFigureIsSetByANumberAndItsOrigin(t *testing.T) {
	for story, asks := range map[Story][2]string{
		Entering: {"assess.ask_enter", "assess.ask_source"}, Correcting: {"assess.ask_correct", "assess.ask_reason"},
	} {
		c := newChat(t).gets(assessed(story)).sees(asks[0])
		c.says("about 90").sees("error.assess.number")
		c.says("90").sees(asks[1]).says("返回").sees(asks[0]).says("87.5").sees(asks[1])
		c.says("report 12").sees("SetFigure")
		got := last[SetFigure](c)
		if got.Correct != (story == Correcting) || got.Value != 875*assess.One/10 || got.Words != "report 12" || got.Unit != "t630202102" || got.Remark != 2 {
			t.Errorf("%s: %+v", story, got)
		}
		if c.state.Story != Idle {
			t.Errorf("%s goes on", story)
		}
	}
}

func TestACommentTakesWordsAndFilesUntilItIsSent(t *testing.T) {
	c := newChat(t).gets(assessed(Remarking)).sees("assess.ask_comment")
	c.says("not so").sees("assess.ask_send").gets(photo("u1", "", "")).sees("assess.ask_send").says("see the report").sees("assess.ask_send")
	c.presses("assess").sees("RemarkFigures")
	if got := last[RemarkFigures](c); got.Words != "not so\nsee the report" || len(got.Files) != 1 || got.Period != "2026-Q3" {
		t.Errorf("%+v", got)
	}
	c.gets(assessed(Remarking)).presses("cancel")
	if c.state.Story != Idle {
		t.Error("there is no way out")
	}
}

func TestAnAnswerIsWords(t *testing.T) {
	c := newChat(t).gets(assessed(Explaining)).sees("assess.ask_answer")
	c.gets(photo("u1", "", "")).sees("assess.ask_answer").says("it stays as it is").sees("ExplainFigures")
	if got := last[ExplainFigures](c); got.Remark != 2 || got.Words != "it stays as it is" {
		t.Errorf("%+v", got)
	}
}
