package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing/synctest"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
)

// complaints are what people write, and places where; some cells have nobody nearer than the district.
var (
	complaints = []string{
		"有人把污水直接排到河里，水都发黑了", "工厂晚上偷排废气，味道呛得睡不着", "河边倒了很多建筑垃圾没人管",
		"养殖场的粪水流到路上，臭得很", "烧秸秆烟大得很", "砖窑冒黑烟", "采石场半夜放炮噪声大",
	}
	places = []string{"寿乐镇土官口村", "寿乐镇王佛寺村", "高庙镇", "寿乐镇", "高店镇", "瞿昙镇", "洪水镇"}
)

// citizensAct: people report, and those who were answered say whether it is solved, or say nothing.
func (y *year) citizensAct(works bool) {
	share := 25
	if works {
		share = 55
	}
	for range 4 {
		if y.chance(share) {
			y.writes().submitsIt()
		}
	}
	for _, c := range y.cases(casework.ConfirmQueue) {
		p, known := y.byName[c.Reporter]
		switch {
		case !known || !y.chance(6): // most wait, many for ever
		case y.chance(80):
			p.pressesOn(c.ID, "confirm")
			p.tapsAny(fmt.Sprintf("c:rate%d:", 1+y.rng.IntN(5)))
		default:
			p.pressesOn(c.ID, "object")
			p.Says("水还是黑的，没有解决")
			p.settles()
			p.tapsAny(":object:")
		}
	}
	for _, c := range y.cases(casework.AskedQueue) {
		if p, known := y.byName[c.Reporter]; known && y.chance(40) && p.tapsAny("f1:") {
			p.settles()
			p.Says("就在村口的桥下面，每天晚上")
			p.settles()
		}
	}
	synctest.Wait()
}

// writes is somebody's complaint, in one message.
func (y *year) writes() *person {
	p := y.citizens[y.rng.IntN(len(y.citizens))]
	y.reported++
	p.Says(fmt.Sprintf("%s%s，第%d次说", places[y.rng.IntN(len(places))], complaints[y.rng.IntN(len(complaints))], y.reported))
	return p
}

// submitsIt presses what the answers ask for, until the report is submitted.
func (p *person) submitsIt() {
	p.settles()
	for _, verb := range []string{":fresh:", ":another:", ":submit:"} {
		if p.tapsAny(verb) {
			p.settles()
		}
	}
}

// settles waits until the program has answered, at the pace that Telegram allows in one chat.
func (p *person) settles() {
	synctest.Wait()
	time.Sleep(3 * time.Second)
	synctest.Wait()
}

// tapsAny presses the newest button whose data holds the text, and tells whether there was one.
func (p *person) tapsAny(part string) bool {
	for _, m := range slices.Backward(p.FromBot()) {
		if m.ReplyMarkup == nil {
			continue
		}
		for _, row := range m.ReplyMarkup.InlineKeyboard {
			for _, b := range row {
				if strings.Contains(b.CallbackData, part) {
					_, err := p.Presses(m.ID, b.CallbackData)
					p.settles()
					return err == nil
				}
			}
		}
	}
	return false
}

// pressesOn presses a button of that verb under the case, wherever on the phone it stands by now.
func (p *person) pressesOn(id casework.CaseID, verb string) {
	p.Forges(1, "c:"+verb+":"+string(id))
	p.settles()
}

// acts opens a case and presses the button of that verb, as an officer does from a worklist.
func (p *person) acts(id casework.CaseID, verb string) bool {
	p.pressesOn(id, "open")
	return p.tapsAny("c:" + verb + ":" + string(id))
}

// officersAct: each works off some of what waits for them, and leaves some of it lying.
func (y *year) officersAct() {
	y.deskDecides()
	y.cellsWork()
	y.deskCloses()
	y.supervisorsLook()
}

