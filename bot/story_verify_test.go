package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// verify runs `gridwarden verify` beside the program at work.
func (w *world) verify(args ...string) (code int, out string) {
	w.t.Helper()
	code, out, errs := call(w.t, "", append([]string{
		"verify", "--redis-url", w.parts.Redis.URL, "--redis-pool", "64", "--keys", strings.Repeat("0123456789abcdef", 4), "--media", w.parts.Media,
	}, args...)...)
	return code, out + errs
}

// TestVerifyFindsEveryKindOfDamage: whatever somebody with full access to Redis and to the folder of evidence does to the
// record, the check says what is wrong and where; put right, all is whole again.
func TestVerifyFindsEveryKindOfDamage(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		ma := w.citizen("马")
		ma.photographs(1, sewage)
		ma.presses("提交").sees("已登记")
		number := ma.number()
		desk.sees("待受理").presses("受理")
		li.sees("新任务").presses("接办")
		yang := w.citizen("杨")
		yang.says(smoke).locates(102.404, 36.538).presses("寿乐镇").presses("提交").sees("已登记")
		other := yang.number()
		w.sleep(40 * time.Hour)
		li.says("/work")
		code, out := w.verify()
		if code != 0 || !strings.Contains(out, "记录完整：2 件") || !strings.Contains(out, "1 个证据文件、2 个每日留痕") {
			t.Fatalf("%d: %s", code, out)
		}
		c := w.caseOf(number)
		if _, out = w.verify("--anchor", "1:"+w.anchorHash(1)); !strings.Contains(out, "记录完整") {
			t.Fatalf("the digest's anchor: %s", out)
		}
		ctx := context.Background()
		a := &attack{w: w, db: w.redis(), c: c, shown: c.CaseNo}
		defer func() { _ = a.db.Close() }()
		for _, tt := range []struct {
			name string
			do   func()
			want string
			args []string
		}{
			{"an event altered", func() { a.event(2, `"b":"desk"`, `"b":"boss"`) }, "第 2 条记录被改动", nil},
			{"an event dropped", func() { a.drop(2) }, "第 2 条记录被改动", nil},
			{"events exchanged", func() { a.exchange(1, 2) }, "第 1 条记录被改动", nil},
			{"the last event dropped", func() { a.drop(-1) }, fmt.Sprintf("从第 %d 条起的记录不见了", c.Events), nil},
			{"one event too many", func() { a.double(1) }, fmt.Sprintf("第 %d 条记录被改动", c.Events+1), nil},
			{"the report's words changed", func() { a.event(0, c.Text, "无事") }, "案卷内容与最后一条记录", nil},
			{"the clock of the case", func() { a.event(0, `"s":"handling"`, `"s":"closed"`) }, "案卷内容与最后一条记录", nil},
			{"nonsense for a case", func() { a.db.LSet(ctx, a.doc(), 0, "{") }, "无法读取", nil},
			{"the tail cut off with the case", func() { a.cutBack() }, "与每日留痕不符", nil},
			{"a case gone, its number left", func() { a.db.Del(ctx, a.doc()) }, "案卷不见了", nil},
			{"a case gone with its numbers", func() {
				a.db.Del(ctx, a.doc())
				a.db.HDel(ctx, a.key("numbers"), c.Number, c.CaseNo)
			}, c.Number + "：编号已发出，案卷不见了", nil},
			{"a number for another case", func() { a.db.HSet(ctx, a.key("numbers"), other, string(c.ID)) }, other, nil},
			{"hidden from the worklist", func() { a.db.ZRem(ctx, a.key("queue:cell/"+string(c.Cell)), string(c.ID)) }, "索引 queue:cell/", nil},
			{"hidden from the clock", func() { a.db.ZRem(ctx, a.key("due"), string(c.ID)) }, "索引 due", nil},
			{"put to the end of the worklist", func() {
				a.db.ZAdd(ctx, a.key("queue:cell/"+string(c.Cell)), redis.Z{Member: string(c.ID), Score: 9e9})
			}, "索引 queue:cell/", nil},
			{"a worklist with a ghost", func() { a.db.ZAdd(ctx, a.key("queue:review"), redis.Z{Member: "ghost"}) }, "queue:review 中多出一项", nil},
			{"an anchor dropped", func() { a.db.LPop(ctx, a.key("anchors")) }, "从第 1 号起断链", nil},
			{"all anchors made anew", func() { a.db.Del(ctx, a.key("anchors")) }, "不是提要里的那一个", []string{"--anchor", "1:" + w.anchorHash(1)}},
			{"the file of another sender", func() { a.swapFile(c.Evidence[0].SHA256) }, "已不是原来的内容", nil},
			{"a file gone", func() { a.removeFile(c.Evidence[0].SHA256) }, "证据文件不见了", nil},
			{"the index of files", func() {
				a.db.HSet(ctx, a.key("files"), c.Evidence[0].File, `{"u":"x","s":"00"}`)
			}, "文件登记与记录不符", nil},
		} {
			before := a.everything()
			tt.do()
			code, out := w.verify(tt.args...)
			if code != 1 || !strings.Contains(out, tt.want) || !strings.Contains(out, "记录不完整") {
				t.Errorf("%s: %d, want %q:\n%s", tt.name, code, tt.want, out)
			}
			a.restore(before)
			if code, out := w.verify(); code != 0 {
				t.Fatalf("after %s: %s", tt.name, out)
			}
		}
		if code, out := w.verify(other); code != 0 || !strings.Contains(out, "1 件") {
			t.Errorf("one case: %d %s", code, out)
		}
		if code, out := w.verify("2026-77777"); code != 1 || !strings.Contains(out, "案卷不见了") {
			t.Errorf("no such case: %d %s", code, out)
		}
	})
}

