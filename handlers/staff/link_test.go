package staff_test

import (
	"encoding/base64"
	"net/http"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/handlers/staff"
)

// Links: whoever has one that we signed, and in time, is let in, and nobody else.
func TestLinks(t *testing.T) {
	for name, c := range map[string]struct {
		change func(link string) string
		late   time.Duration
		good   bool
	}{
		"as it was given":       {good: true},
		"in its last second":    {late: limits.Link, good: true},
		"a second after that":   {late: limits.Link + time.Second},
		"a day later":           {late: 24 * time.Hour},
		"without its end":       {change: func(l string) string { return l[:len(l)-4] }},
		"with more at its end":  {change: func(l string) string { return l + "AAAA" }},
		"padded":                {change: func(l string) string { return l + "=" }},
		"of nothing":            {change: func(l string) string { return path.Dir(l) + "/A" }},
		"that is no base64":     {change: func(l string) string { return path.Dir(l) + "/" + strings.Repeat("*", 90) }},
		"with an empty payload": {change: func(l string) string { return path.Dir(l) + "/" + strings.Repeat("A", 75) }},
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			link := w.link("p-1")
			if c.change != nil {
				link = c.change(link)
			}
			w.after(c.late)
			look, press := w.gets(link, nil), w.posts(link, nil, nil)
			if good := look.Code == http.StatusOK && press.Code == http.StatusSeeOther; good != c.good {
				t.Errorf("looked at: %d, pressed: %d", look.Code, press.Code)
			}
			if !c.good && (look.Code != http.StatusForbidden || press.Code != http.StatusForbidden || len(w.desk.used) > 0) {
				t.Errorf("not refused: %d, %d, asked the desk %d times", look.Code, press.Code, len(w.desk.used))
			}
		})
	}
}

// No single byte of a link can be changed: neither the time, nor whose it is, nor the signature.
func TestChangedLinksAreNone(t *testing.T) {
	w := begin(t)
	link := w.link("p-1")
	raw, err := base64.RawURLEncoding.DecodeString(path.Base(link))
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		changed := append([]byte(nil), raw...)
		changed[i] ^= 1
		if got := w.posts(path.Dir(link)+"/"+base64.RawURLEncoding.EncodeToString(changed), nil, nil); got.Code != http.StatusForbidden {
			t.Errorf("byte %d changed: %d", i, got.Code)
		}
	}
	if len(w.desk.used) > 0 {
		t.Error("the desk was asked")
	}
	other := begin(t, func(o *staff.Options) { o.Secret = []byte("another secret, as long as ours.") })
	if got := other.posts(link, nil, nil); got.Code != http.StatusForbidden {
		t.Errorf("signed with another secret: %d", got.Code)
	}
}

// A look uses a link up as little as a press of somebody who was late; the first press does.
func TestLinkIsGoodOnce(t *testing.T) {
	w := begin(t)
	one, two := w.link("p-1"), w.link("p-1")
	if one == two {
		t.Fatal("two links are the same")
	}
	for range 3 {
		if got := w.gets(one, nil); got.Code != http.StatusOK || len(cookies(got)) > 0 {
			t.Fatalf("a look: %d, %d cookies", got.Code, len(cookies(got)))
		}
	}
	if len(w.desk.used) > 0 {
		t.Fatal("a look was taken for a press")
	}
	for i, want := range []int{http.StatusSeeOther, http.StatusForbidden, http.StatusForbidden} {
		if got := w.posts(one, nil, nil); got.Code != want {
			t.Errorf("press %d: %d, want %d", i+1, got.Code, want)
		}
	}
	if w.desk.keep != limits.Link {
		t.Errorf("remembered for %s, and good for %s", w.desk.keep, limits.Link)
	}
	if got := w.posts(two, nil, nil); got.Code != http.StatusSeeOther {
		t.Errorf("the other link: %d", got.Code)
	}
}

// Who left the office since the link was made is not let in with it.
func TestLinkOfWhoLeft(t *testing.T) {
	w := begin(t)
	link := w.link("p-1")
	w.desk.over["p-1"] = true
	got := w.posts(link, nil, nil)
	if got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "您现在没有任职") {
		t.Errorf("let in: %d", got.Code)
	}
}

// Without an address there are no links; what is too weak to work with is refused at the start.
func TestOptions(t *testing.T) {
	w := begin(t, func(o *staff.Options) { o.Base = "" })
	if link, _, ok := w.site.Link("p-1", w.now); ok || link != "" {
		t.Errorf("a link to nowhere: %q", link)
	}
	if _, err := staff.New(staff.Options{Desk: w.desk, Evidence: evidence{}, Secret: []byte("short")}); err == nil {
		t.Error("a short secret was taken")
	}
}
