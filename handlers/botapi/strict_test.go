package botapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// ask calls a method with urlencoded parameters and returns the description of the refusal, or "".
func ask(tb testing.TB, e *Emulator, method string, params ...string) string {
	tb.Helper()
	_, description := answered(tb, e, method, params...)
	return description
}

func answered(tb testing.TB, e *Emulator, method string, params ...string) (result json.RawMessage, refusal string) {
	tb.Helper()
	form := url.Values{}
	for i := 0; i < len(params); i += 2 {
		form.Set(params[i], params[i+1])
	}
	r := httptest.NewRequestWithContext(tb.Context(), http.MethodPost, "/bot"+e.Token()+"/"+method, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var reply struct {
		Result      json.RawMessage
		Description string
	}
	a := e.answer(r)
	if err := json.Unmarshal(a.body, &reply); err != nil {
		tb.Fatalf("%s: %v in %q", method, err, a.body)
	}
	return reply.Result, reply.Description
}

func keys(buttons ...string) string {
	return `{"inline_keyboard":[[` + strings.Join(buttons, ",") + `]]}`
}

func TestStrictSending(t *testing.T) {
	button := func(data string) string { return fmt.Sprintf(`{"text":"b","callback_data":%q}`, data) }
	many := func(n int) string {
		return keys(strings.Split(strings.Repeat(button("x")+"\x00", n-1)+button("x"), "\x00")...)
	}
	for _, tt := range []struct{ name, text, mode, markup, want string }{
		{"plain", "你好", "", "", ""},
		{"empty", "", "", "", "message text is empty"},
		{"only space", " \n\t", "", "", "message text is empty"},
		{"only tags", "<b></b>", "HTML", "", "message text is empty"},
		{"4096 units", strings.Repeat("字", 4096), "", "", ""},
		{"4097 units", strings.Repeat("字", 4097), "", "", "message is too long"},
		{"2048 pairs", strings.Repeat("😀", 2048), "", "", ""},
		{"2049 pairs", strings.Repeat("😀", 2049), "", "", "message is too long"},
		{"4096 after parsing", "<b>" + strings.Repeat("字", 4096) + "</b>", "HTML", "", ""},
		{"unclosed", "<b>x", "HTML", "", "can't parse entities: Can't find end tag"},
		{"crossed", "<b><i>x</b></i>", "HTML", "", "can't parse entities: Unmatched end tag"},
		{"unsupported", "<table>x", "HTML", "", `Unsupported start tag "table"`},
		{"bare less", "PM2.5 < 35", "HTML", "", "can't parse entities: Unclosed start tag"},
		{"lone end", "x</b>", "HTML", "", "Unexpected end tag"},
		{"nested quotes", "<blockquote><blockquote>x</blockquote></blockquote>", "HTML", "", "can't be nested"},
		{"span without class", "<span>x</span>", "HTML", "", `must have class "tg-spoiler"`},
		{"bare ampersand", "A & B", "HTML", "", ""},
		{"markdown", "*x*", "MarkdownV2", "", "unsupported parse_mode"},
		{"not utf-8", "\xff", "", "", "must be encoded in UTF-8"},
		{"64 bytes", "x", "", keys(button(strings.Repeat("d", 64))), ""},
		{"65 bytes", "x", "", keys(button(strings.Repeat("d", 65))), "BUTTON_DATA_INVALID"},
		{"22 chinese signs", "x", "", keys(button(strings.Repeat("字", 22))), "BUTTON_DATA_INVALID"},
		{"no data", "x", "", keys(button("")), "BUTTON_DATA_INVALID"},
		{"no action", "x", "", keys(`{"text":"b"}`), "text buttons are unallowed"},
		{"two actions", "x", "", keys(`{"text":"b","callback_data":"x","url":"https://a.b"}`), "exactly one action"},
		{"empty copy_text of the library", "x", "", keys(`{"text":"b","callback_data":"x","copy_text":{"text":""}}`), ""},
		{"no label", "x", "", keys(`{"text":" ","callback_data":"x"}`), "text must be non-empty"},
		{"localhost", "x", "", keys(`{"text":"b","url":"http://localhost/"}`), "wrong HTTP URL"},
		{"100 buttons", "x", "", many(100), ""},
		{"101 buttons", "x", "", many(101), "REPLY_MARKUP_TOO_LONG"},
		{"no object", "x", "", `[1]`, "object expected as reply markup"},
		{"broken json", "x", "", `{"inline_keyboard":[`, "can't parse reply keyboard markup"},
		{"two kinds", "x", "", `{"inline_keyboard":[],"remove_keyboard":true}`, "must be of one kind"},
		{"reply keyboard", "x", "", `{"keyboard":[[{"text":"a"}]]}`, ""},
		{"empty reply keyboard", "x", "", `{"keyboard":[]}`, "at least one button"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := New()
			e.User(1, "马", "").Known()
			params := []string{"chat_id", "1", "text", tt.text}
			if tt.mode != "" {
				params = append(params, "parse_mode", tt.mode)
			}
			if tt.markup != "" {
				params = append(params, "reply_markup", tt.markup)
			}
			got := ask(t, e, "sendMessage", params...)
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got != "" && len(e.Messages(1)) != 0 {
				t.Error("a refused message was delivered")
			}
		})
	}
}

