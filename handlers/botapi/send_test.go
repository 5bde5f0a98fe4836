package botapi

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Ensure that the real client's uploads, albums, copies and edits of media go through, without violations.
func TestMediaFromBot(t *testing.T) {
	e := New()
	b := client(t, e)
	ma := e.User(1, "马", "").Known()
	ctx, photo := t.Context(), picture(t, 400, 300)

	m, err := b.SendPhoto(ctx, &bot.SendPhotoParams{
		ChatID: 1, Photo: &models.InputFileUpload{Filename: "a.jpg", Data: bytes.NewReader(photo)},
		Caption: "<i>图</i>", ParseMode: models.ParseModeHTML,
	})
	if err != nil {
		t.Fatal(err)
	}
	if m.Caption != "图" || len(m.CaptionEntities) != 1 || len(m.Photo) != 3 {
		t.Errorf("got %+v", m)
	}
	again, err := b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: 1, Photo: &models.InputFileString{Data: m.Photo[2].FileID}})
	if err != nil || again.Photo[2].FileID != m.Photo[2].FileID {
		t.Errorf("by file_id: %+v, %v", again, err)
	}
	_, err = b.SendDocument(ctx, &bot.SendDocumentParams{ChatID: 1, Document: &models.InputFileUpload{Filename: "空.csv", Data: strings.NewReader("")}})
	if err == nil || !strings.Contains(err.Error(), "must be non-empty") {
		t.Errorf("an empty file was accepted: %v", err)
	}
	d, err := b.SendDocument(ctx, &bot.SendDocumentParams{ChatID: 1, Document: &models.InputFileUpload{Filename: "周报.csv", Data: strings.NewReader("a,b")}})
	if err != nil {
		t.Fatal(err)
	}
	if data, ok := e.File(d.Document.FileID); !ok || string(data) != "a,b" || d.Document.FileName != "周报.csv" {
		t.Errorf("got %q, %+v", data, d.Document)
	}
	album, err := b.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: 1, Media: []models.InputMedia{
		&models.InputMediaPhoto{Media: "attach://one", MediaAttachment: bytes.NewReader(photo), Caption: "两张"},
		&models.InputMediaPhoto{Media: m.Photo[0].FileID},
	}})
	if err != nil || len(album) != 2 || album[0].MediaGroupID == "" || album[0].MediaGroupID != album[1].MediaGroupID {
		t.Errorf("album: %+v, %v", album, err)
	}
	edited, err := b.EditMessageMedia(ctx, &bot.EditMessageMediaParams{ChatID: 1, MessageID: m.ID, Media: &models.InputMediaPhoto{
		Media: "attach://new", MediaAttachment: bytes.NewReader(picture(t, 200, 100)), Caption: "新",
	}})
	if err != nil || edited.Photo[1].Width != 200 || edited.Caption != "新" {
		t.Errorf("edited: %+v, %v", edited, err)
	}
	if _, err = b.SendVideo(ctx, &bot.SendVideoParams{ChatID: 1, Video: &models.InputFileUpload{Filename: "v.mp4", Data: strings.NewReader("mp4")}}); err != nil {
		t.Error(err)
	}
	if _, err = b.SendVoice(ctx, &bot.SendVoiceParams{ChatID: 1, Voice: &models.InputFileUpload{Filename: "v.ogg", Data: strings.NewReader("ogg")}}); err != nil {
		t.Error(err)
	}
	if _, err = b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: 1, Photo: &models.InputFileUpload{Filename: "x", Data: strings.NewReader("text")}}); err == nil {
		t.Error("a text was accepted as a photo")
	}
	if n := len(ma.FromBot()); n != 7 {
		t.Errorf("%d messages", n)
	}
	if v := e.Violations(); len(v) > 0 {
		t.Errorf("violations: %v", v)
	}
}

