package phones

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Ensure that everything works without a mouse: from the first Tab to a place sent and a button pressed.
func TestPageByKeyboard(t *testing.T) {
	p := browse(t, newWorld(t), 1400, 900)
	p.Do(chromedp.KeyEvent(kb.Tab))
	p.Until(`document.activeElement.matches('.skip')`)
	p.Do(chromedp.KeyEvent(kb.Enter))
	p.TabTo(citizen + ".start")
	p.Do(chromedp.KeyEvent(kb.Enter))
	p.Until(`document.activeElement.matches('#panel-citizen textarea')`)
	p.Seen()
	p.Do(chromedp.KeyEvent("/place"), chromedp.KeyEvent(kb.Enter))
	p.Until(`document.querySelectorAll('#panel-citizen .key').length === 3`)
	p.TabTo("#map-township")
	p.Do(chromedp.KeyEvent(kb.ArrowDown))
	p.Until(`document.getElementById('map-picked').textContent !== '' && !document.getElementById('map-send').disabled`)
	p.TabTo("#map-send")
	p.Do(chromedp.KeyEvent(kb.Enter))
	p.Until(`document.querySelector('#panel-citizen .log').textContent.includes('位置收到')`)
	p.Until(`document.activeElement.matches('#panel-citizen textarea')`)

	p.Do(chromedp.KeyEvent("好"), chromedp.KeyEvent(kb.Enter))
	p.Until(`document.querySelector('#panel-citizen .message:last-of-type .inline')`)
	p.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#panel-citizen .log').focus()`))
	p.TabTo(citizen + `.message:last-of-type .inline[data-data="c:accept:1"]`)
	p.Do(chromedp.KeyEvent(kb.Enter))
	p.Until(`document.querySelector('#panel-citizen .message:last-of-type .code')`)

	p.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector('#panel-citizen textarea').focus()`),
		chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
	p.Until(`document.activeElement.matches('.tool')`)
	p.Do(chromedp.KeyEvent(kb.Enter))
	p.Until(`document.activeElement.closest('.menu')`)
	p.Do(chromedp.KeyEvent(kb.Escape))
	p.Until(`document.activeElement.matches('.tool') && document.querySelector('#panel-citizen .menu').hidden`)
}

// Ensure that the tabs of a narrow screen are walked with the arrow keys.
func TestTabsByKeyboard(t *testing.T) {
	p := browse(t, newWorld(t), 360, 740)
	p.TabTo(`[role="tab"][aria-selected="true"]`)
	for _, next := range []string{"inspector", "supervisor", "desk", "side", "citizen"} {
		p.Do(chromedp.KeyEvent(kb.ArrowRight))
		p.Until(`document.activeElement.id === 'tab-` + next + `' && document.getElementById('panel-` + next + `').offsetParent !== null`)
	}
	p.Do(chromedp.KeyEvent(kb.ArrowLeft))
	p.Until(`document.activeElement.id === 'tab-side'`)
}

// Ensure that the example plays on the page: the captions, the phone that acts, the keys that fit.
func TestPagePlays(t *testing.T) {
	p := browse(t, newWorld(t, func(o *Options) { o.Scenes = scenes }), 1400, 900)
	p.Do(chromedp.Click(chromedp.CSS("#play-start")))
	p.Until(`document.getElementById('play-caption').textContent === '一' || document.getElementById('play-start').textContent.includes('再放')`)
	p.Until(`document.querySelector('#panel-desk.shown-wide .log img')`)
	p.Shot("playing")
	p.Until(`document.getElementById('play-start').textContent.includes('再放一遍') && document.getElementById('play-stop').hidden`)
	p.Shot("played")
}
