package main

import "testing"

// TestWhoseItIsIsAskedWhenNobodyKnows: our own bureau is never named as the other authority.
func TestWhoseItIsIsAskedWhenNobodyKnows(t *testing.T) {
	story(t, func(w *world) {
		desk, ma := w.officer("desk"), w.citizen("马")
		ma.submits(sewage)
		desk.presses("不予受理").presses("不属环保职责").sees("归哪个部门管").seesNot("由生态环境")
		desk.says("区水务局").sees("由区水务局负责").presses("就这样发出")
		ma.sees("由区水务局负责")
	})
}

// TestWhoeverWritesOfDangerIsWarned, and told whom to call.
func TestWhoeverWritesOfDangerIsWarned(t *testing.T) {
	story(t, func(w *world) {
		ma := w.citizen("马")
		ma.says("工厂晚上味道大，熏得人呼吸困难，头晕恶心").sees("有人不舒服打 120").sees("着火、泄漏打 119")
	})
}