func (y *year) deskDecides() {
	desk := y.officers["desk"]
	for _, c := range y.cases(casework.DecideQueue) {
		switch {
		case y.chance(35): // later
		case y.chance(85):
			desk.acts(c.ID, "accept")
		case c.Asked.IsZero() && y.chance(40):
			if desk.acts(c.ID, "ask_more") {
				desk.Says("请说明具体位置和时间")
				desk.settles()
				desk.tapsAny(":send:")
			}
		default:
			if desk.acts(c.ID, "refuse") && desk.tapsAny(":disposition:in_court") {
				desk.tapsAny(":send:")
			}
		}
	}
	for _, c := range y.cases(casework.DisputeQueue) {
		if y.chance(30) && desk.acts(c.ID, "reassign") {
			desk.tapsAny(":target:")
		}
	}
}

// cellsWork: those of the two townships see to their own, the district's inspector to the rest.
func (y *year) cellsWork() {
	for _, who := range []struct {
		id   grid.OfficerID
		area string
	}{{y.inspector, "630202102"}, {"wang", "630202103"}, {"zhao", "630202"}} {
		for _, c := range y.cases(y.queuesOf(who.area)...) {
			y.work(y.officers[who.id], c)
		}
	}
}

// queuesOf are the worklists of an area; those of the district leave out what the two townships have.
func (y *year) queuesOf(area string) []casework.Queue {
	var out []casework.Queue
	for _, cell := range y.w.app.work.Tree.Cells() {
		code := string(cell.Code)
		own := strings.HasPrefix(code, "630202102") || strings.HasPrefix(code, "630202103")
		if strings.HasPrefix(code, area) && (len(area) > 6 || !own) {
			out = append(out, casework.CellQueue(cell.Code))
		}
	}
	return out
}

func (y *year) work(p *person, c casework.Case) {
	switch {
	case c.State == casework.Accepted && y.chance(2):
		if p.acts(c.ID, "not_mine") && p.tapsAny(":reason:boundary") {
			p.tapsAny(":target:")
		}
	case c.State == casework.Accepted && y.chance(50):
		p.acts(c.ID, "take")
	case c.State == casework.Handling && y.chance(2):
		if p.acts(c.ID, "ask_extension") && p.tapsAny(":add_days:") {
			p.Says("检测单位还没有出报告")
			p.settles()
		}
	case c.State == casework.Handling && y.chance(12):
		y.handsIn(p, c)
	}
}

// handsIn reports a result, with the verdict and the photos that it needs.
func (y *year) handsIn(p *person, c casework.Case) {
	if !p.acts(c.ID, "hand_in") {
		return
	}
	p.Says("现场查实，已责令整改，恢复原状")
	p.settles()
	if y.chance(30) {
		p.tapsAny(":verdict:unfounded")
	} else {
		p.tapsAny(":verdict:proven")
		p.tapsAny(":violation:no")
	}
	for range 2 {
		y.photos++
		p.SendsPhoto(photo(y.photos))
		p.settles()
	}
	p.tapsAny(":done:")
}

func (y *year) deskCloses() {
	for _, c := range y.cases(casework.ReviewQueue) {
		closer := y.officers["desk2"]
		if c.Reopened > 0 {
			closer = y.officers[[]grid.OfficerID{"boss", "boss2"}[c.Reopened%2]]
		}
		if y.chance(80) && closer.acts(c.ID, "close") {
			closer.tapsAny(":send:")
		}
	}
}

// supervisorsLook: extensions, spot checks, what the common superior has to decide.
func (y *year) supervisorsLook() {
	boss := y.officers["boss"]
	for _, c := range y.cases(casework.ExtensionQueue) {
		if y.chance(60) {
			boss.acts(c.ID, "extend")
		}
	}
	for i, c := range y.cases(casework.SpotQueue) {
		if i == 3 { // as many as one gets to between two other things
			break
		}
		if boss.acts(c.ID, "pass") {
			boss.Says("电话回访，群众表示满意")
			boss.settles()
			boss.tapsAny(":score:")
		}
	}
}

// cases reads the cases of worklists as they are now.
func (y *year) cases(queues ...casework.Queue) []casework.Case {
	var ids []casework.CaseID
	for _, q := range queues {
		ids = append(ids, y.queue(q)...)
	}
	cases, err := y.w.app.store.Cases(context.Background(), ids)
	if err != nil {
		y.w.t.Fatal(err)
	}
	return cases
}
