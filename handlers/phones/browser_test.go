package phones

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gridwarden/gridwarden/handlers/browsertest"
)

// tab is the page open in a browser.
type tab struct {
	*browsertest.Tab

	w *world
}

// browse opens the page.
func browse(tb testing.TB, w *world, width, height int64) *tab {
	tb.Helper()
	t := &tab{browsertest.Open(tb, w.server.URL, width, height, time.Minute), w}
	t.Go("/")
	t.Do(chromedp.WaitVisible(chromedp.CSS("body.ready")))
	return t
}

const citizen = `#panel-citizen `

// Ensure that a person can talk to the bot, press its buttons and send a place by clicking the map.
func TestPageTalks(t *testing.T) {
	p := browse(t, newWorld(t), 1400, 900)
	p.Shot("empty")
	p.Until(`document.querySelector('#cases tbody td:last-child').textContent === '02/16'`) // the last day, as messages name it
	p.Do(chromedp.Click(chromedp.CSS(citizen + ".start")))
	p.Until(`document.querySelector('#panel-citizen .log').textContent.includes('回声：/start')`)
	p.Do(chromedp.SendKeys(chromedp.CSS(citizen+"textarea"), "河边有人排黑水 <b>\r"))
	p.Until(`[...document.querySelectorAll('#panel-citizen .text i')].some((i) => i.textContent === '河边有人排黑水 <b>')`)
	p.Do(chromedp.Click(chromedp.CSS(citizen + `.message:last-of-type .inline[data-data="c:accept:1"]`)))
	p.Until(`document.querySelector('#panel-citizen .message:last-of-type .code')?.textContent === 'LD-0001'`)
	p.Until(`document.querySelector('#panel-citizen .toast')?.textContent === '收到 c:accept:1'`)

	p.Do(chromedp.Click(chromedp.CSS(citizen+`.tool[data-word-label="phone.attach"]`)),
		chromedp.Click(chromedp.CSS(citizen+`[data-sample="black_water"]`)))
	p.Until(`document.querySelector('#panel-citizen .log').textContent.includes('照片收到')`)

	box := browsertest.Tell[[]float64](p.Tab, `(() => { const r = document.querySelector('.cell[data-code="630202101"]').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`)
	p.Do(chromedp.MouseClickXY(box[0], box[1]))
	p.Until(`document.getElementById('map-picked').textContent.startsWith('雨润镇')`)
	p.Do(chromedp.Click(chromedp.CSS("#map-send")))
	p.Until(`document.querySelector('#panel-citizen .log').textContent.includes('位置收到')`)
	p.Until(`document.querySelector('#panel-citizen .place').textContent.includes('雨润镇')`)

	p.Do(chromedp.Click(chromedp.CSS(`[data-by="168h"]`)))
	p.Until(`document.getElementById('now').textContent.includes('2026年2月20日') && document.querySelectorAll('#fired li').length === 2`)
	p.Until(`document.querySelector('#cases tr.late .number').textContent === 'LD20260213-001'`)
	p.Shot("desktop")
	p.Do(chromedp.Click(chromedp.CSS(`[data-language="en"]`)))
	p.Until(`document.querySelector('#panel-citizen .role').textContent === 'Citizen' && document.documentElement.lang === 'en'`)
	p.Shot("english")
}

// Ensure that a document of the bot is shown by its name, with what it says, and can be saved.
func TestPageShowsDocuments(t *testing.T) {
	w := newWorld(t)
	p := browse(t, w, 360, 740)
	w.emulator.User(1, "马", "zh-hans").SendsDocument("台账.xlsx", "application/zip", []byte("PK"))
	p.Until(`document.querySelector('#panel-citizen .message:not(.own) a.attached[download="台账.xlsx"]').textContent.startsWith('台账.xlsx')`)
	p.Until(`document.querySelector('#panel-citizen .message:not(.own) .text').textContent === '文件收到'`)
	p.Fits("the phones")
}

// Ensure that one chooses a scene without a mouse, sees its captions, and is told when it stopped and where.
func TestPageChoosesAScene(t *testing.T) {
	lost := []Step{{Who: "desk", Does: "press", Arg: "c:never:{case}", Caption: Words{"zh-CN": "等一个按钮", "en": "waits"}}}
	w := newWorld(t, func(o *Options) {
		o.patience = 300 * time.Millisecond
		o.Scenes = append([]Scene{{ID: "lost", Title: Words{"zh-CN": "没有按钮", "en": "No button"}, Steps: lost}}, scenes...)
	})
	p := browse(t, w, 360, 740)
	p.TabTo("#play-scene")
	p.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	p.Until(`document.getElementById('play-caption').textContent.startsWith('第 1 步停住了：受理员的手机上没有出现要点的按钮')`)
	p.Shot("narrow-stopped")
	p.Fits("the phones")
	p.Do(chromedp.SetValue(chromedp.CSS("#play-scene"), "other"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('play-scene').dispatchEvent(new Event('change'))`))
	p.Until(`document.getElementById('play-start').textContent === '播放'`)
	p.Do(chromedp.Click(chromedp.CSS(`[data-language="en"]`)))
	p.Until(`document.querySelector('#play-scene option').textContent === 'No button' && document.getElementById('play-scene').value === 'other'`)
	p.Do(chromedp.Click(chromedp.CSS("#play-start")))
	p.Until(`document.getElementById('play-start').textContent === 'Play again' && document.getElementById('play-caption').textContent.includes('The scene is over')`)
	p.Until(`document.querySelector('#panel-desk .log').textContent.includes('另一个')`)
	p.Until(`document.getElementById('play-caption').clientWidth > 320`) // what one can do next is not squeezed beside the button
	p.Shot("narrow-over")
	p.Fits("the phones")
}

// Ensure that a narrow screen shows one thing at a time and needs no scrolling sideways.
func TestPageNarrow(t *testing.T) {
	p := browse(t, newWorld(t), 360, 740)
	p.Do(chromedp.Click(chromedp.CSS(citizen+".start")), chromedp.SendKeys(chromedp.CSS(citizen+"textarea"), "/place\r"))
	p.Until(`document.querySelectorAll('#panel-citizen .key').length === 3`)
	p.Shot("narrow-chat")
	p.Do(chromedp.Click(chromedp.CSS(citizen + `.tool[data-word-label="phone.attach"]`)))
	p.Until(`document.querySelector('#panel-citizen .menu:not([hidden])')`)
	p.Shot("narrow-menu")
	p.Fits("the phones")
	p.Do(chromedp.KeyEvent(kb.Escape), chromedp.Click(chromedp.CSS(citizen+".key")))
	p.Until(`document.getElementById('tab-side').getAttribute('aria-selected') === 'true'`)
	p.Shot("narrow-map")
	p.Fits("the phones")
	p.Do(chromedp.SetValue(chromedp.CSS("#map-township"), "630202102"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('map-township').dispatchEvent(new Event('change'))`),
		chromedp.Click(chromedp.CSS("#map-send")))
	p.Until(`document.getElementById('tab-citizen').getAttribute('aria-selected') === 'true'`)
	p.Until(`document.querySelector('#panel-citizen .log').textContent.includes('位置收到')`)
	p.Until(`document.querySelector('#panel-citizen .reply-keys').hidden`)
	p.Shot("narrow-place")
	p.Fits("the phones")
	for _, tab := range []string{"inspector", "supervisor", "desk", "side"} {
		p.Do(chromedp.Click(chromedp.CSS("#tab-" + tab)))
		p.Fits("the phones")
	}
}
