package handlers

import (
	"encoding/json"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/go-telegram/bot/models"
)

func TestCommand(t *testing.T) {
	tests := []struct{ text, name, args string }{
		{"/report", "report", ""},
		{"/Report@GridWardenBot", "report", ""},
		{"/report@GridWardenBot 黑水", "report", "黑水"},
		{"/start abc_1", "start", "abc_1"},
		{"/status R1 X9", "status", "R1 X9"},
		{"/report\n黑水\n很臭", "report", "黑水\n很臭"},
		{"/report　黑水", "report", "黑水"},
		{"/report\t黑水", "report", "黑水"},
		{"／report 黑水", "report", "黑水"},
		{"请看 /report@bot", "", ""},
		{"黑水/report", "", ""},
		{"/", "", ""},
		{"/ report", "", "report"},
		{"/@bot", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		if name, args := command(tt.text); name != tt.name || args != tt.args {
			t.Errorf("%q: %q and %q, want %q and %q", tt.text, name, args, tt.name, tt.args)
		}
	}
}

func TestFromUpdate(t *testing.T) {
	arrived := time.Date(2026, 6, 8, 10, 0, 0, 0, time.UTC)
	head := `"message_id":5,"date":1780905600,"from":{"id":7,"language_code":"zh-hans"},"chat":{"id":7,"type":"private"}`
	tests := []struct {
		name  string
		json  string
		ok    bool
		check func(m Message) bool
	}{
		{"text", `{"update_id":1,"message":{` + head + `,"text":" 黑水 "}}`, true, func(m Message) bool {
			return m.Kind == Text && m.Text == "黑水" && m.User == 7 && m.Chat == 7 && !m.Group && m.At.Unix() == 1780905600 && m.Arrived.Equal(arrived)
		}},
		{"markers and NUL are dropped", `{"update_id":1,"message":{` + head + `,"text":"a\ue000R\ue001\u0000b"}}`, true, func(m Message) bool { return m.Text == "aRb" }},
		{"the largest photo", `{"update_id":1,"message":{` + head + `,"caption":"/report 臭","photo":[{"file_id":"s","width":90,"height":90},{"file_id":"l","width":900,"height":900,"file_size":5},{"file_id":"m","width":300,"height":300}]}}`, true, func(m Message) bool {
			return m.Kind == Media && len(m.Files) == 1 && m.Files[0].ID == "l" && m.Files[0].Size == 5 && m.Text == "/report 臭" && m.Command == "report" && m.Args == "臭"
		}},
		{"an animation is one video", `{"update_id":1,"message":{` + head + `,"animation":{"file_id":"a"},"document":{"file_id":"a"}}}`, true, func(m Message) bool {
			return len(m.Files) == 1 && m.Files[0].Kind == "video"
		}},
		{"a file's name is cleaned", `{"update_id":1,"message":{` + head + `,"document":{"file_id":"a","file_name":"\ue000C\ue001.jpg"}}}`, true, func(m Message) bool { return m.Files[0].Name == "C.jpg" }},
		{"a venue is cleaned", `{"update_id":1,"message":{` + head + `,"venue":{"title":"\ue000R\ue001","address":"b\u0000","location":{"latitude":36.5,"longitude":102.4}}}}`, true, func(m Message) bool { return m.Venue == "R b" }},
		{"a telephone number and a type are cleaned", `{"update_id":1,"message":{` + head + `,"contact":{"phone_number":"1\ue0003"},"voice":{"file_id":"a","mime_type":"a\ue001"}}}`, true, func(m Message) bool { return m.Phone == "13" && m.Files[0].Type == "a" }},
		{"a private chat of somebody else", `{"update_id":1,"message":{"message_id":5,"date":1780905600,"from":{"id":7},"chat":{"id":8,"type":"private"},"text":"a"}}`, false, nil},
		{"a button in a private chat of somebody else", `{"update_id":1,"callback_query":{"id":"q","data":"x","from":{"id":7},"message":{"message_id":5,"date":1780905600,"chat":{"id":8,"type":"private"}}}}`, false, nil},
		{"measured place", `{"update_id":1,"message":{` + head + `,"location":{"latitude":36.5,"longitude":102.4,"horizontal_accuracy":12}}}`, true, func(m Message) bool {
			return m.Kind == Location && m.Point.Lat == 36.5 && m.Point.Lon == 102.4 && m.Accuracy == 12 && !m.Picked && !m.Live
		}},
		{"picked place", `{"update_id":1,"message":{` + head + `,"location":{"latitude":36.5,"longitude":102.4}}}`, true, func(m Message) bool { return m.Picked }},
		{"venue", `{"update_id":1,"message":{` + head + `,"venue":{"title":"寿乐镇","address":"土官口","location":{"latitude":1,"longitude":2}}}}`, true, func(m Message) bool {
			return m.Venue == "寿乐镇 土官口" && m.Picked && m.Point.Lat == 1
		}},
		{"live place moved", `{"update_id":1,"edited_message":{` + head + `,"edit_date":1780905900,"location":{"latitude":1,"longitude":2,"live_period":900}}}`, true, func(m Message) bool {
			return m.Edited && m.Live && m.At.Unix() == 1780905900
		}},
		{"own contact", `{"update_id":1,"message":{` + head + `,"contact":{"phone_number":"138","user_id":7}}}`, true, func(m Message) bool { return m.Kind == Contact && m.Own && m.Phone == "138" }},
		{"somebody's contact", `{"update_id":1,"message":{` + head + `,"contact":{"phone_number":"138","user_id":8}}}`, true, func(m Message) bool { return !m.Own }},
		{"sticker", `{"update_id":1,"message":{` + head + `,"sticker":{"file_id":"x"}}}`, true, func(m Message) bool { return m.Kind == Nothing }},
		{"a channel's message", `{"update_id":1,"message":{"message_id":5,"chat":{"id":-100,"type":"channel"},"text":"x"}}`, false, nil},
		{"another bot's message", `{"update_id":1,"message":{"message_id":5,"from":{"id":9,"is_bot":true},"chat":{"id":-100,"type":"group"},"text":"x"}}`, false, nil},
		{"group", `{"update_id":1,"message":{"message_id":5,"from":{"id":9},"chat":{"id":-100,"type":"supergroup"},"text":"x","reply_to_message":{"message_id":4,"from":{"id":1,"is_bot":true},"chat":{"id":-100}}}}`, true, func(m Message) bool {
			return m.Group && m.ReplyTo == 4 && m.ReplyBot
		}},
		{"button", `{"update_id":2,"callback_query":{"id":"q","from":{"id":7},"data":"c:open:1","message":{"message_id":3,"date":1,"chat":{"id":7,"type":"private"}}}}`, true, func(m Message) bool {
			return m.Kind == Button && m.Data == "c:open:1" && m.Callback == "q" && m.ID == 3 && m.Chat == 7 && m.At.Equal(arrived)
		}},
		{"button of an old message", `{"update_id":2,"callback_query":{"id":"q","from":{"id":7},"data":"d","message":{"message_id":3,"date":0,"chat":{"id":7,"type":"private"}}}}`, true, func(m Message) bool { return m.ID == 3 && m.Chat == 7 }},
		{"button without message", `{"update_id":2,"callback_query":{"id":"q","from":{"id":7},"data":"d"}}`, true, func(m Message) bool { return m.Chat == 7 && !m.Group }},
		{"blocked", `{"update_id":3,"my_chat_member":{"chat":{"id":7,"type":"private"},"from":{"id":7},"date":5,"new_chat_member":{"status":"kicked","user":{"id":1}},"old_chat_member":{"status":"member","user":{"id":1}}}}`, true, func(m Message) bool { return m.Kind == Block && m.Blocked }},
		{"unblocked", `{"update_id":3,"my_chat_member":{"chat":{"id":7,"type":"private"},"from":{"id":7},"date":5,"new_chat_member":{"status":"member","user":{"id":1}},"old_chat_member":{"status":"kicked","user":{"id":1}}}}`, true, func(m Message) bool { return m.Kind == Block && !m.Blocked }},
		{"something else", `{"update_id":4,"poll":{"id":"1"}}`, false, nil},
		{"nothing", `{"update_id":5}`, false, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var u models.Update
			if err := json.Unmarshal([]byte(tt.json), &u); err != nil {
				t.Fatal(err)
			}
			m, ok := FromUpdate(&u, arrived)
			if ok != tt.ok {
				t.Fatalf("acted on: %v, want %v", ok, tt.ok)
			}
			if ok && !tt.check(m) {
				t.Errorf("got %+v", m)
			}
		})
	}
}

