package main

import (
	"context"
	"fmt"
	"time"

	telegrambot "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"github.com/redis/go-redis/v9"
)

// referenceBot is the baseline of G5 and G6: the same conversation with nothing around it. It believes whatever it is
// sent, asks in a fixed order, makes one trip to Redis a step, stores the case by the plain script and tells the desk. It
// routes nothing, classifies nothing, fetches no photograph, keeps no order, and what it held when it died is lost.
type referenceBot struct {
	redis  *redis.Client
	notice chan string
}

const referenceDesk = 101 // the desk's number on Telegram; see appoint

// reference runs the reference bot.
func reference(ctx context.Context, args []string) error {
	var f baselineFlags
	if err := f.parse("reference", args); err != nil {
		return err
	}
	r := &referenceBot{redis: newClient(f.redis, 64), notice: make(chan string, 1024)}
	defer func() { _ = r.redis.Close() }()
	b, err := telegrambot.New(f.token, append(f.options(), telegrambot.WithDefaultHandler(r.handle))...)
	if err != nil {
		return err
	}
	for range 8 {
		go r.notify(ctx, b)
	}
	return f.serve(ctx, b)
}

// handle takes the conversation one step further.
func (r *referenceBot) handle(ctx context.Context, b *telegrambot.Bot, u *models.Update) {
	switch m := u.Message; {
	case u.CallbackQuery != nil:
		r.press(ctx, b, u.CallbackQuery)
	case m == nil:
	case m.Text == "/start":
		r.step(ctx, b, m.Chat.ID, "What can I do for you?", button("Report", "report"), "step", "start")
	case m.Location != nil:
		r.step(ctx, b, m.Chat.ID, "Shall I send it?", button("Send", "submit"), "lat", m.Location.Latitude, "lon", m.Location.Longitude)
	case len(m.Photo) > 0:
		r.step(ctx, b, m.Chat.ID, "Where is it?", nil, "photo", m.Photo[len(m.Photo)-1].FileID)
	default:
		r.step(ctx, b, m.Chat.ID, "A photograph, please.", nil, "text", m.Text)
	}
}

func button(label, data string) models.ReplyMarkup {
	return &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: label, CallbackData: data}}}}
}

// step keeps what was said and asks the next question.
func (r *referenceBot) step(ctx context.Context, b *telegrambot.Bot, chat int64, text string, markup models.ReplyMarkup, fields ...any) {
	if r.redis.HSet(ctx, draftKey(chat), fields...).Err() != nil {
		return
	}
	_, _ = b.SendMessage(ctx, &telegrambot.SendMessageParams{ChatID: chat, Text: text, ReplyMarkup: markup})
}

func draftKey(chat int64) string { return fmt.Sprintf("plain:draft:%d", chat) }

// press begins the report or stores it.
func (r *referenceBot) press(ctx context.Context, b *telegrambot.Bot, q *models.CallbackQuery) {
	defer func() {
		_, _ = b.AnswerCallbackQuery(ctx, &telegrambot.AnswerCallbackQueryParams{CallbackQueryID: q.ID})
	}()
	chat := q.From.ID
	if q.Data == "report" {
		r.step(ctx, b, chat, "What is the matter?", nil, "step", "report")
		return
	}
	number, err := r.submit(ctx, chat, q.ID)
	if err != nil {
		return
	}
	_, _ = b.SendMessage(ctx, &telegrambot.SendMessageParams{ChatID: chat, Text: "Registered: " + number})
	r.notice <- number
}

// submitCase is the plain script, made of the stored draft.
var submitCase = redis.NewScript(`
if not redis.call('SET', KEYS[6], 1, 'NX', 'EX', 86400) then return 0 end
local draft = redis.call('HGETALL', KEYS[8])
local n = redis.call('INCR', KEYS[1])
redis.call('HSET', KEYS[2] .. n, 'who', ARGV[2], 'at', ARGV[1], 'state', 'new', unpack(draft))
for i = 3, 5 do redis.call('ZADD', KEYS[i], ARGV[1], n) end
redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'case', n)
redis.call('DEL', KEYS[8])
return n`)

func (r *referenceBot) submit(ctx context.Context, chat int64, press string) (string, error) {
	keys := []string{"plain:seq", "plain:case:", "plain:a", "plain:b", "plain:c", "plain:once:" + press, "plain:log", draftKey(chat)}
	n, err := submitCase.Run(ctx, r.redis, keys, time.Now().Unix(), chat).Int()
	return fmt.Sprintf("2026-%05d", n), err
}

// notify tells the desk of each report.
func (r *referenceBot) notify(ctx context.Context, b *telegrambot.Bot) {
	for {
		select {
		case <-ctx.Done():
			return
		case number := <-r.notice:
			_, _ = b.SendMessage(ctx, &telegrambot.SendMessageParams{ChatID: referenceDesk, Text: "New: " + number})
		}
	}
}
