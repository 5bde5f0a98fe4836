package phones

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/gridwarden/gridwarden/handlers/browsertest"
)

// Ensure that a message shows every style of Telegram as it is meant, that markup in it stays text, and that links lead
// to nothing but addresses.
func TestPageRenders(t *testing.T) {
	w := newWorld(t)
	w.emulator.User(1, "", "").Known()
	echo{t, w.emulator}.call(t.Context(), "sendMessage", "chat_id", "1", "parse_mode", "HTML", "text",
		`😀<b>粗<i>斜</i></b> <u>u</u><s>s</s> <code>A2026-1</code>。 &lt;img src=x onerror=alert(1)&gt; <pre>x  y</pre>`+
			`<blockquote>引</blockquote><a href="https://www.example.gov.cn/a?b=1">好</a> <a href="javascript:alert(1)">坏</a> 见 /my`,
		"reply_markup", `{"inline_keyboard":[[{"text":"网站","url":"https://www.example.gov.cn/"},{"text":"抄","copy_text":{"text":"A2026-1"}}]]}`)
	p := browse(t, w, 1400, 900)
	p.Until(`document.querySelectorAll('#panel-citizen .message').length === 1`)
	for name, truth := range map[string]string{
		"nested":    `document.querySelector('.text b').textContent === '粗斜' && document.querySelector('.text b i').textContent === '斜'`,
		"styles":    `document.querySelector('.text u').textContent + document.querySelector('.text s').textContent === 'us'`,
		"pre":       `document.querySelector('.text pre').textContent === 'x  y'`,
		"quote":     `document.querySelector('.text blockquote').textContent === '引'`,
		"code":      `document.querySelector('.text button.code code').textContent === 'A2026-1'`,
		"no markup": `!document.querySelector('.text img') && document.querySelector('.text').textContent.includes('<img src=x onerror=alert(1)>')`,
		"one link":  `[...document.querySelectorAll('.text a')].map((a) => a.href + ' ' + a.rel).join() === 'https://www.example.gov.cn/a?b=1 noopener noreferrer'`,
		"bad link":  `document.querySelector('.text').textContent.includes('坏')`,
		"url key":   `document.querySelector('a.inline').href === 'https://www.example.gov.cn/' && document.querySelector('a.inline').target === '_blank'`,
	} {
		if !browsertest.Tell[bool](p.Tab, truth) {
			t.Errorf("%s: not so", name)
		}
	}
	p.Do(chromedp.Click(chromedp.CSS(citizen + ".text .code")))
	p.Until(`document.getElementById('notice').textContent === '已复制'`)
	p.Do(chromedp.Click(chromedp.CSS(citizen + ".text .command")))
	p.Until(`document.querySelector('#panel-citizen .log').textContent.includes('回声：/my')`)
	p.Do(chromedp.SendKeys(chromedp.CSS(citizen+"textarea"), "/delete\r"))
	p.Until(`[...document.querySelectorAll('#panel-citizen .message.own')].length === 1 && document.querySelectorAll('#panel-citizen .message').length === 3`)
}