// Whatever Telegram or a forger sends: no panic, and nothing that must not get into the store.
func FuzzFromUpdate(f *testing.F) {
	for _, seed := range []string{
		`{"update_id":1,"message":{"message_id":5,"date":1,"from":{"id":7},"chat":{"id":7,"type":"private"},"text":"/report@bot 黑水"}}`,
		`{"update_id":1,"message":{"from":{"id":7},"chat":{},"photo":[{"file_id":"s"}],"caption":"请看 /report@bot","venue":{"title":"a"},"contact":{}}}`,
		`{"update_id":1,"edited_message":{"from":{"id":7},"chat":{"id":-1,"type":"supergroup"},"location":{"latitude":1e308}}}`,
		`{"update_id":2,"callback_query":{"id":"q","from":{"id":7},"data":"c:open:\ue000","message":{"date":0}}}`,
		`{"update_id":3,"my_chat_member":{"chat":{"id":7},"from":{"id":7},"new_chat_member":{"status":"kicked"},"old_chat_member":{}}}`,
		`{"message":{"text":"\ud800\udc00\ud800"},"callback_query":{}}`, `null`, `[]`, `{}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var u models.Update
		if json.Unmarshal(data, &u) != nil {
			return
		}
		m, ok := FromUpdate(&u, time.Unix(0, 0))
		if !ok {
			return
		}
		for _, s := range []string{m.Text, m.Command, m.Args, m.Data, m.Venue, m.Phone} {
			if !utf8.ValidString(s) || clean(s) != s {
				t.Errorf("unclean: %q", s)
			}
		}
		if m.Kind == Media && len(m.Files) == 0 || m.Kind == Location && m.Point == nil {
			t.Errorf("%s with nothing: %+v", m.Kind, m)
		}
	})
}
