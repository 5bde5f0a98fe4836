package phones

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browsers are the names under which a Chromium may be on PATH.
var browsers = []string{"chromium-headless-shell", "headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome"}

// tab is a page open in a browser, with what went wrong there.
type tab struct {
	tb  testing.TB
	ctx context.Context
	w   *world

	mu       sync.Mutex
	outside  []string // requests that left for elsewhere
	complain []string // refused by the page's policy, or thrown by its scripts
}

// browse opens the page; without a browser the test is skipped, or fails where one is required.
func browse(tb testing.TB, w *world, width, height int64) *tab {
	tb.Helper()
	path := ""
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("GRIDWARDEN_REQUIRE_BROWSER") == "1" {
			tb.Fatal("no Chromium on PATH, and GRIDWARDEN_REQUIRE_BROWSER=1")
		}
		tb.Skip("left out: no Chromium on PATH (install chromium-headless-shell)")
	}
	start, cancelStart := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	tb.Cleanup(cancelStart)
	ctx, cancel := chromedp.NewContext(start)
	tb.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, time.Minute)
	tb.Cleanup(cancelTime)
	t := &tab{tb: tb, ctx: ctx, w: w}
	t.do(chromedp.EmulateViewport(width, height))
	t.watch()
	t.do(chromedp.Navigate(w.server.URL+"/"), chromedp.WaitVisible(chromedp.CSS("body.ready")))
	tb.Cleanup(t.check)
	return t
}

// watch listens for requests to elsewhere and for complaints of the browser.
func (t *tab) watch() {
	requests := chromedp.Events(t.ctx, network.RequestWillBeSent)
	entries := chromedp.Events(t.ctx, log.EntryAdded)
	thrown := chromedp.Events(t.ctx, runtime.ExceptionThrown)
	go func() {
		for e, err := range requests {
			if err != nil {
				return
			}
			if url := e.Request.URL; !strings.HasPrefix(url, t.w.server.URL+"/") {
				t.note(&t.outside, url)
			}
		}
	}()
	go func() {
		for e, err := range entries {
			if err != nil {
				return
			}
			t.note(&t.complain, e.Entry.Text+" "+e.Entry.URL)
		}
	}()
	go func() {
		for e, err := range thrown {
			if err != nil {
				return
			}
			t.note(&t.complain, fmt.Sprintf("%+v", e.ExceptionDetails))
		}
	}()
}

func (t *tab) note(list *[]string, what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*list = append(*list, what)
}

// check fails the test for anything that left the page, or that the browser complained of.
func (t *tab) check() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.outside) > 0 {
		t.tb.Errorf("requests to elsewhere: %q", t.outside)
	}
	if len(t.complain) > 0 {
		t.tb.Errorf("the browser complained: %q", t.complain)
	}
}

func (t *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	t.tb.Helper()
	if err := chromedp.Do(t.ctx, actions...); err != nil {
		t.tb.Fatal(err)
	}
}

// until waits for an expression to become true of the page.
func (t *tab) until(expression string) {
	t.tb.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, 10*time.Second)
	defer cancel()
	expression = "(() => { try { return Boolean(" + expression + "); } catch { return false; } })()"
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingInterval(50*time.Millisecond))); err != nil {
		t.shot("failed")
		t.tb.Fatalf("never became true: %s: %v", expression, err)
	}
}

// shot keeps a picture of the page where GRIDWARDEN_SHOTS says, to be looked at.
func (t *tab) shot(name string) {
	t.tb.Helper()
	dir := os.Getenv("GRIDWARDEN_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(t.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.tb.Error(err)
		return
	}
	if err := os.WriteFile(dir+"/"+name+".png", picture, 0o600); err != nil {
		t.tb.Error(err)
	}
}

const citizen = `#panel-citizen `

// Ensure that a person can talk to the bot, press its buttons and send a place by clicking the map.
func TestPageTalks(t *testing.T) {
	p := browse(t, newWorld(t), 1400, 900)
	p.shot("empty")
	p.until(`document.querySelector('#cases tbody td:last-child').textContent === '02/16'`) // the last day, as messages name it
	p.do(chromedp.Click(chromedp.CSS(citizen + ".start")))
	p.until(`document.querySelector('#panel-citizen .log').textContent.includes('回声：/start')`)
	p.do(chromedp.SendKeys(chromedp.CSS(citizen+"textarea"), "河边有人排黑水 <b>\r"))
	p.until(`[...document.querySelectorAll('#panel-citizen .text i')].some((i) => i.textContent === '河边有人排黑水 <b>')`)
	p.do(chromedp.Click(chromedp.CSS(citizen + `.message:last-of-type .inline[data-data="c:accept:1"]`)))
	p.until(`document.querySelector('#panel-citizen .message:last-of-type .code')?.textContent === 'LD-0001'`)
	p.until(`document.querySelector('#panel-citizen .toast')?.textContent === '收到 c:accept:1'`)

	p.do(chromedp.Click(chromedp.CSS(citizen+`.tool[data-word-label="phone.attach"]`)),
		chromedp.Click(chromedp.CSS(citizen+`[data-sample="black_water"]`)))
	p.until(`document.querySelector('#panel-citizen .log').textContent.includes('照片收到')`)

	box, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]float64](`(() => { const r = document.querySelector('.cell[data-code="630202101"]').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`))
	if err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.MouseClickXY(box[0], box[1]))
	p.until(`document.getElementById('map-picked').textContent.startsWith('雨润镇')`)
	p.do(chromedp.Click(chromedp.CSS("#map-send")))
	p.until(`document.querySelector('#panel-citizen .log').textContent.includes('位置收到')`)
	p.until(`document.querySelector('#panel-citizen .place').textContent.includes('雨润镇')`)

	p.do(chromedp.Click(chromedp.CSS(`[data-by="168h"]`)))
	p.until(`document.getElementById('now').textContent.includes('2026年2月20日') && document.querySelectorAll('#fired li').length === 2`)
	p.until(`document.querySelector('#cases tr.late .number').textContent === 'LD20260213-001'`)
	p.shot("desktop")
	p.do(chromedp.Click(chromedp.CSS(`[data-language="en"]`)))
	p.until(`document.querySelector('#panel-citizen .role').textContent === 'Citizen' && document.documentElement.lang === 'en'`)
	p.shot("english")
}

