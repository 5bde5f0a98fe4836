package browsertest

import (
	"fmt"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// usual is the size of letters that browsers begin with, in pixels.
const usual = 16

// Zoom makes everything larger in a window of that size, as the browser's own zoom does: so much less of the page fits.
func (t *Tab) Zoom(width, height int64, times float64) {
	t.tb.Helper()
	t.Do(chromedp.EmulateViewport(int64(float64(width)/times), int64(float64(height)/times), chromedp.EmulateScale(times)))
}

// Letters makes the letters alone larger, as a browser's setting of its letters does. The test fails when the page that is shown does
// not follow its reader.
func (t *Tab) Letters(times float64) {
	t.tb.Helper()
	sizes := page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: int64(usual * times), Fixed: int64(13 * times)}}
	if _, err := chromedp.Call(t.ctx, page.SetFontSizes, sizes); err != nil {
		t.tb.Fatal(err)
	}
	t.Until(fmt.Sprintf(`parseFloat(getComputedStyle(document.documentElement).fontSize) === %v`, usual*times))
	t.letters = times
}

// stretch makes the window as high as the page: whatever changes the window, a picture of more than the window too, gives the browser
// letters of its own size back.
func (t *Tab) stretch() {
	t.tb.Helper()
	size := Tell[[]int64](t, `[window.innerWidth, document.documentElement.scrollHeight]`)
	t.Size(size[0], size[1])
	t.Letters(t.letters)
}

// cutOff lists what one cannot read: words that reach out of the window without a way to scroll there, that their own box cuts off, or
// that lie upon other words.
const cutOff = `(() => {
	const out = [], width = document.documentElement.clientWidth;
	const scrolls = (e) => { for (; e && e !== document.body; e = e.parentElement) if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return true; return false; };
	const hidden = (e) => e.closest('.skip, .trap, svg, [hidden], details:not([open]) > :not(summary)') || getComputedStyle(e.closest('thead') ?? e).clipPath !== 'none';
	const say = (why, e) => out.push(why + ': ' + e.outerHTML.slice(0, 160));
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [];
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.data.trim() || !e.getClientRects().length || hidden(e) || /^(OPTION|SCRIPT|STYLE)$/.test(e.tagName)) continue;
		const range = document.createRange();
		range.selectNodeContents(walk.currentNode);
		for (const r of range.getClientRects()) {
			if ((r.right > width + 1 || r.left < -1) && !scrolls(e)) { say('outside', e); break; }
			boxes.push([r, e]);
		}
		for (let b = e; b && b !== document.body; b = b.parentElement) {
			const s = getComputedStyle(b);
			if (/hidden|clip/.test(s.overflowX + s.overflowY) && (b.scrollWidth > b.clientWidth + 1 || b.scrollHeight > b.clientHeight + 1)) { say('cut', b); break; }
		}
	}
	for (const [i, [a, e]] of boxes.entries()) {
		for (const [b, f] of boxes.slice(i + 1, i + 40)) {
			if (e === f || e.contains(f) || f.contains(e) || scrolls(e) || scrolls(f)) continue;
			if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2) say('upon ' + f.tagName, e);
		}
	}
	for (const e of document.querySelectorAll('button, .button, input, select, textarea')) {
		const r = e.getBoundingClientRect();
		if (!e.getClientRects().length || hidden(e) || e.type === 'hidden') continue;
		if (r.right > width + 1 && !scrolls(e)) say('outside', e);
		if (e.tagName === 'BUTTON' && e.scrollWidth > e.clientWidth + 1) say('cut', e);
	}
	return [...new Set(out)].slice(0, 6);
})()`

// Whole fails the test when words of the page cannot be read: they are cut off, outside of the window, or upon each other. where names
// the page.
func (t *Tab) Whole(where string) {
	t.tb.Helper()
	for _, what := range Tell[[]string](t, cutOff) {
		t.tb.Errorf("%s: one cannot read all of it: %s", where, what)
	}
}
