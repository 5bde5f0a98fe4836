package browsertest

import (
	"strings"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// farthest is how many presses of Tab somebody may need to get anywhere on a page.
const farthest = 120

// TabTo presses Tab until the element has the focus, as somebody without a mouse does.
func (t *Tab) TabTo(selector string) {
	t.tb.Helper()
	for range farthest {
		t.Do(chromedp.KeyEvent(kb.Tab))
		if Tell[bool](t, "document.activeElement.matches(`"+selector+"`)") {
			t.Seen()
			return
		}
	}
	t.Shot("failed")
	t.tb.Fatalf("Tab never comes to %s", selector)
}

// Seen fails the test when one can't see where the focus is.
func (t *Tab) Seen() {
	t.tb.Helper()
	t.Until(`getComputedStyle(document.activeElement).outlineStyle !== 'none' && parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2`)
}

// listen notes in the page what gets the focus, and of that what one cannot see to have it; it tells how much there is to be reached.
const listen = `(() => {
	document.activeElement?.blur();
	window.reached = new Set();
	window.unseen = [];
	document.addEventListener('focusin', ({ target: e }) => {
		if (window.reached.has(e)) return;
		window.reached.add(e);
		const s = getComputedStyle(e), ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
		if (!ring && !e.matches('.map a')) window.unseen.push(e.outerHTML.slice(0, 200));
	});
	return document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]').length;
})()`

// Tabs presses Tab through the whole page and counts what can be reached; the test fails where the focus cannot be seen, for
// what can be used and is never reached. where names the page.
func (t *Tab) Tabs(where string) int {
	t.tb.Helper()
	count, unseen, missed := t.tabs()
	if len(unseen) > 0 {
		t.tb.Errorf("%s: one cannot see where the focus is: %q", where, unseen[:min(3, len(unseen))])
	}
	if len(missed) > 0 {
		t.tb.Errorf("%s: never reached by Tab: %q", where, missed[:min(3, len(missed))])
	}
	return count
}

func (t *Tab) tabs() (count int, unseen, missed []string) {
	t.tb.Helper()
	n := Tell[int](t, listen)
	t.Do(chromedp.KeyEvent(strings.Repeat(kb.Tab, n+1)))
	missed = Tell[[]string](t, `[...document.querySelectorAll('a[href], button, input, select, textarea')]
		.filter((e) => !e.disabled && e.type !== 'hidden' && e.getClientRects().length > 0 && e.tabIndex >= 0 && !window.reached.has(e))
		.filter((e) => e.type !== 'radio' && (!e.closest('details:not([open])') || e.closest('summary')))
		.map((e) => e.outerHTML.slice(0, 200))`)
	Tell[bool](t, `document.activeElement.blur() ?? true`)
	return Tell[int](t, `window.reached.size`), Tell[[]string](t, `window.unseen`), missed
}
