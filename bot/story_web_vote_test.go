package main

import (
	"context"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/handlers"
)

// TestReportByTheSiteIsNoVote: number and code of a report let nobody answer a consultation as if in the chat, nor take a seat at a
// hearing; anybody could file reports to have as many votes.
func TestReportByTheSiteIsNoVote(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		pub, boss := w.officer("publisher"), w.officer("boss")
		link := w.drafted(pub)
		boss.says("/consult").presses("引胜沟").presses("✅ 审批")
		pub.says("/hearings").presses("➕ 听证会").presses("🏷 标题").says("禁烧区划定听证会").presses("📄 说明").says("听取意见")
		pub.presses("📍 地点").says("区政府一楼会议室").presses("⏰ 时间").says("11-20 14:30").presses("🪑 席位").says("2")
		boss.says("/hearings").presses("禁烧区划定听证会").presses("✅ 审批并发布").sees("报名中")

		receipt := w.files(smokeAtShoule)
		id := strings.TrimPrefix(link, "/start c_")
		for _, deed := range []handlers.Visit{
			{Data: "cs:q:" + id + ".0"},
			{Data: "cs:pick:" + id + ".0.0"},
			{Data: "cs:say:" + id + ".2"},
			{Words: "支持"},
			{Data: "hr:join:" + w.hearingID()},
			{Words: "马秀英 13997412058"},
			{Data: "fo:menu:"},
			{Data: "o"},
		} {
			deed.Number, deed.Code = receipt.Number, receipt.Code
			out := w.comesBack(deed)
			if deed.Data != "" {
				isTold(t, "这个按钮已失效", out.Said...)
			}
			if out.Asks {
				t.Errorf("%s asks for words", deed.Data)
			}
		}
		ids, err := w.app.store.Shelf(context.Background(), consultation.AnswerKind, consultation.To(id), 0, 0, 10)
		if err != nil || len(ids) != 0 {
			t.Errorf("answers %v, %v", ids, err)
		}
		if seats := w.hearing().Seats; len(seats) != 0 {
			t.Errorf("seats %+v", seats)
		}
	})
}