func TestCopyAndForward(t *testing.T) {
	e := New()
	b := client(t, e)
	ma, li := e.User(1, "马", ""), e.User(2, "李", "").Known()
	said := ma.SendsPhoto(picture(t, 90, 90), Caption("冒烟"))
	if _, err := b.CopyMessage(t.Context(), &bot.CopyMessageParams{ChatID: 2, FromChatID: 1, MessageID: said.ID}); err != nil {
		t.Fatal(err)
	}
	m, _ := li.Last()
	if m.Caption != "冒烟" || len(m.Photo) != 1 || m.ForwardOrigin != nil || m.From.ID == 1 {
		t.Errorf("got %+v", m)
	}
	f, err := b.ForwardMessage(t.Context(), &bot.ForwardMessageParams{ChatID: 2, FromChatID: 1, MessageID: said.ID})
	if err != nil || f.ForwardOrigin == nil || f.ForwardOrigin.MessageOriginUser.SenderUser.ID != 1 {
		t.Errorf("got %+v, %v", f, err)
	}
	if _, err = b.CopyMessage(t.Context(), &bot.CopyMessageParams{ChatID: 2, FromChatID: 1, MessageID: 999}); err == nil {
		t.Error("copied nothing")
	}
}

func TestDeleting(t *testing.T) {
	now := time.Date(2026, 2, 13, 9, 0, 0, 0, time.UTC)
	e := New(WithClock(func() time.Time { return now }))
	e.User(1, "马", "").Known()
	for range 3 {
		ask(t, e, "sendMessage", "chat_id", "1", "text", "x")
	}
	if got := ask(t, e, "deleteMessage", "chat_id", "1", "message_id", "2"); got != "" || len(e.Messages(1)) != 2 {
		t.Errorf("%q, %d left", got, len(e.Messages(1)))
	}
	if got := ask(t, e, "deleteMessages", "chat_id", "1", "message_ids", "[1,2]"); got != "" || len(e.Messages(1)) != 1 {
		t.Errorf("%q, %d left", got, len(e.Messages(1)))
	}
	now = now.Add(48 * time.Hour)
	if got := ask(t, e, "deleteMessage", "chat_id", "1", "message_id", "3"); !strings.Contains(got, "can't be deleted") {
		t.Errorf("after two days: %q", got)
	}
}

func TestMenusAndTexts(t *testing.T) {
	e := New()
	b := client(t, e)
	ma := e.User(1, "马", "zh-hans").Known()
	en := e.User(2, "Ma", "en")
	set := func(scope models.BotCommandScope, language, name string) {
		t.Helper()
		if _, err := b.SetMyCommands(t.Context(), &bot.SetMyCommandsParams{
			Scope: scope, LanguageCode: language, Commands: []models.BotCommand{{Command: name, Description: "说明"}},
		}); err != nil {
			t.Fatal(err)
		}
	}
	menu := func(p *Person) string { return fmt.Sprint(p.Commands()) }
	set(nil, "", "help")
	set(&models.BotCommandScopeAllPrivateChats{}, "zh", "report")
	if !strings.Contains(menu(ma), "report") || !strings.Contains(menu(en), "help") {
		t.Errorf("%s, %s", menu(ma), menu(en))
	}
	set(&models.BotCommandScopeChat{ChatID: 1}, "", "tasks")
	if !strings.Contains(menu(ma), "tasks") {
		t.Error(menu(ma))
	}
	if _, err := b.DeleteMyCommands(t.Context(), &bot.DeleteMyCommandsParams{Scope: &models.BotCommandScopeChat{ChatID: 1}}); err != nil {
		t.Fatal(err)
	}
	list, err := b.GetMyCommands(t.Context(), &bot.GetMyCommandsParams{Scope: &models.BotCommandScopeAllPrivateChats{}, LanguageCode: "zh"})
	if err != nil || len(list) != 1 || !strings.Contains(menu(ma), "report") {
		t.Errorf("%v, %v, %s", list, err, menu(ma))
	}
	if _, err = b.SetMyDescription(t.Context(), &bot.SetMyDescriptionParams{Description: "网格卫士", LanguageCode: "zh"}); err != nil {
		t.Fatal(err)
	}
	if e.MyText("description", "zh") != "网格卫士" {
		t.Error(e.MyText("description", "zh"))
	}
	if v := e.Violations(); len(v) > 0 {
		t.Errorf("violations: %v", v)
	}
}

