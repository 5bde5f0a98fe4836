package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// openDemo starts the demonstration as `gridwarden demo` does, on a port of its own.
func openDemo(t *testing.T) (d *demo, url string) {
	t.Helper()
	return openDemoAsOf(t, "")
}

// openDemoAsOf is openDemo with --as-of.
func openDemoAsOf(t *testing.T, asOf string) (d *demo, url string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	d, err := newDemo(ctx, seedsFlags{}, slog.New(slog.NewTextHandler(logTo(t), &slog.HandlerOptions{Level: slog.LevelError})), asOf, time.Millisecond)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		done <- runInOrder(ctx, []func(context.Context) error{
			func(ctx context.Context) error { return d.app.Run(ctx, d.app.polling()) },
			func(ctx context.Context) error { d.site.Run(ctx); return nil },
		})
	}()
	server := httptest.NewServer(d.site)
	t.Cleanup(func() {
		server.CloseClientConnections()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		server.Close()
		d.close()
	})
	return d, server.URL
}

// playView is what /state tells of the example.
type playView struct {
	Play struct {
		Status string `json:"status"`
		Why    string `json:"why"`
		Scene  string `json:"scene"`
		Step   int    `json:"step"`
		Steps  int    `json:"steps"`
	} `json:"play"`
	Cases []struct {
		Number string `json:"number"`
		Done   bool   `json:"done"`
	} `json:"cases"`
}

// await polls the page's state until it is as wanted. The demonstration runs in real time, so this is the one place
// where a test has to wait for it.
func await(t *testing.T, url string, wanted func(playView) bool) playView {
	t.Helper()
	deadline, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	for {
		var v playView
		if err := json.Unmarshal([]byte(get(t, url+"/state")), &v); err != nil {
			t.Fatal(err)
		}
		if wanted(v) {
			return v
		}
		if pause(deadline, 50*time.Millisecond) != nil {
			t.Fatalf("the page's state stays at %+v", v)
		}
	}
}

func finished(v playView) bool { return v.Play.Status == "done" || v.Play.Status == "failed" }

// TestDemo_InTheBrowser presses the button that plays the example in a real browser and watches the case being closed.
func TestDemo_InTheBrowser(t *testing.T) {
	browser := findBrowser(t)
	_, url := openDemo(t)
	start, cancelStart := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU)
	defer cancelStart()
	tab, cancel := chromedp.NewContext(start)
	defer cancel()
	tab, cancelTime := context.WithTimeout(tab, 90*time.Second)
	defer cancelTime()
	do := func(actions ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(tab, actions...); err != nil {
			t.Fatal(err)
		}
	}
	do(chromedp.EmulateViewport(1400, 1000), chromedp.Navigate(url), chromedp.WaitVisible(chromedp.CSS("body.ready")))
	do(chromedp.Click(chromedp.CSS("#play-start")))
	v := await(t, url, finished)
	if v.Play.Status != "done" {
		t.Errorf("the example ended with %+v", v)
	}
	text, err := chromedp.Run(tab, chromedp.Text(chromedp.CSS("body")))
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"已办结", "A20", "gridwarden-A2026-00001.zip"} {
		if !strings.Contains(text, words) {
			t.Errorf("the page does not show %q", words)
		}
	}
	if dir := os.Getenv("GRIDWARDEN_SCREENSHOTS"); dir != "" {
		picture, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "demo.png"), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// findBrowser finds a headless Chromium; without one the test is left out, or fails where one is required.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium-headless-shell", "chromium", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	if os.Getenv("GRIDWARDEN_REQUIRE_BROWSER") == "1" {
		t.Fatal("no Chromium on PATH, and GRIDWARDEN_REQUIRE_BROWSER=1")
	}
	t.Skip("left out: no Chromium on PATH (install chromium-headless-shell)")
	return ""
}
