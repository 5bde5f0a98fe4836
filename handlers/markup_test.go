package handlers

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// The keyboards as they go over the wire.
func TestMarkup(t *testing.T) {
	row := func(b ...ledger.Button) [][]ledger.Button { return [][]ledger.Button{b} }
	tests := []struct {
		name string
		m    ledger.Message
		want string
	}{
		{"none", ledger.Message{}, `null`},
		{"data", ledger.Message{Rows: row(ledger.Button{Text: "a", Data: "d"})}, `{"inline_keyboard":[[{"text":"a","callback_data":"d"}]]}`},
		{"copy", ledger.Message{Rows: row(ledger.Button{Text: "a", Copy: "c"})}, `{"inline_keyboard":[[{"text":"a","copy_text":{"text":"c"}}]]}`},
		{"link", ledger.Message{Rows: row(ledger.Button{Text: "a", URL: "https://x"})}, `{"inline_keyboard":[[{"text":"a","url":"https://x"}]]}`},
		{"one action only", ledger.Message{Rows: row(ledger.Button{Text: "a", Data: "d", Copy: "c", URL: "u"})}, `{"inline_keyboard":[[{"text":"a","copy_text":{"text":"c"}}]]}`},
		{"no action", ledger.Message{Rows: row(ledger.Button{Text: "a"}, ledger.Button{Text: "b", Data: "d"})}, `{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}`},
		{"too much data", ledger.Message{Rows: row(ledger.Button{Text: "a", Data: strings.Repeat("x", 65)})}, `null`},
		{"an edit keeps no reply keyboard", ledger.Message{Edit: 1, Ask: [][]ledger.Key{{{Text: "k"}}}}, `null`},
		{"keys", ledger.Message{Ask: [][]ledger.Key{{{Text: "k", Location: true}}, {{Text: "l", Contact: true}}}}, `{"keyboard":[[{"text":"k","request_location":true}],[{"text":"l","request_contact":true}]],"resize_keyboard":true,"one_time_keyboard":true}`},
		{"hide", ledger.Message{Hide: true}, `{"remove_keyboard":true}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := json.Marshal(markup(tt.m))
			if err != nil || string(got) != tt.want {
				t.Errorf("got %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
}

// Whatever the buttons are, each that goes out has a text and exactly one action, and no row is empty.
func TestMarkup_oneAction(t *testing.T) {
	part := rapid.SampledFrom([]string{"", "x", "很长的文字", strings.Repeat("长", 30), strings.Repeat("y", 300)})
	rapid.Check(t, func(rt *rapid.T) {
		var m ledger.Message
		for range rapid.IntRange(1, 4).Draw(rt, "rows") {
			var row []ledger.Button
			for range rapid.IntRange(0, 4).Draw(rt, "buttons") {
				row = append(row, ledger.Button{
					Text: part.Draw(rt, "text"), Data: part.Draw(rt, "data"), Copy: part.Draw(rt, "copy"), URL: part.Draw(rt, "url"),
				})
			}
			m.Rows = append(m.Rows, row)
		}
		raw, err := json.Marshal(markup(m))
		if err != nil {
			rt.Fatal(err)
		}
		var out struct {
			Rows [][]map[string]any `json:"inline_keyboard"`
		}
		if err := json.Unmarshal(raw, &out); err != nil {
			rt.Fatal(err)
		}
		for _, row := range out.Rows {
			if len(row) == 0 {
				rt.Fatalf("an empty row: %s", raw)
			}
			for _, b := range row {
				if b["text"] == "" || len(b) != 2 {
					rt.Fatalf("button %v", b)
				}
			}
		}
	})
}
