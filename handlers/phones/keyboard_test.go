package phones

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tabTo presses Tab until the element has the focus, as somebody without a mouse does.
func (t *tab) tabTo(selector string) {
	t.tb.Helper()
	for range 60 {
		t.do(chromedp.KeyEvent(kb.Tab))
		there, err := chromedp.Run(t.ctx, chromedp.Evaluate[bool](`document.activeElement.matches(`+"`"+selector+"`"+`)`))
		if err != nil {
			t.tb.Fatal(err)
		}
		if there {
			t.seen()
			return
		}
	}
	t.shot("failed")
	t.tb.Fatalf("Tab never comes to %s", selector)
}

// seen fails the test when one can't see where the focus is.
func (t *tab) seen() {
	t.tb.Helper()
	t.until(`getComputedStyle(document.activeElement).outlineStyle !== 'none' && parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2`)
}

// Ensure that everything works without a mouse: from the first Tab to a place sent and a button pressed.
func TestPageByKeyboard(t *testing.T) {
	p := browse(t, newWorld(t), 1400, 900)
	p.do(chromedp.KeyEvent(kb.Tab))
	p.until(`document.activeElement.matches('.skip')`)
	p.do(chromedp.KeyEvent(kb.Enter))
	p.tabTo(citizen + ".start")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.activeElement.matches('#panel-citizen textarea')`)
	p.seen()
	p.do(chromedp.KeyEvent("/place"), chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelectorAll('#panel-citizen .key').length === 3`)
	p.tabTo("#map-township")
	p.do(chromedp.KeyEvent(kb.ArrowDown))
	p.until(`document.getElementById('map-picked').textContent !== '' && !document.getElementById('map-send').disabled`)
	p.tabTo("#map-send")
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector('#panel-citizen .log').textContent.includes('位置收到')`)
	p.until(`document.activeElement.matches('#panel-citizen textarea')`)

	p.do(chromedp.KeyEvent("好"), chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector('#panel-citizen .message:last-of-type .inline')`)
	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#panel-citizen .log').focus()`))
	p.tabTo(citizen + `.message:last-of-type .inline[data-data="c:accept:1"]`)
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.querySelector('#panel-citizen .message:last-of-type .code')`)

	p.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#panel-citizen textarea').focus()`),
		chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
	p.until(`document.activeElement.matches('.tool')`)
	p.do(chromedp.KeyEvent(kb.Enter))
	p.until(`document.activeElement.closest('.menu')`)
	p.do(chromedp.KeyEvent(kb.Escape))
	p.until(`document.activeElement.matches('.tool') && document.querySelector('#panel-citizen .menu').hidden`)
}

// Ensure that the tabs of a narrow screen are walked with the arrow keys.
func TestTabsByKeyboard(t *testing.T) {
	p := browse(t, newWorld(t), 360, 740)
	p.tabTo(`[role="tab"][aria-selected="true"]`)
	for _, next := range []string{"inspector", "supervisor", "desk", "side", "citizen"} {
		p.do(chromedp.KeyEvent(kb.ArrowRight))
		p.until(`document.activeElement.id === 'tab-` + next + `' && document.getElementById('panel-` + next + `').offsetParent !== null`)
	}
	p.do(chromedp.KeyEvent(kb.ArrowLeft))
	p.until(`document.activeElement.id === 'tab-side'`)
}

// Ensure that the example plays on the page: the captions, the phone that acts, the keys that fit.
func TestPagePlays(t *testing.T) {
	p := browse(t, newWorld(t, func(o *Options) { o.Scenes = scenes }), 1400, 900)
	p.do(chromedp.Click(chromedp.CSS("#play-start")))
	p.until(`document.getElementById('play-caption').textContent === '一' || document.getElementById('play-start').textContent.includes('再放')`)
	p.until(`document.querySelector('#panel-desk.shown-wide .log img')`)
	p.shot("playing")
	p.until(`document.getElementById('play-start').textContent.includes('再放一遍') && document.getElementById('play-stop').hidden`)
	p.shot("played")
}