func TestHTMLEntities(t *testing.T) {
	for _, tt := range []struct{ src, text, entities string }{
		{"<b>字</b>😀<i>x</i>", "字😀x", "bold@0+1 italic@3+1"},
		{"<b>a<i>b</i></b>", "ab", "bold@0+2 italic@1+1"},
		{`<a href="https://a.b/?x=1&amp;y=2">报</a>`, "报", "text_link@0+1 https://a.b/?x=1&y=2"},
		{"1 &lt; 2 &amp;&amp; &quot;x&quot; &nbsp; &#x5b57;", `1 < 2 && "x" &nbsp; 字`, ""},
		{"<code>HD-0001</code>", "HD-0001", "code@0+7"},
		{`<pre><code class="language-go">x</code></pre>`, "x", "pre@0+1 go"},
		{"<blockquote expandable>q</blockquote>", "q", "expandable_blockquote@0+1"},
		{`<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>`, "ab", "spoiler@0+1 spoiler@1+1"},
		{"  <b> x </b> ", "x", "bold@0+1"},
		{"<B>x</B>", "x", "bold@0+1"},
	} {
		text, entities, err := parseHTML(tt.src)
		if err != nil {
			t.Errorf("%s: %v", tt.src, err)
			continue
		}
		text, entities = trim(text, entities)
		got := make([]string, 0, len(entities))
		for _, n := range entities {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s@%d+%d %s%s", n.Type, n.Offset, n.Length, n.URL, n.Language)))
		}
		if text != tt.text || strings.Join(got, " ") != tt.entities {
			t.Errorf("%s: %q %v", tt.src, text, got)
		}
	}
}

func TestWatch(t *testing.T) {
	e := New()
	ma := e.User(1, "马", "").Known()
	events, stop := e.Watch(8)
	lagging, _ := e.Watch(1)
	ma.Says("一")
	ask(t, e, "sendMessage", "chat_id", "1", "text", "二")
	ask(t, e, "sendChatAction", "chat_id", "1", "action", "typing")
	ask(t, e, "editMessageText", "chat_id", "1", "message_id", "2", "text", "三")
	ask(t, e, "deleteMessage", "chat_id", "1", "message_id", "2")
	stop()
	stop()
	got := make([]string, 0, 8)
	for event := range events {
		got = append(got, string(event.Kind)+event.Message.Text+event.Text)
	}
	if s := strings.Join(got, " "); s != "message一 message二 actiontyping edit三 delete三" {
		t.Errorf("got %s", s)
	}
	if _, ok := <-lagging; !ok {
		t.Error("the first event was lost")
	}
	if _, ok := <-lagging; ok {
		t.Error("a viewer that lags behind was not dropped")
	}
}

func TestKeepLast(t *testing.T) {
	e := New(WithKeepLast(5))
	ma := e.User(1, "马", "")
	for range 5000 {
		ma.Says("x")
	}
	if n := len(e.Messages(1)); n < 5 || n > 10 {
		t.Errorf("%d messages kept", n)
	}
	if n := strings.Count(e.Transcript(time.UTC), "\n"); n < 500 || n > 1000 {
		t.Errorf("%d lines kept", n)
	}
	if e.Pending() != 5000 {
		t.Errorf("%d updates pending", e.Pending())
	}
}

// BenchmarkEcho is one message in and one out through the real client, in process.
func BenchmarkEcho(b *testing.B) {
	e := New(WithKeepLast(100))
	c := client(b, e)
	ma := e.User(1, "马", "")
	markup := &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "好", CallbackData: "ok"}}}}
	b.ReportAllocs()
	for b.Loop() {
		m := ma.Says("反映一个问题")
		if _, err := c.SendMessage(b.Context(), &bot.SendMessageParams{ChatID: m.Chat.ID, Text: m.Text, ReplyMarkup: markup}); err != nil {
			b.Fatal(err)
		}
		e.mu.Lock()
		e.queue.confirm(e.queue.lastID + 1)
		e.mu.Unlock()
	}
}