// TestVerifyFindsWhoIsPutOutOfSight: a case that somebody moves away from its next stage, or takes out of what the next anchor
// holds, is found out a day later.
func TestVerifyFindsWhoIsPutOutOfSight(t *testing.T) {
	story(t, func(w *world) {
		w.officer("desk")
		number := w.citizen("马").submits(sewage)
		c, ctx := w.caseOf(number), context.Background()
		a := &attack{w: w, db: w.redis(), c: c, shown: number}
		defer func() { _ = a.db.Close() }()
		a.db.ZAdd(ctx, a.key("due"), redis.Z{Member: string(c.ID), Score: 9e12})
		a.db.ZRem(ctx, a.key("changed"), string(c.ID))
		w.sleep(4 * 24 * time.Hour)
		code, out := w.verify()
		for _, want := range []string{"索引 due", "第 1 条起的记录早该写入每日留痕"} {
			if code != 1 || !strings.Contains(out, want) {
				t.Errorf("%d, want %q:\n%s", code, want, out)
			}
		}
	})
}

// anchorHash is what a digest said of an anchor.
func (w *world) anchorHash(n int) string {
	w.t.Helper()
	lines, err := w.app.store.Anchors(context.Background())
	if err != nil || len(lines) < n {
		w.t.Fatalf("%d anchors, %v", len(lines), err)
	}
	return casework.Sum([]byte(lines[n-1]))
}

// attack is somebody with full access to Redis, the folder of the evidence and even the keys.
type attack struct {
	w     *world
	db    *redis.Client
	c     casework.Case
	shown string
}

func (a *attack) key(name string) string { return "gw:{" + string(a.w.district.Code) + "}:" + name }
func (a *attack) doc() string            { return a.key("case:" + string(a.c.ID)) }
func (a *attack) list() []string         { return a.db.LRange(context.Background(), a.doc(), 0, -1).Val() }

// put replaces the whole list of the case.
func (a *attack) put(list []string) {
	a.w.t.Helper()
	ctx := context.Background()
	a.db.Del(ctx, a.doc())
	if err := a.db.RPush(ctx, a.doc(), list).Err(); err != nil {
		a.w.t.Fatal(err)
	}
}

// event replaces a part of one element; the case itself is number 0.
func (a *attack) event(n int, was, is string) {
	a.w.t.Helper()
	list := a.list()
	changed := strings.Replace(list[n], was, is, 1)
	if changed == list[n] {
		a.w.t.Fatalf("%q is not in %s", was, list[n])
	}
	list[n] = changed
	a.put(list)
}

