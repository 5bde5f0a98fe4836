package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/gridwarden/gridwarden/handlers/browsertest"
)

// openDemo starts the demonstration as `gridwarden demo` does, on a port of its own.
func openDemo(t *testing.T) (d *demo, page string) {
	t.Helper()
	return openDemoAsOf(t, "")
}

// openDemoAsOf is openDemo with --as-of.
func openDemoAsOf(t *testing.T, asOf string) (d *demo, page string) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	public := httptest.NewUnstartedServer(nil)
	d, err := newDemo(ctx, seedsFlags{}, slog.New(slog.NewTextHandler(logTo(t), &slog.HandlerOptions{Level: slog.LevelError})), asOf, "http://"+public.Listener.Addr().String(), time.Millisecond)
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
	public.Config.Handler = d.app.publicSite()
	public.Start()
	t.Cleanup(func() {
		public.Close()
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
func await(t *testing.T, page string, wanted func(playView) bool) playView {
	t.Helper()
	deadline, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	for {
		var v playView
		if err := json.Unmarshal([]byte(get(t, page+"/state")), &v); err != nil {
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
	_, page := openDemo(t)
	tab := browsertest.Open(t, page, 1400, 1000, 90*time.Second)
	tab.Go("/")
	tab.Do(chromedp.WaitVisible(chromedp.CSS("body.ready")), chromedp.Click(chromedp.CSS("#play-start")))
	v := await(t, page, finished)
	if v.Play.Status != "done" {
		t.Errorf("the example ended with %+v", v)
	}
	text := browsertest.Tell[string](tab, `document.body.innerText`)
	for _, words := range []string{"已办结", "A20", "gridwarden-A2026-00001.zip"} {
		if !strings.Contains(text, words) {
			t.Errorf("the page does not show %q", words)
		}
	}
	tab.Shot("demo")
}

// TestDemo_TakesReportsOfPrograms: the key that it prints lets a program file one.
func TestDemo_TakesReportsOfPrograms(t *testing.T) {
	d, _ := openDemo(t)
	key, err := d.key(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	form := "service_code=water&lat=36.538&long=102.404&description=black+water+runs+into+the+river&api_key=" + key
	res, err := http.Post(d.app.Site+"/open311/v2/requests.json", "application/x-www-form-urlencoded", strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		t.Errorf("it is answered %s", res.Status)
	}
}

// TestDemo_ShowsThePublicSite: the page leads to the public site, and what happens on the phones is there at once.
func TestDemo_ShowsThePublicSite(t *testing.T) {
	d, phones := openDemo(t)
	link := regexp.MustCompile(`<a [^>]*id="public"[^>]*href="(http://[^"]+)/"`).FindStringSubmatch(get(t, phones))
	if len(link) < 2 || link[1] != d.app.Site {
		t.Fatalf("the page leads to %q, the site is at %s", link, d.app.Site)
	}
	if before := get(t, link[1]+"/cases"); !strings.Contains(before, "共 0 件") {
		t.Errorf("before anything happened:\n%s", before)
	}
	for path, words := range map[string]string{
		"/sections": "不达标", "/sections/laoyaxia": "1.62", "/cards": "样例·高庙食品加工厂", "/publications": "/publications/cards." + lastQuarter(d.clock.Now()), "/notices": "样例通知", "/en/notices": "Sample notice",
		"/consultations": "样例：引胜沟", "/publications/sections." + lastQuarter(d.clock.Now()): "样例对象",
	} {
		if page := get(t, link[1]+path); !strings.Contains(page, words) {
			t.Errorf("%s does not say %q:\n%.3000s", path, words, page)
		}
	}
	d.playsOut(t, phones, "closed")
	number := await(t, phones, finished).Cases[0].Number
	for path, words := range map[string]string{"/cases": number, "/en/cases/" + number: "Received and registered", "/how": "t.me/" + demoBot} {
		if page := get(t, link[1]+path); !strings.Contains(page, words) {
			t.Errorf("%s does not say %q", path, words)
		}
	}
}

// lastQuarter is the name of the quarter before the one of a moment.
func lastQuarter(now time.Time) string {
	last := now.AddDate(0, 0, 1-now.Day()).AddDate(0, -int(now.Month()-1)%3-1, 0)
	return fmt.Sprintf("%d-Q%d", last.Year(), (last.Month()+2)/3)
}
