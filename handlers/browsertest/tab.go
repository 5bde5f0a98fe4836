package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// names are those under which a Chromium may be on PATH.
var names = []string{"chromium-headless-shell", "headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome"}

// Tab is a page open in a browser, with what went wrong there.
type Tab struct {
	tb   testing.TB
	ctx  context.Context
	base string

	letters float64 // how many times larger than usual; 0: as usual

	mu       sync.Mutex
	outside  []string // requests that left for elsewhere
	complain []string // refused by the page's policy, or thrown by its scripts
}

// Open starts a browser with a window of that size for what stands at base; the test must end within the time. Without a
// browser the test is left out, or fails where GRIDWARDEN_REQUIRE_BROWSER=1. When it ends, it fails for whatever was asked
// of elsewhere and whatever the browser complained of.
func Open(tb testing.TB, base string, width, height int64, within time.Duration) *Tab {
	tb.Helper()
	start, cancelStart := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(find(tb)), chromedp.NoSandbox, chromedp.DisableGPU)
	tb.Cleanup(cancelStart)
	ctx, cancel := chromedp.NewContext(start)
	tb.Cleanup(cancel)
	ctx, cancelTime := context.WithTimeout(ctx, within)
	tb.Cleanup(cancelTime)
	t := &Tab{tb: tb, ctx: ctx, base: base}
	t.Do(chromedp.EmulateViewport(width, height))
	t.watch()
	tb.Cleanup(t.check)
	return t
}

func find(tb testing.TB) string {
	tb.Helper()
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	if os.Getenv("GRIDWARDEN_REQUIRE_BROWSER") == "1" { //nolint:forbidigo // only tests import this package
		tb.Fatal("no Chromium on PATH, and GRIDWARDEN_REQUIRE_BROWSER=1")
	}
	tb.Skip("left out: no Chromium on PATH (install chromium-headless-shell)")
	return ""
}

// watch listens for requests to elsewhere and for complaints of the browser.
func (t *Tab) watch() {
	requests := chromedp.Events(t.ctx, network.RequestWillBeSent)
	entries := chromedp.Events(t.ctx, log.EntryAdded)
	thrown := chromedp.Events(t.ctx, runtime.ExceptionThrown)
	go func() {
		for e, err := range requests {
			if err != nil {
				return
			}
			if url := e.Request.URL; !strings.HasPrefix(url, t.base+"/") {
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

func (t *Tab) note(list *[]string, what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	*list = append(*list, what)
}

// check fails the test for anything that left the page, or that the browser complained of.
func (t *Tab) check() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.outside) > 0 {
		t.tb.Errorf("requests to elsewhere: %q", t.outside)
	}
	if len(t.complain) > 0 {
		t.tb.Errorf("the browser complained: %q", t.complain)
	}
}

// Context is that of the tab, for what the other methods cannot do.
func (t *Tab) Context() context.Context { return t.ctx }

// Go opens the page at that path and waits until it has been read.
func (t *Tab) Go(path string) {
	t.tb.Helper()
	t.Do(chromedp.Navigate(t.base+path), chromedp.WaitReady(chromedp.CSS("body")))
}

// Do does something in the page.
func (t *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	t.tb.Helper()
	if err := chromedp.Do(t.ctx, actions...); err != nil {
		t.tb.Fatal(err)
	}
}

// Size changes the size of the window.
func (t *Tab) Size(width, height int64) {
	t.tb.Helper()
	t.Do(chromedp.EmulateViewport(width, height))
}

// Prefer tells the page what its reader prefers: "prefers-color-scheme", "dark".
func (t *Tab) Prefer(feature, value string) {
	t.tb.Helper()
	_, err := chromedp.Call(t.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: feature, Value: value}},
	})
	if err != nil {
		t.tb.Fatal(err)
	}
}

// Tell evaluates an expression in the page.
func Tell[T any](t *Tab, expression string) T {
	t.tb.Helper()
	v, err := chromedp.Run(t.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.tb.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Until waits for an expression to become true of the page.
func (t *Tab) Until(expression string) {
	t.tb.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, 10*time.Second)
	defer cancel()
	expression = "(() => { try { return Boolean(" + expression + "); } catch { return false; } })()"
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingInterval(50*time.Millisecond))); err != nil {
		t.Shot("failed")
		t.tb.Fatalf("never became true: %s: %v", expression, err)
	}
}

// Fits fails the test when something is wider than the window; where names the page.
func (t *Tab) Fits(where string) {
	t.tb.Helper()
	if over := Tell[float64](t, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		t.tb.Errorf("%s: %v pixels too wide", where, over)
	}
}

// shots is where pictures are kept: GRIDWARDEN_SCREENSHOTS, or a folder that the first to ask makes.
var shots = sync.OnceValues(func() (string, error) {
	if dir := os.Getenv("GRIDWARDEN_SCREENSHOTS"); dir != "" { //nolint:forbidigo // only tests import this package
		return dir, os.MkdirAll(dir, 0o750)
	}
	return os.MkdirTemp("", "gridwarden-screenshots-")
})

// Shot keeps a picture of the whole page, to be looked at.
func (t *Tab) Shot(name string) {
	t.tb.Helper()
	const quality = 80 // enough to be looked at, and made in half the time of a picture without loss
	take := chromedp.FullScreenshot(quality)
	if t.letters > 1 {
		t.stretch()
		take = chromedp.CaptureScreenshot()
	}
	picture, err := chromedp.Run(t.ctx, take)
	if err != nil {
		t.tb.Error(err)
		return
	}
	t.keep(name+kind(picture), picture)
}

// kind is how the name of a picture ends.
func kind(picture []byte) string {
	if bytes.HasPrefix(picture, []byte("\x89PNG")) {
		return ".png"
	}
	return ".jpg"
}

// keep writes a file to the folder of pictures, which the log of the test names.
func (t *Tab) keep(name string, data []byte) {
	t.tb.Helper()
	dir, err := shots()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
	}
	if err != nil {
		t.tb.Error(err)
		return
	}
	t.tb.Logf("kept %s", filepath.Join(dir, name))
}
