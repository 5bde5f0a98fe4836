package texts

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const notice = "notice.in_court"

// An office's own wording is said in the place of the original, in its language only, until it is taken back.
func TestOwnWordingIsSaid(t *testing.T) {
	c := load(t)
	if !slices.Contains(c.Templates(), notice) {
		t.Fatalf("%s is no template: %v", notice, c.Templates())
	}
	chinese, english := c.Original(Chinese, notice), c.Original(English, notice)
	own := "本局另行答复：" + chinese
	if err := c.Override(Overrides{Chinese: {notice: own}}); err != nil {
		t.Fatal(err)
	}
	if c.Wording(Chinese, notice) != own || c.Wording(English, notice) != english || c.Original(Chinese, notice) != chinese {
		t.Errorf("in force: %s", c.Wording(Chinese, notice))
	}
	if got := c.T(Chinese, notice, nil); !strings.HasPrefix(got, "本局另行答复") {
		t.Errorf("said: %s", got)
	}
	if err := c.Override(nil); err != nil || c.Wording(Chinese, notice) != chinese {
		t.Errorf("not restored: %v, %s", err, c.Wording(Chinese, notice))
	}
}

// A wording has the places of the original and what Telegram takes; otherwise the original is said.
func TestUnsoundWordingIsRefused(t *testing.T) {
	c, err := read(fstest.MapFS{"zh-CN/a.json": {Data: []byte(`{"notice.a":"{name}，您好","report.a":"x"}`)}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]error{
		"{name}好": nil, "您好": ErrPlaces, "{name}{phone}": ErrPlaces, "{name": ErrPlaces, " ": ErrPlaces,
		"<b>{name}": ErrMarkup, "<script>{name}</script>": ErrMarkup, "{name} & co": ErrMarkup,
	} {
		if got := c.Check(Chinese, "notice.a", text); !errors.Is(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		_ = c.Override(Overrides{Chinese: {"notice.a": text}})
		if said := c.Wording(Chinese, "notice.a"); (said == text) != (want == nil) {
			t.Errorf("%q: %q is said", text, said)
		}
	}
	for _, key := range []string{"report.a", "notice.b", "notice.cell.new"} {
		if got := c.Check(Chinese, key, "x"); !errors.Is(got, ErrKey) {
			t.Errorf("%s: %v", key, got)
		}
	}
}
