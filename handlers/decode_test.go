package handlers

import (
	"testing"
	"time"
)

// What Telegram invents does not make a message unreadable, as long as we need nothing of it.
func TestDecodeLeavesOutWhatIsNew(t *testing.T) {
	const head = `{"update_id":7,"message":{"message_id":3,"date":1790000000,"from":{"id":5,"is_bot":false,"first_name":"x"},"chat":{"id":5,"type":"private"}`
	for name, tc := range map[string]struct {
		data    string
		text    string
		forward bool
	}{
		"plain":           {head + `,"text":"水"}}`, "水", false},
		"forward":         {head + `,"text":"水","forward_origin":{"type":"from_the_moon","date":1}}}`, "水", true},
		"odd forward":     {head + `,"text":"水","forward_origin":7}}`, "水", true},
		"reply":           {head + `,"text":"水","reply_to_message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"forward_origin":{"type":"x"}}}}`, "水", false},
		"external reply":  {head + `,"text":"水","external_reply":{"origin":{"type":"x"}}}}`, "水", false},
		"unknown content": {head + `,"caption":"水","checklist":7,"gift":"x"}}`, "水", false},
		"edited":          {`{"update_id":7,"edited_` + head[len(`{"update_id":7,"`):] + `,"text":"水","forward_origin":{"type":"x"}}}`, "水", true},
		"button": {
			`{"update_id":7,"callback_query":{"id":"1","from":{"id":5,"first_name":"x"},"data":"水","message":` +
				head[len(`{"update_id":7,"message":`):] + `,"forward_origin":{"type":"x"}}}}`, "", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			u, err := decode([]byte(tc.data))
			if err != nil {
				t.Fatal(err)
			}
			m, ok := FromUpdate(&u, time.Unix(1, 0))
			if !ok || m.Text != tc.text || m.Forward != tc.forward || m.User != 5 || m.ID != 3 || m.Update != 7 {
				t.Errorf("%+v", m)
			}
		})
	}
	for _, data := range []string{"", "null,", `{"update_id":`, `7`, head + `,"text":7}}`} {
		if _, err := decode([]byte(data)); err == nil {
			t.Errorf("%q was read", data)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"update_id":7,"message":{"message_id":3,"chat":{"id":5},"forward_origin":{"type":"x"}}}`))
	f.Add([]byte(`{"callback_query":{"message":null}}`))
	f.Add([]byte(`{"message":[],"callback_query":7}`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if u, err := decode(data); err == nil {
			FromUpdate(&u, time.Unix(1, 0))
		}
	})
}
