package botapi

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"
)

func post(tb testing.TB, kind, body string) *http.Request {
	tb.Helper()
	r := httptest.NewRequestWithContext(tb.Context(), http.MethodPost, "/bot"+DefaultToken+"/sendMessage", strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	return r
}

func TestParseRequest(t *testing.T) {
	const multi = "multipart/form-data; boundary=B"
	for _, tt := range []struct{ name, kind, body, text string }{
		{"urlencoded", "application/x-www-form-urlencoded", "chat_id=7&text=a%2Bb", "a+b"},
		{"json", "application/json; charset=utf-8", `{"chat_id":7,"text":"a+b","x":null}`, "a+b"},
		{"multipart", multi, "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na+b\r\n--B\r\n" +
			"Content-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--B--\r\n", "a+b"},
		{"empty multipart", multi, "", ""},
		{"empty json", "application/json", "", ""},
		{"no type", "", "whatever", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := parseRequest(post(t, tt.kind, tt.body), "sendMessage", maxUpload)
			if err != nil {
				t.Fatal(err)
			}
			if c.params["text"] != tt.text || tt.text != "" && c.params["chat_id"] != "7" {
				t.Errorf("got %v", c.params)
			}
		})
	}
}

func TestParseRequestRefuses(t *testing.T) {
	const limit = 1 << 10
	var refusal *apiError
	for _, tt := range []struct {
		kind, body string
		code       int
	}{
		{"application/json", `[1]`, 400},
		{"application/json", `{`, 400},
		{"application/x-www-form-urlencoded", "a=%zz", 400},
		{"application/x-www-form-urlencoded", "a=%ff", 400},
		{"multipart/form-data; boundary=B", strings.Repeat("garbage\r\n", 10), 0},
		{"application/json", strings.Repeat(" ", limit+2), 413},
		{"multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"document\"; filename=\"f\"\r\n\r\n" +
			strings.Repeat("x", limit) + "\r\n--B--\r\n", 413},
	} {
		_, err := parseRequest(post(t, tt.kind, tt.body), "m", limit)
		if tt.code == 0 {
			continue // tolerated or refused, but no panic
		}
		if !errors.As(err, &refusal) || refusal.Code != tt.code {
			t.Errorf("%.20q: %v, want %d", tt.body, err, tt.code)
		}
	}
}

func FuzzParseRequest(f *testing.F) {
	f.Add("application/json", []byte(`{"chat_id":7,"text":"x"}`))
	f.Add("application/x-www-form-urlencoded", []byte("chat_id=7&text=x"))
	f.Add("multipart/form-data; boundary=B", []byte("--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n--B--\r\n"))
	f.Add("multipart/form-data", []byte("--\r\n"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		e := New()
		e.User(7, "马", "").Known()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/bot"+DefaultToken+"/sendMessage", bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		if a := e.answer(r); a.err == nil && a.status/100 != 2 && a.status/100 != 4 {
			t.Errorf("status %d", a.status)
		}
		for _, m := range e.Messages(7) {
			if !utf8.ValidString(m.Text) || m.Text == "" {
				t.Errorf("delivered %q", m.Text)
			}
		}
	})
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<b>x</b>", "a &amp; b &#x5b57;", `<a href="https://a.b/?x=1&amp;y">字😀</a>`, "<pre><code class=\"language-go\">x</code></pre>",
		"<", "</", "<b", "&", "&#;", "<blockquote expandable>q</blockquote>", "<a href=>x</a>", "<a>x</a>", "<i><b>😀</b></i>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) {
			return
		}
		text, entities, err := parseHTML(src)
		if err != nil {
			return
		}
		text, entities = trim(text, entities)
		for _, entity := range entities {
			if entity.Offset < 0 || entity.Length <= 0 || entity.Offset+entity.Length > utf16Len(text) {
				t.Errorf("%q: entity %+v outside %q", src, entity, text)
			}
		}
	})
}
