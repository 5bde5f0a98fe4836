package botapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// picture is a JPEG of the given size with a comment that only the original bytes carry.
func picture(tb testing.TB, w, h int) []byte {
	tb.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		img.Set(x, h/2, color.RGBA{R: 200, A: 255})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		tb.Fatal(err)
	}
	comment := append([]byte{0xff, 0xe1, 0, 16}, "Exif\x00\x00GPS-here"...)
	return append(append(append([]byte{}, out.Bytes()[:2]...), comment...), out.Bytes()[2:]...)
}

// updates fetches and confirms everything that is queued, decoded by the real library's types.
func updates(tb testing.TB, e *Emulator) []models.Update {
	tb.Helper()
	result, refusal := answered(tb, e, "getUpdates")
	if refusal != "" {
		tb.Fatal(refusal)
	}
	var list []models.Update
	if err := json.Unmarshal(result, &list); err != nil {
		tb.Fatal(err)
	}
	if n := len(list); n > 0 {
		answered(tb, e, "getUpdates", "offset", itoa(list[n-1].ID+1))
	}
	return list
}

func only(tb testing.TB, e *Emulator) *models.Message {
	tb.Helper()
	list := updates(tb, e)
	if len(list) != 1 || list[0].Message == nil {
		tb.Fatalf("got %d updates: %+v", len(list), list)
	}
	return list[0].Message
}

func TestCommandsAsEntities(t *testing.T) {
	for _, tt := range []struct {
		text string
		want [][2]int
	}{
		{"/start abc", [][2]int{{0, 6}}},
		{"请看 /report", [][2]int{{3, 7}}},
		{"😀 /report@GridWardenBot 好", [][2]int{{3, 21}}},
		{"/a/b", nil},
		{"/", nil},
		{"1/2", nil},
		{"/status 12 /help", [][2]int{{0, 7}, {11, 5}}},
		{"/状态", nil},
		{"/" + strings.Repeat("a", 33), nil},
	} {
		e := New()
		e.User(1, "马", "").Says(tt.text)
		var got [][2]int
		for _, entity := range only(t, e).Entities {
			if entity.Type == models.MessageEntityTypeBotCommand {
				got = append(got, [2]int{entity.Offset, entity.Length})
			}
		}
		if len(got) != len(tt.want) || len(got) > 0 && got[0] != tt.want[0] {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
		}
	}
}

// Ensure that a photo loses what is not pixels, that a document keeps every byte, and that both can be fetched.
func TestPhotoAndDocument(t *testing.T) {
	e := New()
	b := client(t, e)
	ma := e.User(1, "马", "")
	original := picture(t, 1600, 1200)

	ma.SendsPhoto(original, Caption("黑水"))
	m := only(t, e)
	if len(m.Photo) != 4 || m.Photo[3].Width != 1280 || m.Photo[3].Height != 960 || m.Caption != "黑水" {
		t.Fatalf("got %+v", m)
	}
	if data := fetch(t, e, b, m.Photo[3].FileID); bytes.Contains(data, []byte("Exif")) || len(data) != m.Photo[3].FileSize {
		t.Error("the photo kept its metadata, or its size is wrong")
	}
	ma.SendsDocument("IMG.JPG", "image/jpeg", original)
	d := only(t, e).Document
	if d == nil || d.FileSize != int64(len(original)) || d.MimeType != "image/jpeg" {
		t.Fatalf("got %+v", d)
	}
	if data := fetch(t, e, b, d.FileID); !bytes.Equal(data, original) {
		t.Error("the document changed on its way")
	}
	ma.SendsHugeDocument("long.mp4", "video/mp4", 21<<20)
	if _, err := b.GetFile(t.Context(), &bot.GetFileParams{FileID: only(t, e).Document.FileID}); err == nil || !strings.Contains(err.Error(), "too big") {
		t.Errorf("21 MB could be fetched: %v", err)
	}
}

func fetch(tb testing.TB, e *Emulator, b *bot.Bot, id string) []byte {
	tb.Helper()
	f, err := b.GetFile(tb.Context(), &bot.GetFileParams{FileID: id})
	if err != nil {
		tb.Fatal(err)
	}
	r, err := http.NewRequestWithContext(tb.Context(), http.MethodGet, b.FileDownloadLink(f), http.NoBody)
	if err != nil {
		tb.Fatal(err)
	}
	response, err := e.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		tb.Fatal(response.Status, err)
	}
	_ = response.Body.Close()
	return data
}

