package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/bundle"
)

// violation brings a report as far as an approved finding of a violation, and returns the number of its case.
func (w *world) violation(ma, desk, li *person) string {
	w.t.Helper()
	ma.photographs(1, sewage)
	ma.presses("提交").sees("已登记")
	desk.presses("✅ 受理")
	li.presses("接办").presses("📤 上报结果").says("发现一处暗管直排，已制止").presses("属实").presses("是违法行为")
	li.photographs(91, "处理前").photographs(92, "处理后").presses("✅ 上报结果")
	desk.presses("只审核结论").sees("已审核通过")
	return caseNumber(w, ma.number())
}

// TestReferralFromProposalToResult: a proven violation is proposed, approved by another supervisor, handed to the police with a letter that
// names the file by its hash; each step has its own day and the moment at which it was entered; a decline is objected to, and the result
// is on record. The file tells nothing of whoever reported.
func TestReferralFromProposalToResult(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, li, boss, second := w.officer("desk"), w.officer("li"), w.officer("boss"), w.officer("cert-1")
		ma := w.citizen("马")
		number := w.violation(ma, desk, li)
		w.sleep(time.Hour)
		boss.says("/refer " + number).sees("移送给谁").presses("🚓 公安：涉嫌犯罪").says("私设暗管排放有毒物质，涉嫌污染环境罪").sees("待审批")
		second.sees("请审批：" + number + " 拟移送公安机关")
		boss.presses("✅ 批准移送").sees("不能审批自己经办的事项")
		w.until("2026-11-06 08:00")
		second.sees("待审批，期限 2026-11-05。请审批").presses("⚖️ 打开").presses("✅ 批准移送").sees("已批准，待移送")
		boss.sees(number + " 移送公安机关：已批准，待移送").presses("📦 生成移送函和案卷").sees("乐环案移〔2026〕1号").sees("不含举报人的任何信息")
		name, data := boss.document()
		sum := sha256.Sum256(data)
		boss.sees(hex.EncodeToString(sum[:]))
		if r, err := bundle.Check(bytes.NewReader(data), int64(len(data))); err != nil || len(r.Faults) > 0 || r.Copies != 2 || r.Matter {
			t.Errorf("%s: %+v %v", name, r, err)
		}
		all := unzipped(t, data)
		c := w.caseOf(number)
		for _, secret := range []string{string(c.Reporter), "马", c.Code, sewage, c.Evidence[0].SHA256[:12] + "-"} {
			if strings.Contains(all, secret) {
				t.Errorf("the file tells %q", secret)
			}
		}
		if !strings.Contains(all, "发现一处暗管直排") {
			t.Error("the file does not tell what was found")
		}
		w.until("2026-11-10 09:00")
		desk.says("/refer").sees("未了结 1 件").presses(number + " → 公安机关").presses("📥 对方签收").says("明天 王警官").sees("不能晚于今天")
		desk.says("11-05 王警官").sees("不能早于上一步的 2026-11-06").says("11-09 王警官签收").sees("2026-11-09 对方签收：王警官签收（11-10 09:0")
		w.until("2026-11-13 08:00")
		desk.sees("请问对方是否受理").presses("⚖️ 打开").presses("🚫 对方不受理").says("今天 认为尚不构成犯罪").sees("不予受理")
		w.until("2026-11-16 08:00")
		desk.sees("要复议的请抓紧").presses("⚖️ 打开").presses("🔁 提请复议").says("今天 检测报告显示超标十倍").sees("已提请复议")
		desk.presses("👌 对方受理").says("今天").sees("已受理").presses("📂 立案").says("今天").sees("已立案").presses("🏁 处理结果").says("今天").sees("请写明理由或情况")
		desk.says("今天 判处罚金").sees("已有结果")
		boss.says("/refer 2026").sees("公安机关：移送 1，签收 1，受理 1，不受理 0，立案 1，有结果 1").sees("检察机关：移送 0")
		boss.says("/find " + number).presses("⚖️ 公安机关：已有结果").sees("判处罚金").presses("📄 移送函").presses("🖨 打印件")
		if text := printed(t, boss.receives(".pdf")); !strings.Contains(text, "案件移送函") || !strings.Contains(text, "乐环案移〔2026〕1号") {
			t.Errorf("the letter says:\n%s", text)
		}
		li.says("/find " + number)
		if li.lastHasButton("⚖️") {
			t.Error("an inspector reads of the referral")
		}
		li.forges("rf:pdf:" + w.lastData(boss, "rf:pdf:")).seesNot("可以直接打印")
		ma.knowsNothingOf("公安", "移送")
		w.golden("referral.txt")
	})
}

// TestReferralNeedsProof: what was not found to be a violation is not handed over, nor by whoever is no part of the office.
func TestReferralNeedsProof(t *testing.T) {
	storyFrom(t, monday, closingRoster, func(w *world) {
		desk, li, boss := w.officer("desk"), w.officer("li"), w.officer("boss")
		ma := w.citizen("马")
		number := w.answered(ma, desk, li)
		boss.says("/refer " + number).sees("只有查证属实、确有违法")
		li.says("/refer").sees("只对有相应职责的人员开放")
		ma.says("/refer " + number).sees("只对有相应职责的人员开放")
		boss.says("/refer").sees("没有未了结的")
	})
}

// unzipped is everything in a bundle.
func unzipped(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		if err == nil {
			_, err = io.Copy(&out, in)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}