// drop takes an event out; -1 is the last.
func (a *attack) drop(n int) {
	list := a.list()
	if n < 0 {
		n = len(list) - 1
	}
	a.put(append(list[:n], list[n+1:]...))
}

// double puts a copy of an event at the end.
func (a *attack) double(n int) {
	list := a.list()
	a.put(append(list, list[n]))
}

func (a *attack) exchange(m, n int) {
	list := a.list()
	list[m], list[n] = list[n], list[m]
	a.put(list)
}

// cutBack makes the case what it was after its first event, so well that its history verifies.
func (a *attack) cutBack() {
	a.w.t.Helper()
	list := a.list()
	var first casework.Event
	if err := json.Unmarshal([]byte(list[1]), &first); err != nil {
		a.w.t.Fatal(err)
	}
	c := a.c
	c.State, c.Disposition, c.Handler, c.CaseNo, c.Events, c.Head = casework.Registered, "", "", "", 1, first.Hash
	c.Came = time.Time{}
	c.Evidence = slices.Clone(c.Evidence)
	for i := range c.Evidence {
		c.Evidence[i].SHA256 = ""
	}
	first.Case, first.Seq = c.ID, 1
	if err := casework.Verify(c, []casework.Event{first}); err != nil {
		a.w.t.Fatalf("the forgery is a bad one: %v", err)
	}
	doc, err := json.Marshal(c)
	if err != nil {
		a.w.t.Fatal(err)
	}
	head, _, _ := strings.Cut(list[0], "\n")
	a.put([]string{head + "\n" + string(doc), list[1]})
}

func (a *attack) file(sha string) string {
	return filepath.Join(a.w.parts.Media, sha[:2], sha+".original")
}

// swapFile puts another file in the place of one, sealed with the right key.
func (a *attack) swapFile(sha string) {
	sealed := a.w.parts.Keys.Seal(photo(99), []byte("media/"+sha+".original"))
	if err := os.WriteFile(a.file(sha), sealed, 0o600); err != nil {
		a.w.t.Fatal(err)
	}
}

func (a *attack) removeFile(sha string) {
	if err := os.Remove(a.file(sha)); err != nil {
		a.w.t.Fatal(err)
	}
}

// snapshot is what restore puts back.
type snapshot struct {
	lists, hashes, zsets map[string]any
	files                map[string][]byte
}

// everything is a copy of what attacks change.
func (a *attack) everything() snapshot {
	ctx := context.Background()
	s := snapshot{map[string]any{}, map[string]any{}, map[string]any{}, map[string][]byte{}}
	for _, k := range []string{a.doc(), a.key("anchors")} {
		s.lists[k] = a.db.LRange(ctx, k, 0, -1).Val()
	}
	for _, k := range []string{a.key("numbers"), a.key("files")} {
		s.hashes[k] = a.db.HGetAll(ctx, k).Val()
	}
	for _, k := range []string{a.key("due"), a.key("queue:review"), a.key("queue:cell/" + string(a.c.Cell))} {
		s.zsets[k] = a.db.ZRangeWithScores(ctx, k, 0, -1).Val()
	}
	for _, e := range a.c.Evidence {
		data, err := os.ReadFile(a.file(e.SHA256))
		if err != nil {
			a.w.t.Fatal(err)
		}
		s.files[a.file(e.SHA256)] = data
	}
	return s
}

// restore puts everything back.
func (a *attack) restore(s snapshot) {
	ctx := context.Background()
	for k, v := range s.lists {
		a.db.Del(ctx, k)
		a.db.RPush(ctx, k, v)
	}
	for k, v := range s.hashes {
		a.db.Del(ctx, k)
		a.db.HSet(ctx, k, v)
	}
	for k, v := range s.zsets {
		a.db.Del(ctx, k)
		if list, _ := v.([]redis.Z); len(list) > 0 {
			a.db.ZAdd(ctx, k, list...)
		}
	}
	for name, data := range s.files {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			a.w.t.Fatal(err)
		}
	}
}
