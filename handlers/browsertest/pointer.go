package browsertest

import (
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// between is in how many steps something is dragged.
const between = 8

// ctrl is the bit of a mouse event that tells that Ctrl is held.
const ctrl = 2

// almost is what stands for no movement where the browser wants a figure.
const almost = 1e-9

// Drag presses the mouse at a place of the window, moves it by dx and dy, and lets it go.
func (t *Tab) Drag(x, y, dx, dy float64) {
	t.tb.Helper()
	held := input.DispatchMouseEventParams{X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1}
	held.Type = input.DispatchMouseEventTypeMousePressed
	t.mouse(held)
	for n := 1; n <= between; n++ {
		held.Type, held.X, held.Y = input.DispatchMouseEventTypeMouseMoved, x+dx*float64(n)/between, y+dy*float64(n)/between
		t.mouse(held)
	}
	held.Type = input.DispatchMouseEventTypeMouseReleased
	t.mouse(held)
}

// Wheel turns the wheel at a place of the window, down by dy; with Ctrl held if so wanted.
func (t *Tab) Wheel(x, y, dy float64, held bool) {
	t.tb.Helper()
	turned := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseWheel, X: x, Y: y, DeltaX: almost, DeltaY: dy}
	if held {
		turned.Modifiers = ctrl
	}
	t.mouse(turned)
}

func (t *Tab) mouse(p input.DispatchMouseEventParams) {
	t.tb.Helper()
	if _, err := chromedp.Call(t.ctx, input.DispatchMouseEvent, p); err != nil {
		t.tb.Fatal(err)
	}
}

// Pinch puts two fingers beside a place of the window, each from pixels away from it, and moves them until each is to pixels away.
func (t *Tab) Pinch(x, y, from, to float64) {
	t.tb.Helper()
	fingers := func(what input.DispatchTouchEventType, away float64) {
		p := input.DispatchTouchEventParams{Type: what, TouchPoints: []*input.TouchPoint{}}
		if away > 0 {
			p.TouchPoints = []*input.TouchPoint{{X: x - away, Y: y, ID: new(1.0)}, {X: x + away, Y: y, ID: new(2.0)}}
		}
		if _, err := chromedp.Call(t.ctx, input.DispatchTouchEvent, p); err != nil {
			t.tb.Fatal(err)
		}
	}
	fingers(input.DispatchTouchEventTypeTouchStart, from)
	for n := 1; n <= between; n++ {
		fingers(input.DispatchTouchEventTypeTouchMove, from+(to-from)*float64(n)/between)
	}
	fingers(input.DispatchTouchEventTypeTouchEnd, 0)
}

// Scripts says whether pages that are opened from now on may run their scripts.
func (t *Tab) Scripts(run bool) {
	t.tb.Helper()
	if _, err := chromedp.Call(t.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !run}); err != nil {
		t.tb.Fatal(err)
	}
}