func TestFileLinksExpire(t *testing.T) {
	now := time.Date(2026, 2, 13, 9, 0, 0, 0, time.UTC)
	e := New(WithClock(func() time.Time { return now }))
	b := client(t, e)
	e.User(1, "马", "").SendsVoice([]byte("ogg"), 2)
	voice := only(t, e).Voice
	f, err := b.GetFile(t.Context(), &bot.GetFileParams{FileID: voice.FileID})
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour + time.Second)
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, b.FileDownloadLink(f), http.NoBody)
	if a := e.answer(r); a.status != http.StatusNotFound {
		t.Errorf("status %d after an hour", a.status)
	}
}

func TestAlbumAndLatePhoto(t *testing.T) {
	e := New()
	ma := e.User(1, "马", "")
	album := ma.SendsAlbum([][]byte{picture(t, 90, 60), []byte("not a picture")}, Caption("两张"))
	ma.SendsToAlbum(album[0].MediaGroupID, picture(t, 60, 90))
	list := updates(t, e)
	if len(list) != 3 {
		t.Fatalf("%d updates", len(list))
	}
	for i, u := range list {
		if u.Message.MediaGroupID != album[0].MediaGroupID || (u.Message.Caption != "") != (i == 0) || len(u.Message.Photo) != 1 {
			t.Errorf("item %d: %+v", i, u.Message)
		}
	}
}

func TestPlacesAndContacts(t *testing.T) {
	now := time.Date(2026, 2, 13, 9, 0, 0, 0, time.UTC)
	e := New(WithClock(func() time.Time { return now }))
	ma := e.User(1, "马", "")

	ma.SendsLocation(36.48, 102.4, 35, At(now.Add(-2*time.Hour)))
	m := only(t, e)
	if m.Location.HorizontalAccuracy != 35 || m.Date != int(now.Add(-2*time.Hour).Unix()) {
		t.Errorf("got %+v at %d", m.Location, m.Date)
	}
	live := ma.SharesLive(36.48, 102.4, 10, 900)
	_ = only(t, e)
	if !ma.Moves(live.ID, 36.49, 102.41) {
		t.Fatal("could not move")
	}
	if list := updates(t, e); len(list) != 1 || list[0].EditedMessage == nil || list[0].EditedMessage.Location.Latitude != 36.49 ||
		list[0].EditedMessage.Location.LivePeriod != 900 {
		t.Errorf("got %+v", list)
	}
	ma.SendsVenue(36.5, 102.3, "瞿昙寺", "瞿昙镇")
	if m = only(t, e); m.Venue == nil || m.Location == nil || m.Venue.Title != "瞿昙寺" {
		t.Errorf("got %+v", m)
	}
	ma.SendsContact("123", "李", 0)
	if m = only(t, e); m.Contact == nil || m.Contact.UserID != 0 {
		t.Errorf("got %+v", m)
	}
	first := ma.Says("先")
	ma.Says("后", ReplyTo(first.ID), ForwardedFrom(e.User(9, "李", ""), now.Add(-time.Hour)))
	m = updates(t, e)[1].Message
	if m.ReplyToMessage == nil || m.ReplyToMessage.Text != "先" || m.ForwardOrigin.MessageOriginUser.SenderUser.FirstName != "李" {
		t.Errorf("got %+v", m)
	}
	if !ma.Edits(first.ID, "改了") || ma.Edits(999, "x") {
		t.Error("edits")
	}
	if list := updates(t, e); len(list) != 1 || list[0].EditedMessage.Text != "改了" || list[0].EditedMessage.EditDate == 0 {
		t.Errorf("got %+v", list)
	}
}

