package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// complaint is one of a corpus of published complaints.
type complaint struct {
	Text     string `json:"text"`
	Place    string `json:"place"`
	Category string `json:"category"` // as published, main one first
}

// published are the categories as offices publish them.
var published = map[string]string{
	"水": "water", "养殖": "water", "大气": "air", "油烟": "air", "扬尘": "air", "异味": "air", "恶臭": "air", "噪声": "noise", "固废": "solid_waste",
	"垃圾": "solid_waste", "土壤": "soil", "生态": "ecology", "辐射": "radiation", "其他": "other",
}

// fate is what became of a complaint.
type fate struct {
	category bool // known without asking
	right    bool // and as published
	cell     bool // known without a choice
	asked    bool // among several cells
	away     bool
	assigned bool // by the district, because no place was found
	others   bool // told who is in charge
	filed    bool
}

// TestReplay lets people report published complaints as they would: what happened, then, when asked, where. It tells how
// many got a category and a cell; everybody must come to the end of the conversation.
func TestReplay(t *testing.T) {
	corpus := readComplaints(t)
	story(t, func(w *world) {
		w.officer("desk")
		var sum struct{ category, right, labelled, cell, asked, away, assigned, others, filed int }
		count := func(n *int, yes bool) {
			if yes {
				*n++
			}
		}
		for _, c := range corpus {
			f := w.citizen("路人").reports(c)
			count(&sum.category, f.category)
			count(&sum.labelled, c.Category != "")
			count(&sum.right, f.right)
			count(&sum.cell, f.cell)
			count(&sum.asked, f.asked)
			count(&sum.away, f.away)
			count(&sum.assigned, f.assigned)
			count(&sum.others, f.others)
			count(&sum.filed, f.filed)
		}
		n := len(corpus)
		t.Logf("%d complaints: %d got a category (%d of %d the published one), %d a cell at once, %d were asked among cells, %d are out of area, "+
			"%d are left to the district, %d are others' matters; %d were filed",
			n, sum.category, sum.right, sum.labelled, sum.cell, sum.asked, sum.away, sum.assigned, sum.others, sum.filed)
		if sum.filed != n {
			t.Errorf("%d conversations did not come to their end", n-sum.filed)
		}
		if sum.category*100 < n*80 {
			t.Errorf("only %d of %d got a category", sum.category, n)
		}
		if (sum.cell+sum.asked+sum.away)*100 < n*50 {
			t.Errorf("only %d of %d got a place", sum.cell+sum.asked+sum.away, n)
		}
	})
}

// readComplaints reads the published complaints of the repository, and gives each a place.
func readComplaints(t *testing.T) []complaint {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "grid", "category", "testdata", "real.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []complaint
	for d := json.NewDecoder(f); d.More(); {
		var c complaint
		if err := d.Decode(&c); err != nil {
			t.Fatalf("complaint %d: %v", len(out)+1, err)
		}
		out = append(out, c)
	}
	places := []string{"寿乐镇土官口村", "雨润镇", "高庙镇", "引胜沟边", "马厂乡", "平安区", "说不清"}
	for i := range out {
		out[i].Place = places[i%len(places)]
	}
	if len(out) < 10 {
		t.Fatalf("the corpus has %d complaints", len(out))
	}
	return out
}

// reports tells the complaint and answers whatever is asked, as somebody would who knows no more than the complaint says.
func (p *person) reports(c complaint) fate {
	f := fate{category: true}
	p.says(c.Text)
	places := []string{c.Place, "不知道", "不知道", "不知道"}
	for range 12 {
		switch last := p.last(); {
		case strings.Contains(last, "请核对"):
			p.presses("提交")
		case strings.Contains(last, "是上面这件吗"):
			p.presses("我报的是另一件")
		case strings.Contains(last, "这属于哪一类"):
			f.category = false
			p.presses("其他")
		case strings.Contains(last, "仍然登记"), p.lastHasButton("仍然登记"):
			f.others = f.others || strings.Contains(last, "您说的像是")
			p.presses("仍然登记")
		case p.lastHasButton("都不是"):
			f.asked = true
			p.presses(p.firstButton())
		case strings.Contains(last, "已登记"):
			f.filed = true
			p.judge(c, &f)
			return f
		case strings.Contains(last, "请再补充一句"), strings.Contains(last, "请写一句话"):
			p.says("请你们来查一查，" + c.Place)
		case len(places) > 0:
			p.says(places[0])
			places = places[1:]
		default:
			p.w.t.Logf("stuck:\n%s", p.screen())
			return f
		}
	}
	p.w.t.Logf("went round in circles:\n%s", p.screen())
	return f
}

// firstButton is the label of the first button under the newest message.
func (p *person) firstButton() string {
	m := p.FromBot()
	return m[len(m)-1].ReplyMarkup.InlineKeyboard[0][0].Text
}

// judge reads what was stored.
func (p *person) judge(c complaint, f *fate) {
	got := p.w.caseOf(p.number())
	main, _, _ := strings.Cut(c.Category, ";")
	f.right = f.category && slices.Contains(got.Categories, published[main])
	f.away = got.State == casework.OutOfArea
	f.assigned = got.Cell == p.w.app.book.Unassigned() && !f.away
	f.cell = !f.away && !f.assigned && !f.asked
}
