package browsertest

import (
	"fmt"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Inches of A4, and the pixels that lie between margins of 15 mm: 180 of 25.4 mm are an inch of 96.
const (
	paperWidth, paperHeight = 8.27, 11.69
	printed                 = 680
)

// Prints looks at the page as it is printed on A4: what is for a screen only (selector screen) is not there, and nothing is cut off,
// for nobody scrolls paper. It returns the pages as a PDF, which is kept, too, where pictures are.
func (t *Tab) Prints(where, name, screen string) []byte {
	t.tb.Helper()
	t.media("print")
	defer t.media("")
	t.Size(printed, 900)
	for _, what := range Tell[[]string](t, fmt.Sprintf(offPaper, screen)) {
		t.tb.Errorf("%s: on paper: %s", where, what)
	}
	pdf, err := chromedp.Run(t.ctx, chromedp.PrintToPDF(func(p *page.PrintToPDFParams) { p.PaperWidth, p.PaperHeight = paperWidth, paperHeight }))
	if err != nil {
		t.tb.Fatal(err)
	}
	t.keep(name+".pdf", pdf)
	return pdf
}

// media makes the page believe that it is shown on something else than a screen.
func (t *Tab) media(kind string) {
	t.tb.Helper()
	if _, err := chromedp.Call(t.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind}); err != nil {
		t.tb.Fatal(err)
	}
}

// offPaper lists what should not be printed, and what does not fit.
const offPaper = `(() => {
	const out = [], width = document.documentElement.clientWidth;
	const say = (why, e) => out.push(why + ': ' + e.outerHTML.slice(0, 160));
	for (const e of document.querySelectorAll(%q)) if (e.getClientRects().length) say('for screens only', e);
	for (const e of document.body.querySelectorAll('*')) {
		if (e.closest('svg, .trap') || !e.getClientRects().length || getComputedStyle(e).clipPath !== 'none') continue;
		const r = e.getBoundingClientRect(), s = getComputedStyle(e);
		if (r.right > width + 1) say('outside', e);
		else if (/auto|scroll|hidden/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1) say('cut off', e);
	}
	if (!document.body.innerText.trim()) say('nothing', document.body);
	return [...new Set(out)].slice(0, 6);
})()`