func TestStrictElsewhere(t *testing.T) {
	for _, tt := range []struct {
		name, method, want string
		params             []string
	}{
		{"no chat", "sendMessage", "chat_id is empty", []string{"text", "x"}},
		{"unknown chat", "sendMessage", "chat not found", []string{"chat_id", "99", "text", "x"}},
		{"channel name", "sendMessage", "chat not found", []string{"chat_id", "@nobody", "text", "x"}},
		{"reply to nothing", "sendMessage", "message to be replied not found", []string{"chat_id", "1", "text", "x", "reply_parameters", `{"message_id":77}`}},
		{"unless allowed", "sendMessage", "", []string{"chat_id", "1", "text", "x", "reply_parameters", `{"message_id":77,"allow_sending_without_reply":true}`}},
		{"bad action", "sendChatAction", "wrong parameter action", []string{"chat_id", "1", "action", "sleeping"}},
		{"nan", "sendLocation", "wrong latitude", []string{"chat_id", "1", "latitude", "NaN", "longitude", "1"}},
		{"beyond", "sendLocation", "wrong latitude", []string{"chat_id", "1", "latitude", "36", "longitude", "181"}},
		{"place", "sendLocation", "", []string{"chat_id", "1", "latitude", "36.48", "longitude", "102.4"}},
		{"old query", "answerCallbackQuery", "query is too old", []string{"callback_query_id", "1"}},
		{"no message to edit", "editMessageText", "message to edit not found", []string{"chat_id", "1", "message_id", "88", "text", "x"}},
		{"no message to delete", "deleteMessage", "message to delete not found", []string{"chat_id", "1", "message_id", "88"}},
		{"bad file", "sendPhoto", "wrong file identifier", []string{"chat_id", "1", "photo", "abc"}},
		{"no photo", "sendPhoto", "there is no photo in the request", []string{"chat_id", "1"}},
		{"far file", "sendPhoto", "failed to get HTTP URL content", []string{"chat_id", "1", "photo", "https://example.org/a.jpg"}},
		{"unknown file", "getFile", "invalid file_id", []string{"file_id", "x"}},
		{"command in capitals", "setMyCommands", "BOT_COMMAND_INVALID", []string{"commands", `[{"command":"Start","description":"x"}]`}},
		{"command without words", "setMyCommands", "BOT_COMMAND_DESCRIPTION_INVALID", []string{"commands", `[{"command":"start","description":""}]`}},
		{"commands of a stranger", "setMyCommands", "chat not found", []string{"commands", `[]`, "scope", `{"type":"chat","chat_id":99}`}},
		{"long language", "setMyCommands", "invalid language code", []string{"commands", `[]`, "language_code", "zh-hans"}},
		{"album of one", "sendMediaGroup", "wrong number of media", []string{"chat_id", "1", "media", `[{"type":"photo","media":"x"}]`}},
		{"plain http hook", "setWebhook", "HTTPS URL must be provided", []string{"url", "http://example.org/"}},
		{"odd port", "setWebhook", "only on ports", []string{"url", "https://example.org:9000/"}},
		{"odd secret", "setWebhook", "unallowed characters", []string{"url", "https://example.org/", "secret_token", "a b"}},
		{"bad offset", "getUpdates", "can't parse", []string{"offset", "x"}},
		{"long description", "setMyDescription", "too long", []string{"description", strings.Repeat("字", 513)}},
		{"long name", "setMyShortDescription", "", []string{"short_description", strings.Repeat("字", 120)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := New()
			e.User(1, "马", "").Known()
			got := ask(t, e, tt.method, tt.params...)
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestViolations(t *testing.T) {
	e := New()
	e.User(1, "马", "").Known()
	for _, params := range [][]string{
		{"chat_id", "1", "text", "x", "reply_to_message_id", "4"}, // gone since Bot API 7.0
		{"chat_id", "1", "text", "x", "disable_notification", "maybe"},
		{"chat_id", "1", "text", "x", "reply_markup", keys(`{"text":"b","callback_data":"x","colour":"red"}`)},
		{"chat_id", "1", "text", "x", "link_preview_options", `{"disabled":true}`},
	} {
		before := len(e.Violations())
		if got := ask(t, e, "sendMessage", params...); got != "" {
			t.Errorf("%v: refused: %s", params, got)
		}
		if len(e.Violations()) != before+1 {
			t.Errorf("%v: no violation noted", params)
		}
	}
}

func TestEditing(t *testing.T) {
	e := New()
	e.User(1, "马", "").Known()
	markup := keys(`{"text":"b","callback_data":"x"}`)
	ask(t, e, "sendMessage", "chat_id", "1", "text", "<b>a</b>", "parse_mode", "HTML", "reply_markup", markup)
	edit := func(params ...string) string {
		return ask(t, e, "editMessageText", append([]string{"chat_id", "1", "message_id", "1"}, params...)...)
	}
	for _, tt := range []struct {
		want   string
		params []string
	}{
		{"message is not modified", []string{"text", "<b>a</b>", "parse_mode", "HTML", "reply_markup", markup}},
		{"", []string{"text", "a", "reply_markup", markup}}, // without the bold
		{"", []string{"text", "a"}}, // without the keyboard
		{"message is not modified", []string{"text", "a"}},
		{"message text is empty", []string{"text", ""}},
	} {
		if got := edit(tt.params...); tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%v: got %q, want %q", tt.params, got, tt.want)
		}
	}
	if got := ask(t, e, "editMessageCaption", "chat_id", "1", "message_id", "1", "caption", "c"); !strings.Contains(got, "no caption") {
		t.Error(got)
	}
	said := e.User(1, "马", "").Says("我的话")
	if got := ask(t, e, "editMessageText", "chat_id", "1", "message_id", itoa(int64(said.ID)), "text", "y"); !strings.Contains(got, "can't be edited") {
		t.Error(got)
	}
}
