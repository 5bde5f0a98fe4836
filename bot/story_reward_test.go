package main

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/seeds"
)

// rewarding prepares a district whose office has set its rule of rewards, and whose finance bureau has a clerk.
func rewarding(d *seeds.District) {
	d.Settings.RewardEnabled = true
	d.Officers = append(d.Officers, grid.Officer{ID: "cash", Name: "样例·财政经办", Sample: true, Appointments: []grid.Appointment{{
		Role: grid.Clerk, Cell: d.Tree.Root().Code, Department: grid.Department(d.Settings.RewardPayer), From: time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC),
	}}})
}

var codeForm = regexp.MustCompile(`[0-9A-Z]{4}(-[0-9A-Z]{4}){3}`)

// code is the newest code of a reward that the person was shown.
func (p *person) rewardCode() string {
	p.w.t.Helper()
	return codeForm.FindString(p.shown("奖励码（").Text)
}

// proves lets the desk accept the newest report, the inspector find it true, and the desk answer it.
func proves(desk, li *person) {
	desk.presses("✅ 受理")
	li.presses("🔧 接办").handsIn("查实暗管直排，已处罚")
	desk.presses("通过并答复").presses("就这样发出")
}

// proposes lets the desk propose a reward for the case of that number.
func (p *person) proposes(number, same string) *person {
	p.says("/find " + number).presses("🏅 提请奖励").sees("查实后怎么处理的").presses("作出行政处罚").says("东环罚〔2026〕12号").sees("还有别的举报件")
	if same == "" {
		p.presses("没有")
	} else {
		p.says(same)
	}
	return p.presses("以上属实")
}

// TestReward is the whole way of a reward: proposed, approved by another, claimed by code, paid by a third, and nobody learns
// who reported.
func TestReward(t *testing.T) {
	storyFrom(t, monday, rewarding, func(w *world) {
		desk, boss, li, cash := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("cash")
		ma, yang := w.stranger("马秀英"), w.citizen("杨")
		ma.reportsAt(3, "寿乐镇有人往引胜沟里排黑水")
		ma.presses("提交").sees("可能有奖励")
		number := ma.number()
		yang.reportsAt(4, "寿乐镇引胜沟水发黑发臭")
		yang.presses("就是这件").sees("并入")
		proves(desk, li)
		number = caseNumber(w, number)

		desk.proposes(number, "").sees("已为 " + number + " 提请奖励 1000 元")
		ma.seesNot("奖励您")
		boss.sees("请核定举报奖励").presses("✅ 同意奖励").sees("已通知举报人")
		ma.sees("按规定奖励您 1000 元").presses("🏅 领取奖励码").sees("凭码领取，不用报姓名")
		yang.sees("如果您那里问题还在，请直接再报一次").sees("只奖励最先举报的一位").seesNot("1000")
		code := ma.rewardCode()
		if keys := w.keysOf(code, strings.ToLower(strings.ReplaceAll(code, "-", ""))); len(keys) > 0 {
			t.Errorf("the code lies readable in %v", keys)
		}

		li.says("/pay " + code).sees("只对有相应职责的人员开放")
		cash.says("/pay ABCD-EFGH-JKMN-PQRS").sees("没有这个奖励码").says("/pay " + code).sees("奖励码有效").sees("1000 元").presses("✅ 已发放").sees("已发放：" + number)
		cash.says("/pay " + code).sees("已经领过")
		ma.sees("奖励 1000 元已凭码发放")
		ma.says("/my").presses(number).sees("凭码发放 1000 元")
		li.says("/find " + number).presses("🕒 经过")
		yang.says("/my").presses(number)
		for _, p := range []*person{li, yang} {
			if strings.Contains(p.last(), "奖励") {
				t.Errorf("%s sees in the course of the case that there was a reward:\n%s", p.Name(), p.last())
			}
		}
		for _, p := range []*person{desk, boss, li, cash, yang} {
			p.knowsNothingOf("马秀英", "7391846205", "13997412058", string(w.reporter(ma)))
		}
		for _, p := range []*person{desk, boss, li} {
			p.knowsNothingOf(code)
		}
		yang.says("/rewards").sees("不到 5 件").seesNot("1000")
		if c := w.caseOf(number); c.State != casework.Answered || c.Reward.State != casework.RewardPaid || c.Reward.Shares[0].By != "cash" {
			t.Errorf("%s, %+v", c.State, c.Reward)
		}
		w.golden("reward.txt")
	})
}

// TestRewardIsSharedAndRenewed: a joint report is split, each code pays once, a lost code is replaced; the window reminds once
// by day and then lapses what is left.
func TestRewardIsSharedAndRenewed(t *testing.T) {
	storyFrom(t, monday, rewarding, func(w *world) {
		desk, boss, li, cash := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("cash")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		proves(desk, li)
		number = caseNumber(w, number)
		desk.proposes(number, "")
		boss.presses("✅ 同意奖励")
		ma.presses("🏅 领取奖励码")
		lost := ma.rewardCode()
		ma.presses("👥 联名举报").presses("3").sees("334 元")
		codes := codeForm.FindAllString(ma.shown("334 元").Text, -1)
		if len(codes) != 3 {
			t.Fatalf("codes %v", codes)
		}
		cash.says("/pay " + lost).sees("没有这个奖励码").says("/pay " + codes[2]).sees("333 元").presses("✅ 已发放")
		ma.says("/my").presses(number).presses("🏅 领取奖励码")
		again := codeForm.FindAllString(ma.last(), -1)
		if len(again) != 2 || w.caseOf(number).Reward.State != casework.RewardClaimed {
			t.Fatalf("codes %v, %+v", again, w.caseOf(number).Reward)
		}
		cash.says("/pay " + again[0]).presses("✅ 已发放")
		w.outage(56 * 24 * time.Hour) // to 28 December; the last day is 4 January
		w.sleep(24 * time.Hour)
		w.outage(7 * 24 * time.Hour)
		if reminded := ma.told("提醒：您举报的 " + number); len(reminded) != 1 || reminded[0].Hour() != 7 {
			t.Errorf("reminded at %v", reminded)
		}
		ma.sees("奖励 333 元过期未领")
		cash.says("/pay " + again[1]).sees("已经失效")
		if r := w.caseOf(number).Reward; r.State != casework.RewardLapsed {
			t.Errorf("%+v", r)
		}
	})
}

