package main

import (
	"fmt"
	"math"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/gridwarden/gridwarden/handlers/browsertest"
)

// shows opens pages of the public site as they are for the exhibition, with the files that they load.
func (x *exhibition) shows(w *world, addresses ...string) {
	for len(addresses) > 0 {
		address := addresses[0]
		addresses = addresses[1:]
		if _, known := x.pages[address]; known {
			continue
		}
		b := w.browses(address)
		x.pages[address] = exhibit{status: b.res.StatusCode, header: b.res.Header, body: []byte(b.body)}
		for _, found := range hrefForm.FindAllStringSubmatch(b.body, -1) {
			if strings.HasPrefix(found[1], "/static/") {
				addresses = append(addresses, found[1])
			}
		}
	}
}

// mapTab is a browser that shows a page with a map.
type mapTab struct {
	*browsertest.Tab

	t     *testing.T
	whole [4]float64 // the view that the page begins with
}

// view is the part of the map that is shown: where it begins, and how wide and high it is.
func (m mapTab) view() (v [4]float64) {
	m.t.Helper()
	copy(v[:], browsertest.Tell[[]float64](m.Tab, `document.querySelector("svg.map").getAttribute("viewBox").split(" ").map(Number)`))
	return v
}

// at scrolls the map into the window and tells where a place of it stands there.
func (m mapTab) at(x, y float64) (left, top float64) {
	m.t.Helper()
	m.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector("svg.map").scrollIntoView({ block: "center", behavior: "instant" })`))
	p := browsertest.Tell[[]float64](m.Tab, fmt.Sprintf(
		`(() => { const p = new DOMPoint(%v, %v).matrixTransform(document.querySelector("svg.map").getScreenCTM()); return [p.x, p.y]; })()`, x, y))
	return p[0], p[1]
}

func (m mapTab) press(value string) {
	m.t.Helper()
	m.Do(chromedp.Click(chromedp.CSS(`.zoom button[value="` + value + `"]`)))
}

// is fails the test unless the map shows that part, within a unit of it.
func (m mapTab) is(what string, want [4]float64) {
	m.t.Helper()
	got := m.view()
	for i := range got {
		if math.Abs(got[i]-want[i]) > 1 {
			m.t.Errorf("%s: the map shows %v, want %v", what, got, want)
			return
		}
	}
}

// nearer is the view that shows the middle of the whole map, so many times as near.
func (m mapTab) nearer(times float64) [4]float64 {
	w, h := m.whole[2], m.whole[3]
	return [4]float64{w/2 - w/2/times, h/2 - h/2/times, w / times, h / times}
}

// TestSite_TheMapIsDrawnNearer by buttons, keys, the wheel and two fingers, with motion and without, and is moved by the mouse; a drag is
// no tap, and a tap on a map that is near names the very place. Without scripts the map is whole, and no button that does nothing is shown.
func TestSite_TheMapIsDrawnNearer(t *testing.T) {
	if testing.Short() || raceDetector {
		t.Skip("left out: what a browser shows has no races, and takes minutes with the detector")
	}
	x := &exhibition{pages: make(map[string]exhibit)}
	story(t, func(w *world) {
		towns := w.district.Tree.Level(2)
		for i := range 12 {
			(&filled{world: w}).reported(towns[i*i%len(towns)], w.district.Categories[0].Code, i)
		}
		x.shows(w, "/", "/en/", "/report")
	})
	server := httptest.NewServer(x)
	defer server.Close()
	m := mapTab{Tab: browsertest.Open(t, server.URL, 1280, 900, 2*time.Minute), t: t}
	m.Scripts(false)
	m.Go("/")
	m.whole = m.view()
	if m.whole[0] != 0 || m.whole[1] != 0 || browsertest.Tell[float64](m.Tab, `document.querySelector(".zoom").getClientRects().length`) != 0 {
		t.Errorf("without scripts: %v, or buttons", m.whole)
	}
	m.Scripts(true)
	m.Prefer("prefers-reduced-motion", "reduce")
	m.looks()
	m.buttons()
	m.pointers()
	m.picks()
	m.Prefer("prefers-reduced-motion", "no-preference")
	m.Go("/")
	m.press("in")
	near := m.nearer(1.6)
	m.Until(fmt.Sprintf(`Math.abs(document.querySelector("svg.map").viewBox.baseVal.width - %v) < 1`, near[2]))
	m.is("with motion", near)
}

// looks looks at the map whole and near, wide and narrow, in both languages.
func (m mapTab) looks() {
	m.t.Helper()
	for name, width := range map[string]int64{"wide": 1280, "narrow": 360} {
		m.Size(width, 900)
		for _, page := range []string{"/", "/en/"} {
			m.Go(page)
			m.is("at first", m.whole)
			m.Accessible(page + " " + name)
			small := browsertest.Tell[[]string](m.Tab, `[...document.querySelectorAll(".zoom button")].filter((b) => {
				const r = b.getBoundingClientRect(); return r.width < 44 || r.height < 44 || !(b.ariaLabel ?? b.textContent); }).map((b) => b.value)`)
			if len(small) > 0 {
				m.t.Errorf("%s %s: too small or without a name: %v", page, name, small)
			}
			m.Shot("map-" + shotName(page) + "-" + name)
			for range 3 {
				m.press("in")
			}
			m.Fits(page + " " + name)
			m.Accessible(page + " near, " + name)
			m.Shot("map-near-" + shotName(page) + "-" + name)
		}
	}
	m.Size(1280, 900)
}

// buttons draws the map nearer and moves it by buttons and by keys.
func (m mapTab) buttons() {
	m.t.Helper()
	m.Go("/")
	m.press("in")
	near := m.nearer(1.6)
	m.is("nearer", near)
	m.press("right")
	m.is("to the right", [4]float64{near[0] + near[2]/4, near[1], near[2], near[3]})
	m.press("whole")
	m.is("reset", m.whole)
	m.TabTo(`.zoom button[value="in"]`)
	m.Do(chromedp.KeyEvent("+"))
	m.is("by key", near)
	m.Do(chromedp.KeyEvent(kb.ArrowDown))
	m.is("down by key", [4]float64{near[0], near[1] + near[2]/4, near[2], near[3]})
	for range 9 {
		m.Do(chromedp.KeyEvent("+"))
	}
	if v := m.view(); math.Abs(v[2]-m.whole[2]/8) > 1 {
		m.t.Errorf("the nearest is %v", v)
	}
	m.TabTo(`svg.map a:last-of-type`)
	if seen := browsertest.Tell[bool](m.Tab, `(() => {
		const a = document.activeElement.getBoundingClientRect(), m = document.querySelector("svg.map").getBoundingClientRect();
		return a.left < m.right && a.right > m.left && a.top < m.bottom && a.bottom > m.top;
	})()`); !seen {
		m.t.Error("what has the focus is outside of what the map shows")
	}
	m.Do(chromedp.KeyEvent("0"))
	m.is("reset by key", m.whole)
}

// pointers draws the map nearer and moves it by mouse, wheel and fingers.
func (m mapTab) pointers() {
	m.t.Helper()
	const width = `document.querySelector("svg.map").viewBox.baseVal.width`
	m.Go("/")
	m.Do(chromedp.Evaluate[chromedp.Void](`document.addEventListener("click", (e) => {
		window.opens = e.target.closest("a")?.getAttribute("href") ?? "nothing"; window.stopped = e.defaultPrevented; e.preventDefault(); }, true)`))
	m.press("in")
	before := m.view()
	left, top := m.at(m.whole[2]/2, m.whole[3]/2)
	m.Drag(left, top, 60, 40)
	if after := m.view(); after[0] >= before[0] || after[1] >= before[1] || after[2] != before[2] {
		m.t.Errorf("dragged from %v to %v", before, after)
	}
	if opens := browsertest.Tell[string](m.Tab, `window.opens`); strings.HasPrefix(opens, "/cells/") {
		m.t.Errorf("a drag opens %s", opens)
	}
	m.press("whole")
	left, top = m.at(m.whole[2]/2, m.whole[3]/2)
	m.Do(chromedp.MouseClickXY(left, top))
	m.Until(`window.opens.startsWith("/cells/")`)

	m.Go("/")
	left, top = m.at(m.whole[2]/2, m.whole[3]/2)
	m.Wheel(left, top, -120, true)
	m.Until(width + " < 700")
	m.is("by the wheel", m.nearer(1.2))
	m.press("whole")
	m.Do(chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`))
	left, top = m.at(m.whole[2]/2, m.whole[3]/2)
	scrolled := browsertest.Tell[float64](m.Tab, `window.scrollY`)
	m.Wheel(left, top, 120, false)
	m.Until(fmt.Sprintf(`window.scrollY > %v`, scrolled))
	m.is("a wheel that moves the page", m.whole)

	left, top = m.at(m.whole[2]/2, m.whole[3]/2)
	m.Pinch(left, top, 40, 80)
	m.Until(width + " < 450")
	if v := m.view(); math.Abs(v[0]+v[2]/2-m.whole[2]/2) > 20 || math.Abs(v[2]-m.whole[2]/2) > 80 {
		m.t.Errorf("pinched to %v", v)
	}
}

// picks taps on the map of a report when it is near.
func (m mapTab) picks() {
	m.t.Helper()
	m.Go("/report")
	m.press("in")
	m.press("right")
	v := m.view()
	x, y := v[0]+v[2]/3, v[1]+v[3]/2
	left, top := m.at(x, y)
	m.Do(chromedp.MouseClickXY(left, top))
	m.Until(`document.getElementById("point").value !== ""`)
	wrong := browsertest.Tell[float64](m.Tab, fmt.Sprintf(`(() => {
		const d = document.querySelector("svg.map").dataset, [lat, lon] = document.getElementById("point").value.split(", ").map(Number);
		const east = Number(d.west) + %v / %v * (d.east - d.west), north = d.north - %v / %v * (d.north - d.south);
		return Math.abs(lat - north) + Math.abs(lon - east);
	})()`, x, m.whole[2], y, m.whole[3]))
	if wrong > 0.002 {
		m.t.Errorf("the tap names a place that is %v degrees off", wrong)
	}
	if browsertest.Tell[bool](m.Tab, `document.activeElement.matches("svg")`) {
		m.t.Error("a tap gives the picture the focus")
	}
	m.Shot("map-picked")
}
