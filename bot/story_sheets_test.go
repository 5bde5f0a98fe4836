package main

import (
	"bytes"
	"context"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/seeds"
)

// handBook is a workbook in the hands of the admin.
type handBook struct {
	t    *testing.T
	file *excelize.File
	name string // of the first sheet
}

// exports asks for a table and opens it.
func (p *person) exports(kind string) *handBook {
	p.w.t.Helper()
	p.says("/export " + kind)
	name, data := p.document()
	if !strings.HasSuffix(name, ".xlsx") {
		p.w.t.Fatalf("%q came:\n%s", name, p.screen())
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		p.w.t.Fatal(err)
	}
	return &handBook{p.w.t, f, f.GetSheetList()[0]}
}

// sends sends a workbook back.
func (p *person) sends(b *handBook) *person {
	p.w.t.Helper()
	var out bytes.Buffer
	if err := b.file.Write(&out); err != nil {
		p.w.t.Fatal(err)
	}
	p.does(func() { p.SendsDocument("表.xlsx", "", out.Bytes()) })
	return p
}

// row finds the first row in which a cell says just that, from 1.
func (b *handBook) row(words string) int {
	b.t.Helper()
	rows, err := b.file.GetRows(b.name)
	if err != nil {
		b.t.Fatal(err)
	}
	for i, r := range rows {
		if slices.Contains(r, words) {
			return i + 1
		}
	}
	b.t.Fatalf("no row with %q", words)
	return 0
}

func (b *handBook) size() int {
	rows, err := b.file.GetRows(b.name)
	if err != nil {
		b.t.Fatal(err)
	}
	return len(rows)
}

// writes puts values into the columns of these headings.
func (b *handBook) writes(row int, values map[string]string) {
	b.t.Helper()
	heads, err := b.file.GetRows(b.name)
	if err != nil {
		b.t.Fatal(err)
	}
	for label, v := range values {
		found := false
		for x, head := range heads[0] {
			if head == label {
				at, _ := excelize.CoordinatesToCellName(x+1, row)
				if err := b.file.SetCellStr(b.name, at, v); err != nil {
					b.t.Fatal(err)
				}
				found = true
			}
		}
		if !found {
			b.t.Fatalf("no column %s in %v", label, heads[0])
		}
	}
}

func (b *handBook) removes(row int) {
	b.t.Helper()
	if err := b.file.RemoveRow(b.name, row); err != nil {
		b.t.Fatal(err)
	}
}

// TestEveryTableComesBackUnchanged: what is exported and sent back as it is changes nothing, whatever the table.
func TestEveryTableComesBackUnchanged(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		for _, k := range sheet.Kinds() {
			before := admin.count("没有要改的")
			admin.sends(admin.exports(string(k)))
			if admin.count("没有要改的") != before+1 {
				t.Errorf("%s:\n%s", k, admin.last())
			}
		}
		admin.says("/language").presses("English")
		for _, k := range sheet.Kinds() {
			before := admin.count("nothing to change")
			admin.sends(admin.exports(string(k)))
			if admin.count("nothing to change") != before+1 {
				t.Errorf("%s:\n%s", k, admin.last())
			}
		}
		admin.says("/imports").sees("Nothing was imported yet")
	})
}

