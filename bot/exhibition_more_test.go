package main

import "time"

// exhibitWater has readings of months that are over, one of them above its target.
func exhibitWater(w *filled) []string {
	w.officer("clerk-bureau").sendsTable(
		waterRow("土官口断面", "2026-07-06", "0.4"), waterRow("土官口断面", "2026-08-04", "1.62"), waterRow("老鸦峡口断面", "2026-09-07", "1.2"),
	).presses("登记")
	return nil
}

// exhibitCards has an enterprise that exceeded a limit and is limited in what it may produce.
func exhibitCards(w *filled) []string {
	admin, boss, clerk := w.officer("root-admin"), w.officer("boss"), w.officer("clerk-epb")
	w.haveSites(admin, 1, "涉水企业")
	clerk.registers("有色金属").exceeds("QY0001", "COD 180 50 mg/L").presses("作出处理").presses("1. 已告知")
	clerk.presses("陈述申辩").says("企业承认超标，放弃听证")
	boss.says("/enterprise QY0001").presses("作出决定").says("乐环限产〔2026〕1号")
	clerk.says("/enterprise QY0001").presses("已送达").says("今天").presses("整改方案").says("https://example.cn/plan 更换沉淀池")
	return nil
}

// exhibitConsultation has a question to the public that is open, and a hearing that one may sign up for.
func exhibitConsultation(w *filled) []string {
	pub, boss := w.officer("publisher"), w.officer("boss")
	w.drafted(pub)
	pub.attachesDraft()
	boss.says("/consult").presses("引胜沟沿线露天烧烤治理").presses("✅ 审批")
	pub.says("/hearings").presses("➕ 听证会").presses("🏷 标题").says("禁烧区划定听证会").presses("📄 说明").says("听取沿线居民、商户意见")
	pub.presses("📍 地点").says("区政府一楼会议室").presses("⏰ 时间").says("11-20 14:30").presses("🪑 席位").says("20").presses("⏱ 报名截止").says("11-18 18:00")
	boss.says("/hearings").presses("禁烧区划定听证会").presses("✅ 审批并发布")
	w.sleep(2 * time.Minute)
	return nil
}

// exhibitNotices has something that the office says to everybody.
func exhibitNotices(w *filled) []string {
	pub, boss := w.officer("publisher"), w.officer("boss")
	pub.says("/posts").presses("写一条").says("周六集中清理引胜沟\n上午九点在镇政府门口集合，请带手套。").presses("发给谁").presses("☐ 寿乐镇").presses("选好了").presses("设为紧急").presses("提交审核")
	boss.presses("同意发出")
	w.sleep(2 * time.Minute)
	return nil
}

// exhibitPublications has one that is out and several that are late.
func exhibitPublications(w *filled) []string {
	pub, boss := w.officer("publisher"), w.officer("boss")
	for _, id := range []string{"inspections.2026-Q3", "sections.2026-Q3", "cards.2026-Q3"} {
		pub.says("/publication " + id).presses("📝 生成初稿")
		boss.says("/publication " + id).presses("✅ 审核通过")
		pub.says("/publication " + id).presses("🌐 公布")
	}
	return nil
}
