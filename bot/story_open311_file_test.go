package main

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/apikey"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// program is one that files reports by Open311.
type program struct {
	w      *world
	secret string
}

// program gets a key that may be used so often a day.
func (w *world) program(name string, perDay int) *program {
	w.t.Helper()
	p := &program{w, apikey.Prefix + "secretof" + name}
	k := apikey.Key{Name: name, PerDay: perDay, Made: time.Now()}
	read := ledger.Dossier{Kind: apikey.Kind, ID: apikey.Hash(p.secret)}
	if err := (apiKeys{store: w.app.store}).write(context.Background(), read, k, time.Now()); err != nil {
		w.t.Fatal(err)
	}
	return p
}

// receipt is what a report gets.
type receipt struct {
	ID    string `json:"service_request_id"`
	Token string `json:"token"`
}

// files sends a form, with photos if there are any.
func (p *program) files(status int, fields url.Values, photos ...[]byte) receipt {
	p.w.t.Helper()
	fields.Set("api_key", p.secret)
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, all := range fields {
		for _, v := range all {
			_ = m.WriteField(name, v)
		}
	}
	for _, photo := range photos {
		part, err := m.CreateFormFile("media", "photo.jpg")
		if err != nil {
			p.w.t.Fatal(err)
		}
		_, _ = part.Write(photo)
	}
	_ = m.Close()
	r := httptest.NewRequest(http.MethodPost, "/open311/v2/requests.json", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	b := (&browser{w: p.w, address: "203.0.113.8:1"}).sends(r)
	if b.res.StatusCode != status {
		p.w.t.Fatalf("%s, want %d: %s", b.res.Status, status, b.body)
	}
	p.w.sleep(4 * time.Second)
	if status != http.StatusOK {
		return receipt{}
	}
	var out []receipt
	if err := json.Unmarshal([]byte(b.body), &out); err != nil || len(out) != 1 {
		p.w.t.Fatalf("%v: %s", err, b.body)
	}
	return out[0]
}

func sewageForm() url.Values {
	return url.Values{
		"service_code": {"water"}, "lat": {"36.538"}, "long": {"102.404"}, "description": {"寿乐镇有人往沟里排黑水，味道很大"},
		"last_name": {"马"}, "phone": {"13900001111"}, "email": {"ma@example.cn"}, "attribute[also][]": {"air"},
	}
}

// TestOpen311_AReportFiledByAProgramGoesTheSameWay: the desk gets it in chat and accepts it; machines see it move.
func TestOpen311_AReportFiledByAProgramGoesTheSameWay(t *testing.T) {
	story(t, func(w *world) {
		desk, li := w.officer("desk"), w.officer("li")
		p := w.program("village", 10)
		got := p.files(http.StatusOK, sewageForm(), photo(3))
		if got.ID == "" || got.Token != "" {
			t.Fatalf("%+v", got)
		}
		if again := p.files(http.StatusOK, sewageForm(), photo(3)); again != got {
			t.Errorf("sent again it is another: %+v", again)
		}
		c := w.caseOf(got.ID)
		if c.Source != casework.FromOpen311 || strings.Join(c.Categories, " ") != "water air" || len(c.Evidence) != 1 || !c.RealName || !c.Phone {
			t.Errorf("%+v", c)
		}
		desk.sees("往沟里排黑水").sees("待受理").seesNot("马").seesNot("13900001111").presses("受理")
		li.sees("新任务").presses("接办")

		var all []served
		w.asksJSON("/open311/v2/requests.json?service_request_id="+got.ID, &all)
		if len(all) != 1 || all[0].Status != "open" || all[0].Notes != "正在办理" || all[0].Description != nil {
			t.Errorf("%+v", all)
		}
		w.browses("/open311/v2/servicerequestupdates.xml?service_request_id="+got.ID).reads("已受理", "开始办理").readsNot("马", "黑水", "1390000")
	})
}

// TestOpen311_ABatchServiceGivesATokenFirst, which leads to the number once the desk has decided.
func TestOpen311_ABatchServiceGivesATokenFirst(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		form := sewageForm()
		form.Set("service_code", "other")
		form.Del("attribute[also][]")
		got := w.program("village", 10).files(http.StatusOK, form)
		if got.ID != "" || len(got.Token) < 10 {
			t.Fatalf("%+v", got)
		}
		look := func() string {
			var out []receipt
			w.asksJSON("/open311/v2/tokens/"+got.Token+".json", &out)
			return out[0].ID
		}
		if id := look(); id != "" {
			t.Errorf("a number before it is decided: %s", id)
		}
		desk.sees("待受理").presses("受理")
		if id := look(); id == "" || w.caseOf(id).CaseNo == "" {
			t.Errorf("no number after it was accepted: %q", id)
		}
	})
}

// TestOpen311_AKeyIsNeededAndBounded: without one nothing is filed, and no more than its quota.
func TestOpen311_AKeyIsNeededAndBounded(t *testing.T) {
	story(t, func(w *world) {
		desk := w.officer("desk")
		stranger := &program{w, "gw_guessed"}
		stranger.files(http.StatusForbidden, sewageForm())
		desk.seesNot("黑水")
		p := w.program("village", 1)
		p.files(http.StatusOK, sewageForm())
		other := sewageForm()
		other.Set("description", "碾伯镇河边有人倒建筑垃圾")
		p.files(http.StatusForbidden, other)
		desk.seesNot("建筑垃圾")
	})
}