// TestRosterBySpreadsheet: the admin appoints, ends and renames by a sheet, sees what that means before it counts, and
// takes it back; nothing of who was responsible is lost.
func TestRosterBySpreadsheet(t *testing.T) {
	story(t, func(w *world) {
		admin, li := w.officer("root-admin"), w.officer("li")
		b := admin.exports("roster")
		li.says("/work").sees("没有待办任务")
		b.writes(b.size()+1, map[string]string{"姓名": "赵六", "角色": "网格员", "网格": "寿乐镇", "任职起始日": "2026/11/2"})
		b.writes(b.row("样例·王某"), map[string]string{"职务": "环保站站长"})
		b.removes(b.row("样例·李某"))
		admin.sends(b).sees("新增1，修改1，结束任职1")
		yes := confirming(admin)
		admin.sees("➖ 结束任职 样例·李某 li 网格员 630202102 寿乐镇").sees("职务 （空） → 环保站站长").sees("赵六")
		if r := w.roster(); len(r.Holders(grid.Inspector, "630202102", time.Now())) != 1 {
			t.Error("it counts before it was confirmed")
		}
		admin.presses("确认导入").sees("已生效：人员名册，共3处")
		r := w.roster()
		holders := r.Holders(grid.Inspector, "630202102", time.Now())
		if len(holders) != 1 || holders[0].Name != "赵六" || holders[0].Sample {
			t.Errorf("inspectors now: %+v", holders)
		}
		if wang, _ := r.Officer("wang"); wang.Title != "环保站站长" {
			t.Errorf("wang is %+v", wang)
		}
		if served := r.Served("630202102", monday.AddDate(0, -1, 0), monday.AddDate(0, 0, -1), grid.Inspector); len(served) != 1 || served[0].Officer.ID != "li" {
			t.Errorf("a month ago it was %+v", served)
		}
		li.says("/work").sees("只对有相应职责的人员开放")
		admin.does(func() { admin.Forges(1, yes) })
		admin.sees("已经处理过了")
		admin.says("/imports").sees("样例·管理员 人员名册：3处").presses("撤销 1").sees("新增1，修改1，结束任职1").presses("确认导入")
		r = w.roster()
		if holders := r.Holders(grid.Inspector, "630202102", time.Now()); len(holders) != 1 || holders[0].ID != "li" || holders[0].Person == "" {
			t.Errorf("after undoing: %+v", holders)
		}
		if wang, _ := r.Officer("wang"); wang.Title != "" {
			t.Errorf("wang is %+v", wang)
		}
		li.says("/work")
		admin.says("/imports").sees("（已撤销）").sees("（撤销前面的导入）")
	})
}

func (w *world) roster() *grid.Roster {
	w.t.Helper()
	r, err := w.app.store.Roster(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// TestSheetWithMistakes: every mistake is said with its row, its column and what would be right, and nothing counts.
func TestSheetWithMistakes(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		b := admin.exports("roster")
		li, wang := b.row("样例·李某"), b.row("样例·王某")
		b.writes(li, map[string]string{"角色": "村长", "网格": "某村"})
		b.writes(wang, map[string]string{"任职截止日": "2020-01-01", "代理人编号": "nobody"})
		b.removes(b.row("样例·管理员"))
		before := w.roster().Version
		admin.sends(b).sees("处错误，没有作任何改动").sees("“角色”：“村长”不能用。应填：").sees("“网格”：“某村”不能用").sees("“代理人编号”").sees("“任职截止日”：“2020-01-01”不能用")
		if confirming(admin) != "" {
			t.Error("it can be confirmed all the same")
		}
		if after := w.roster().Version; after != before {
			t.Error("the roster has changed")
		}
		b = admin.exports("roster")
		b.removes(b.row("样例·管理员"))
		admin.sends(b).sees("没有已接入的管理员了")
		for name, data := range map[string][]byte{"a.xlsx": []byte("PK\x03\x04x"), "b.csv": []byte("a,b\n1,2"), "c.csv": []byte("姓名,角色\n李某,网格员"), "d.xls": []byte("\xd0\xcf\x11\xe0")} {
			admin.does(func() { admin.SendsDocument(name, "", data) })
		}
		admin.sees("这个文件打不开").sees("看不出这是哪张表").sees("人员名册缺少列")
		admin.does(func() { admin.SendsHugeDocument("e.xlsx", "", 3<<20) })
		admin.sees("文件太大")
	})
}

// confirming is what the button that confirms an import carries, if the newest message has it.
func confirming(p *person) string {
	messages := p.FromBot()
	data, _ := buttonData(messages[len(messages)-1], "确认导入")
	return data
}

// TestOnlyAdminsImport: for everybody else the commands are closed, the buttons prove nothing, and a workbook is a file
// like any other.
func TestOnlyAdminsImport(t *testing.T) {
	story(t, func(w *world) {
		admin, desk := w.officer("root-admin"), w.officer("desk")
		b := admin.exports("roster")
		b.writes(b.row("样例·王某"), map[string]string{"职务": "站长"})
		admin.sends(b).sees("确认")
		yes := confirming(admin)
		for _, c := range []string{"/export roster", "/imports", "/template"} {
			n := desk.count("只对有相应职责的人员开放")
			desk.says(c)
			if desk.count("只对有相应职责的人员开放") != n+1 {
				t.Errorf("%s: %s", c, desk.last())
			}
		}
		desk.does(func() { desk.Forges(1, yes) })
		desk.sends(b)
		desk.seesNot("修改1")
		if wang, _ := w.roster().Officer("wang"); wang.Title != "" {
			t.Errorf("wang is %+v", wang)
		}
		admin.presses("取消").sees("没有作任何改动")
		w.sleep(time.Minute)
		admin.does(func() { admin.Forges(1, yes) })
		admin.sees("已不存在或已过期")
	})
}