// Ensure that a document of the bot is shown by its name, with what it says, and can be saved.
func TestPageShowsDocuments(t *testing.T) {
	w := newWorld(t)
	p := browse(t, w, 360, 740)
	w.emulator.User(1, "马", "zh-hans").SendsDocument("台账.xlsx", "application/zip", []byte("PK"))
	p.until(`document.querySelector('#panel-citizen .message:not(.own) a.attached[download="台账.xlsx"]').textContent.startsWith('台账.xlsx')`)
	p.until(`document.querySelector('#panel-citizen .message:not(.own) .text').textContent === '文件收到'`)
	p.fits()
}

// Ensure that one chooses a scene without a mouse, sees its captions, and is told when it stopped and where.
func TestPageChoosesAScene(t *testing.T) {
	lost := []Step{{Who: "desk", Does: "press", Arg: "c:never:{case}", Caption: Words{"zh-CN": "等一个按钮", "en": "waits"}}}
	w := newWorld(t, func(o *Options) {
		o.patience = 300 * time.Millisecond
		o.Scenes = append([]Scene{{ID: "lost", Title: Words{"zh-CN": "没有按钮", "en": "No button"}, Steps: lost}}, scenes...)
	})
	p := browse(t, w, 360, 740)
	p.tabTo("#play-scene")
	p.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	p.until(`document.getElementById('play-caption').textContent.startsWith('第 1 步停住了：受理员的手机上没有出现要点的按钮')`)
	p.shot("narrow-stopped")
	p.fits()
	p.do(chromedp.SetValue(chromedp.CSS("#play-scene"), "other"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('play-scene').dispatchEvent(new Event('change'))`))
	p.until(`document.getElementById('play-start').textContent === '播放'`)
	p.do(chromedp.Click(chromedp.CSS(`[data-language="en"]`)))
	p.until(`document.querySelector('#play-scene option').textContent === 'No button' && document.getElementById('play-scene').value === 'other'`)
	p.do(chromedp.Click(chromedp.CSS("#play-start")))
	p.until(`document.getElementById('play-start').textContent === 'Play again' && document.getElementById('play-caption').textContent.includes('The scene is over')`)
	p.until(`document.querySelector('#panel-desk .log').textContent.includes('另一个')`)
	p.until(`document.getElementById('play-caption').clientWidth > 320`) // what one can do next is not squeezed beside the button
	p.shot("narrow-over")
	p.fits()
}

// Ensure that a narrow screen shows one thing at a time and needs no scrolling sideways.
func TestPageNarrow(t *testing.T) {
	p := browse(t, newWorld(t), 360, 740)
	p.do(chromedp.Click(chromedp.CSS(citizen+".start")), chromedp.SendKeys(chromedp.CSS(citizen+"textarea"), "/place\r"))
	p.until(`document.querySelectorAll('#panel-citizen .key').length === 3`)
	p.shot("narrow-chat")
	p.do(chromedp.Click(chromedp.CSS(citizen + `.tool[data-word-label="phone.attach"]`)))
	p.until(`document.querySelector('#panel-citizen .menu:not([hidden])')`)
	p.shot("narrow-menu")
	p.fits()
	p.do(chromedp.KeyEvent(kb.Escape), chromedp.Click(chromedp.CSS(citizen+".key")))
	p.until(`document.getElementById('tab-side').getAttribute('aria-selected') === 'true'`)
	p.shot("narrow-map")
	p.fits()
	p.do(chromedp.SetValue(chromedp.CSS("#map-township"), "630202102"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('map-township').dispatchEvent(new Event('change'))`),
		chromedp.Click(chromedp.CSS("#map-send")))
	p.until(`document.getElementById('tab-citizen').getAttribute('aria-selected') === 'true'`)
	p.until(`document.querySelector('#panel-citizen .log').textContent.includes('位置收到')`)
	p.until(`document.querySelector('#panel-citizen .reply-keys').hidden`)
	p.shot("narrow-place")
	p.fits()
	for _, tab := range []string{"inspector", "supervisor", "desk", "side"} {
		p.do(chromedp.Click(chromedp.CSS("#tab-" + tab)))
		p.fits()
	}
}

// fits fails the test when something is wider than the window.
func (t *tab) fits() {
	t.tb.Helper()
	over, err := chromedp.Run(t.ctx, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil || over > 0 {
		t.tb.Errorf("%v pixels too wide: %v", over, err)
	}
}