// TestRewardIsNotForOfficers: an officer who reported as a citizen is told so when they come for the code, and neither record
// nor log nor anybody learns that they came.
func TestRewardIsNotForOfficers(t *testing.T) {
	storyFrom(t, monday, rewarding, func(w *world) {
		desk, boss, li, cash := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("cash")
		number := cash.submits(sewage)
		proves(desk, li)
		number = caseNumber(w, number)
		desk.proposes(number, "")
		boss.presses("✅ 同意奖励")
		before := w.caseOf(number)
		cash.presses("🏅 领取奖励码").sees("责任人和公职人员及其近亲属不参加举报奖励")
		if after := w.caseOf(number); after.Version != before.Version || after.Reward.State != casework.RewardOffered {
			t.Errorf("that they came is on record: %+v", after.Reward)
		}
		for _, p := range []*person{desk, boss, li} {
			p.knowsNothingOf("财政经办")
		}
	})
}

// TestRewardIsDeclined with a reason that the reporter is told; afterwards it may be proposed anew. Who proposed it cannot
// approve it.
func TestRewardIsDeclined(t *testing.T) {
	storyFrom(t, monday, func(d *seeds.District) { rewarding(d); appoint("boss2", grid.Supervisor, d.Tree.Root().Code)(d) }, func(w *world) {
		desk, boss, boss2, li := w.officer("desk"), w.officer("boss"), w.officer("boss2"), w.officer("li")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		proves(desk, li)
		number = caseNumber(w, number)
		boss.proposes(number, "").seesNot("请核定举报奖励")
		boss.does(func() {
			boss.Forges(boss.shown("提请奖励 1000").ID, "c:approve_reward:"+string(w.caseOf(number).ID))
		})
		boss.sees("不能审批自己经办的事项")
		boss2.presses("✖ 不予奖励").presses("举报前本部门已经掌握").sees("已通知举报人")
		ma.sees("这次不予奖励，原因是举报前本部门已经掌握")
		desk.proposes(number, "").sees("提请奖励 1000 元")
		boss2.presses("✅ 同意奖励")
		ma.sees("按规定奖励您 1000 元")
	})
}

// TestOneRewardForTheSameAct: a second report that the desk names as of the same act gets none, also when it is tried there.
func TestOneRewardForTheSameAct(t *testing.T) {
	storyFrom(t, monday, rewarding, func(w *world) {
		desk, boss, li := w.officer("desk"), w.officer("boss"), w.officer("li")
		ma, yang := w.citizen("马"), w.citizen("杨")
		first := ma.submits(sewage)
		proves(desk, li)
		w.sleep(time.Hour)
		second := yang.submits("寿乐镇土官口村另一处也在往沟里排污水")
		proves(desk, li)
		first, second = caseNumber(w, first), caseNumber(w, second)
		desk.proposes(second, first).sees("最先举报的是 " + first)
		desk.proposes(first, second).sees("已为 " + first + " 提请奖励")
		desk.says("/find " + second).presses("🏅 提请奖励").sees("最先举报的是 " + first)
		boss.presses("✅ 同意奖励")
		ma.sees("奖励您 1000 元")
		yang.sees("只奖励最先举报的一位")
	})
}

// TestNoRewardWithoutTheOfficesRule: until the office has set its rule nobody is promised anything; the desk sees who would be
// eligible.
func TestNoRewardWithoutTheOfficesRule(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		proves(desk, li)
		desk.says("/find " + number).presses("🏅 提请奖励").sees("还没有制定举报奖励办法")
		ma.says("/rewards").sees("待制定").seesNot("奖励您").seesNot("可能有奖励")
		if r := w.caseOf(number).Reward; r != nil {
			t.Errorf("%+v", r)
		}
	})
}

// TestForgottenRewards: whoever is forgotten is told before what becomes of a reward; a code in the hand is good afterwards.
func TestForgottenRewards(t *testing.T) {
	storyFrom(t, monday, rewarding, func(w *world) {
		desk, boss, li, cash := w.officer("desk"), w.officer("boss"), w.officer("li"), w.officer("cash")
		ma := w.citizen("马")
		number := ma.submits(sewage)
		proves(desk, li)
		number = caseNumber(w, number)
		desk.proposes(number, "")
		boss.presses("✅ 同意奖励")
		ma.presses("🏅 领取奖励码")
		code := ma.rewardCode()
		ma.says("/forget").sees("有一笔奖励").presses("🗑 确认删除")
		cash.says("/pay " + code).presses("✅ 已发放").sees("已发放：" + number)
		ma.seesNot("已凭码发放")
		counts, err := w.app.store.Counts(context.Background(), "2026")
		if err != nil || counts[casework.RewardsPaid+"water"] != 1 || counts[casework.RewardsSum+"water"] != 1000 {
			t.Errorf("figures %v, %v", counts, err)
		}
	})
}