// TestTwoAdminsAtTheTable: what was compared is no longer what is in force, so it is compared and shown again.
func TestTwoAdminsAtTheTable(t *testing.T) {
	storyFrom(t, monday, appoint("admin2", grid.Admin, "630202"), func(w *world) {
		one, two := w.officer("root-admin"), w.citizen("管理员乙")
		code := link.FindStringSubmatch(one.says("/invite admin2").last())
		two.does(func() { two.Starts(code[1]) })
		b, c := one.exports("roster"), two.exports("roster")
		b.writes(b.row("样例·王某"), map[string]string{"职务": "站长"})
		b.writes(b.row("样例·李某"), map[string]string{"职务": "干事"})
		c.writes(c.row("样例·王某"), map[string]string{"职务": "主任"})
		one.sends(b).sees("修改2")
		two.sends(c).presses("确认导入").sees("已生效")
		one.presses("确认导入").sees("请重新核对").sees("后来又有人改过").sees("修改1").presses("确认导入").sees("已生效：人员名册，共1处")
		r := w.roster()
		wang, _ := r.Officer("wang")
		li, _ := r.Officer("li")
		if wang.Title != "主任" || li.Title != "干事" {
			t.Errorf("wang %q, li %q", wang.Title, li.Title)
		}
		one.says("/imports").presses("撤销 2").sees("修改1").presses("确认导入").sees("已生效")
		if wang, _ = w.roster().Officer("wang"); wang.Title != "" {
			t.Errorf("wang is %q", wang.Title)
		}
	})
}

// TestSettingsBySpreadsheet: a number of law is changed with its source while the program runs, counts at once and after
// a restart, and is restored.
func TestSettingsBySpreadsheet(t *testing.T) {
	story(t, func(w *world) {
		admin, ma := w.officer("root-admin"), w.citizen("马")
		b := admin.exports("settings")
		row := b.row("max_text")
		b.writes(row, map[string]string{"值": "20", "依据": ""})
		b.writes(b.row("near_boundary"), map[string]string{"单位": "km"})
		b.writes(b.row("hotline"), map[string]string{"设置项": "hot_line"})
		admin.sends(b).sees("“依据”：“（空）”不能用").sees("“单位”：“km”不能用").sees("程序里没有“hot_line”").sees("缺少“hotline”")
		b = admin.exports("settings")
		b.writes(row, map[string]string{"值": "20", "依据": "本局2026年第1号通知"})
		b.writes(b.row("send_per_chat"), map[string]string{"值": "2"})
		admin.sends(b).sees("max_text 每件举报最多字数：值 3500 → 20；依据").sees("重新启动程序后才生效：对同一人每秒最多发送消息数").presses("确认导入").sees("已生效")
		w.sleep(time.Minute)
		if got := w.app.current.Load().Settings.MaxText; got != 20 {
			t.Fatalf("max_text is %d", got)
		}
		ma.says("/report").says(strings.Repeat("河里有人倒垃圾", 5)).sees("20")
		w.restart()
		if got := w.app.current.Load().Settings.MaxText; got != 20 {
			t.Errorf("max_text is %d after a restart", got)
		}
		admin.says("/imports").presses("撤销 1").sees("值 20 → 3500").presses("确认导入").sees("已生效")
		w.sleep(time.Minute)
		if got := w.app.current.Load().Settings.MaxText; got != 3500 {
			t.Errorf("max_text is %d after undoing", got)
		}
	})
}