func TestReplyKeyboard(t *testing.T) {
	e := New()
	b := client(t, e)
	ma := e.User(1, "马", "").Known()
	ma.SetPhone("+8613997000000")
	show := func(markup models.ReplyMarkup) {
		t.Helper()
		if _, err := b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: 1, Text: "?", ReplyMarkup: markup}); err != nil {
			t.Fatal(err)
		}
	}
	board := &models.ReplyKeyboardMarkup{OneTimeKeyboard: true, Keyboard: [][]models.KeyboardButton{
		{{Text: "位置", RequestLocation: true}, {Text: "电话", RequestContact: true}}, {{Text: "跳过"}},
	}}
	show(board)
	if got := ma.Buttons(); !slices.Equal(got, []string{"位置", "电话", "跳过"}) {
		t.Errorf("buttons: %v", got)
	}
	if err := ma.Taps("没有"); !errors.Is(err, ErrNoButton) {
		t.Errorf("got %v", err)
	}
	if err := ma.TapsLocation(36.4, 102.3, 12); err != nil {
		t.Fatal(err)
	}
	if m := only(t, e); m.Location == nil {
		t.Errorf("got %+v", m)
	}
	if ma.Keyboard() != nil {
		t.Error("a one-time keyboard stayed")
	}
	show(board)
	if err := ma.Taps("电话"); err != nil {
		t.Fatal(err)
	}
	if m := only(t, e); m.Contact == nil || m.Contact.PhoneNumber != "+8613997000000" || m.Contact.UserID != 1 {
		t.Errorf("got %+v", m)
	}
	show(board)
	show(&models.ReplyKeyboardRemove{RemoveKeyboard: true})
	if err := ma.TapsLocation(36, 102, 1); !errors.Is(err, ErrNoButton) {
		t.Errorf("got %v", err)
	}
}

func TestCallbackQueries(t *testing.T) {
	now := time.Date(2026, 2, 13, 9, 0, 0, 0, time.UTC)
	e := New(WithClock(func() time.Time { return now }))
	ma := e.User(1, "马", "").Known()
	ask(t, e, "sendMessage", "chat_id", "1", "text", "?", "reply_markup", keys(`{"text":"甲","callback_data":"a"}`))
	if got := ma.Buttons(); !slices.Equal(got, []string{"甲"}) {
		t.Errorf("buttons: %v", got)
	}
	id, err := ma.Presses(1, "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = ma.Presses(1, "b"); !errors.Is(err, ErrNoButton) {
		t.Errorf("pressed what is not there: %v", err)
	}
	raw, _ := answered(t, e, "getUpdates")
	if strings.Contains(string(raw), "copy_text") {
		t.Errorf("copy_text came back: %s", raw)
	}
	q := updates(t, e)[0].CallbackQuery
	if q.ID != id || q.Message.Message == nil || q.Message.Message.ReplyMarkup.InlineKeyboard[0][0].CallbackData != "a" {
		t.Errorf("got %+v", q)
	}
	if got := ask(t, e, "answerCallbackQuery", "callback_query_id", id, "text", "好"); got != "" {
		t.Error(got)
	}
	if got := ask(t, e, "answerCallbackQuery", "callback_query_id", id); !strings.Contains(got, "query is too old") {
		t.Errorf("answered twice: %q", got)
	}
	if toasts := ma.Toasts(); len(toasts) != 1 || toasts[0].Text != "好" || toasts[0].Data != "a" {
		t.Errorf("got %+v", toasts)
	}
	id = ma.Forges(77, "admin:close")
	if q = updates(t, e)[0].CallbackQuery; q.Message.InaccessibleMessage == nil || q.Data != "admin:close" {
		t.Errorf("got %+v", q)
	}
	if len(e.Unanswered()) != 1 {
		t.Error("a query waits for its answer")
	}
	now = now.Add(time.Minute)
	if got := ask(t, e, "answerCallbackQuery", "callback_query_id", id); !strings.Contains(got, "query is too old") {
		t.Errorf("answered late: %q", got)
	}
}

func TestGroupPrivacy(t *testing.T) {
	for _, tt := range []struct {
		text    string
		options []Option
		seen    bool
	}{
		{"闲话", nil, false},
		{"闲话", []Option{WithGroupPrivacyOff()}, true},
		{"/status", nil, true},
		{"/status@GridWardenBot", nil, true},
		{"/status@OtherBot", nil, false},
		{"@GridWardenBot 在吗", nil, true},
	} {
		e := New(tt.options...)
		ma := e.User(1, "马", "")
		group := e.Group(-7, "群", ma)
		if list := updates(t, e); len(list) != 1 || list[0].MyChatMember == nil || list[0].MyChatMember.NewChatMember.Member == nil {
			t.Fatalf("got %+v", list)
		}
		ma.Says(tt.text, In(group))
		if seen := len(updates(t, e)) == 1; seen != tt.seen {
			t.Errorf("%q: seen %v", tt.text, seen)
		}
	}
}
