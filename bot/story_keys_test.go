package main

import (
	"context"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/seal"
)

// TestKeysAreRotated as an office does it: a new key in front, the command, the old key out. Officers keep their roles,
// reporters their reports, drafts go on, evidence opens.
func TestKeysAreRotated(t *testing.T) {
	story(t, func(w *world) {
		first, second := strings.Repeat("0123456789abcdef", 4), strings.Repeat("89abcdef01234567", 4)
		desk := w.officer("desk")
		ma, yang := w.citizen("马"), w.citizen("杨")
		ma.photographs(3, "马厂乡洗沙场往河里排泥水").locates(102.7543, 36.4434)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		yang.says("寿乐镇土官口村有人倒垃圾").sees("请核对")
		w.withKeys(second + "," + first)
		rotate := []string{
			"key", "rotate", "--keys", second + "," + first, "--redis-url", w.parts.Redis.URL, "--media", w.parts.Media,
		}
		code, out, errs := call(t, "", rotate...)
		if code != 0 || !strings.Contains(out, " 0 still under older keys, 0 open with no key") {
			t.Fatalf("%d\n%s%s", code, out, errs)
		}
		w.withKeys(second)
		ma.says("/my").presses(number).sees("洗沙场")
		desk.says("/find " + number).presses("✅ 受理")
		ma.sees("已受理，举报件号")
		yang.presses("提交").sees("已登记")
		file, err := w.app.store.File(context.Background(), w.caseOf(number).Evidence[0].File)
		if err == nil {
			_, err = w.app.vault.Original(context.Background(), file.SHA256)
		}
		if err != nil {
			t.Errorf("the photo: %v", err)
		}
		if code, _, errs = call(t, "", "key", "rotate", "--keys", first, "--redis-url", w.parts.Redis.URL, "--media", w.parts.Media); code == 0 ||
			!strings.Contains(errs, "not those") {
			t.Errorf("with the old key alone: %d %s", code, errs)
		}
		if code, out, _ = call(t, "", "key"); code != 0 || len(strings.TrimSpace(out)) != 44 {
			t.Errorf("a new key: %d %q", code, out)
		}
	})
}

// withKeys restarts the program with other keys.
func (w *world) withKeys(list string) {
	w.t.Helper()
	keys, err := seal.ParseKeys(list)
	if err != nil {
		w.t.Fatal(err)
	}
	w.stop()
	w.parts.Keys = keys
	w.start()
}