// TestCellsAndCategoriesBySpreadsheet: the whole district is judged as one, a renamed cell is called so at once, and what
// cases belong to is not taken away.
func TestCellsAndCategoriesBySpreadsheet(t *testing.T) {
	story(t, func(w *world) {
		admin, ma := w.officer("root-admin"), w.citizen("马")
		number := ma.submits(sewage)
		cell := w.caseOf(number).Cell
		b := admin.exports("cells")
		b.writes(b.row("630202102"), map[string]string{"网格名称": "寿乐新镇"})
		b.writes(b.size()+1, map[string]string{"网格代码": "630202102999", "上级代码": "630202102", "层级": "3", "网格类型": "村", "网格名称": "新家园村"})
		admin.sends(b).sees("新增1，修改1").presses("确认导入").sees("已生效")
		w.sleep(time.Minute)
		if got := w.app.current.Load().Tree.PathName("630202102999"); got != "寿乐新镇新家园村" {
			t.Errorf("the new cell is %s", got)
		}
		admin.says("/roster 寿乐新镇").sees("样例·李某")
		b = admin.exports("cells")
		b.removes(b.row("630202102999"))
		b.removes(b.row(string(cell)))
		admin.sends(b).sees("“" + string(cell) + "”不能删去：还有举报件属于它")

		b = admin.exports("categories")
		b.writes(b.row("odour"), map[string]string{"识别词": "臭得很 电镀味儿", "牵头部门": "某局"})
		admin.sends(b).sees("“牵头部门”：“某局”不能用")
		b = admin.exports("categories")
		b.writes(b.row("odour"), map[string]string{"识别词": "臭得很 电镀味儿"})
		admin.sends(b).sees("识别词 增加 电镀味儿，去掉").presses("确认导入").sees("已生效")
		w.sleep(time.Minute)
		if v := w.app.book.Classify("这里有电镀味儿"); len(v.Categories) == 0 || v.Categories[0] != "air" {
			t.Errorf("the new word says %+v", v)
		}
	})
}

// TestWordingInChat: a notice is worded anew in chat, what lacks a place is refused, and the original comes back.
func TestWordingInChat(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		key := "notice.in_court"
		original := w.app.desk.Texts.Original("zh-CN", key)
		admin.says("/template").sees(key)
		admin.says("/template nothing").sees("没有编号为nothing的文书")
		admin.says("/template " + key).sees("改写请发送")
		admin.says("/template " + key + " {name}您好").sees("花括号占位与原文不一致")
		admin.says("/template " + key + " <b>" + original).sees("Telegram发不出这样的内容")
		admin.says("/template " + key + " 本局答复：" + original).sees("修改1").presses("确认导入").sees("已生效")
		if got := w.app.desk.Texts.Wording("zh-CN", key); got != "本局答复："+original {
			t.Errorf("said is %s", got)
		}
		w.restart()
		admin.says("/template " + key).sees("（已改写）").presses("恢复原文").presses("确认导入")
		if got := w.app.desk.Texts.Wording("zh-CN", key); got != original {
			t.Errorf("said is %s", got)
		}
	})
}

// TestBrokenBook: a table that no longer fits the folder never keeps the program from starting; the others still count.
func TestBrokenBook(t *testing.T) {
	story(t, func(w *world) {
		admin := w.officer("root-admin")
		b := admin.exports("settings")
		b.writes(b.row("max_text"), map[string]string{"值": "30"})
		admin.sends(b).presses("确认导入").sees("已生效")
		b = admin.exports("categories")
		b.writes(b.row("odour"), map[string]string{"牵头部门": "区水务局"})
		admin.sends(b).presses("确认导入")
		w.sleep(time.Minute)
		folder := copyOf(t, seeds.Ledu)
		for name, file := range folder { // whatever names the department
			if strings.HasSuffix(name, ".yaml") {
				file.Data = bytes.ReplaceAll(file.Data, []byte("区水务局"), []byte("区水务新局"))
			}
		}
		w.parts.Seeds = folder
		w.restart()
		d := w.app.current.Load()
		if d.Settings.MaxText != 30 {
			t.Errorf("the sound table does not count: max_text is %d", d.Settings.MaxText)
		}
		admin.says("/export categories").sees("污染类别")
		f := newFolder(folder, w.parts.District, w.app.store, nil)
		b2, err := readBooks(context.Background(), w.app.store)
		if err != nil {
			t.Fatal(err)
		}
		if _, left := f.district(b2); len(left) != 1 || left[0].kind != sheet.Categories {
			t.Errorf("left out: %+v", left)
		}
	})
}

// copyOf reads a folder into memory, where a test may change it.
func copyOf(t *testing.T, fsys fs.FS) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
