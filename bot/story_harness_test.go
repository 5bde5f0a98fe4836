package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/botapi"
	"github.com/gridwarden/gridwarden/seeds"
)

// monday is 2 November 2026, 09:00 in Ledu.
var monday = time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC)

// appoint prepares a district in which there is one more officer.
func appoint(id grid.OfficerID, role grid.Role, cell grid.CellCode) func(*seeds.District) {
	return func(d *seeds.District) {
		d.Officers = append(d.Officers, grid.Officer{ID: id, Name: "样例·" + string(id), Sample: true, Appointments: []grid.Appointment{
			{Role: role, Cell: cell, From: time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC)},
		}})
	}
}

// periodCode is a period that is not called by words: neither part of an ID nor typed behind a command.
var periodCode = regexp.MustCompile(`(^|[^.:\w/-])20\d\d-?(Q[1-4]|H[12])\b`)

// commandWithPeriod is what people type, and what hints tell them to.
var commandWithPeriod = regexp.MustCompile(`/[a-z]+ 20\d\d-?[QH]\d`)

// checkWords fails the story when anybody was shown a sentence that is not in the catalogue or has an empty place, or the code of a
// period.
func (w *world) checkWords() {
	w.t.Helper()
	for line := range strings.Lines(w.emulator.Transcript(w.district.Settings.TimeZone)) {
		if strings.Contains(line, "⟨") {
			w.t.Errorf("a sentence or one of its places is missing: %s", strings.TrimSpace(line))
		}
		if periodCode.MatchString(commandWithPeriod.ReplaceAllString(line, "")) {
			w.t.Errorf("a period is shown by its code: %s", strings.TrimSpace(line))
		}
	}
}

// checkHistories fails the story when the history of a case does not verify: somebody changed a case without an event, or
// after it.
func (w *world) checkHistories() {
	w.t.Helper()
	for c, err := range w.app.store.EachCase(context.Background()) {
		if err != nil {
			w.t.Fatal(err)
		}
		whole, events, err := w.app.store.Record(context.Background(), c.ID)
		if err == nil {
			err = casework.Verify(whole, events)
		}
		if err != nil {
			w.t.Errorf("%s: %v", c.Number, err)
		}
	}
}

// stranger is a citizen whose number on Telegram cannot be mistaken for anything else.
func (w *world) stranger(name string) *person {
	p := &person{w.emulator.User(7391846205, name, "zh-hans"), w}
	p.SetPhone("+8613997412058")
	return p
}

// outage lets time go by while the program does not run.
func (w *world) outage(d time.Duration) {
	w.stop()
	w.sleep(d)
	w.start()
	w.sleep(time.Minute)
}

// photographs sends a photo with a caption.
func (p *person) photographs(seed int, caption string) *person {
	p.does(func() { p.SendsPhoto(photo(seed), botapi.Caption(caption)) })
	return p
}

// handsIn reports the result of a case that the person has taken, with everything that a result has to have: proven, no
// violation, a photo from before and one from after.
func (p *person) handsIn(finding string) *person {
	p.presses("📤 上报结果").says(finding).presses("属实").presses("不违法")
	p.w.photos += 2
	return p.photographs(100+p.w.photos, "处理前").photographs(101+p.w.photos, "处理后").presses("✅ 上报结果")
}

// sharesPhone presses the key of the reply keyboard that sends one's number.
func (p *person) sharesPhone() *person {
	const label = "📱 发送我的手机号"
	p.w.t.Helper()
	p.does(func() {
		if err := p.Taps(label); err != nil {
			p.w.t.Fatalf("%s taps %s: %v; the phone shows:\n%s", p.Name(), label, err, p.screen())
		}
	})
	return p
}

// toast is the newest notice over the chat.
func (p *person) toast() string {
	if t := p.Toasts(); len(t) > 0 {
		return t[len(t)-1].Text
	}
	return ""
}

// lastHasButton tells whether the newest message of the bot shows a button with that label.
func (p *person) lastHasButton(label string) bool {
	m := p.FromBot()
	if len(m) == 0 {
		return false
	}
	_, ok := buttonData(m[len(m)-1], label)
	return ok
}

// told lists the messages of the bot that hold the words, with when they came.
func (p *person) told(words string) []time.Time {
	var out []time.Time
	for _, m := range p.FromBot() {
		if strings.Contains(m.Text+m.Caption, words) {
			out = append(out, time.Unix(int64(m.Date), 0).In(p.w.district.Settings.TimeZone))
		}
	}
	return out
}

// knowsNothingOf fails the test when any message to the person, buttons included, holds one of the secrets.
func (p *person) knowsNothingOf(secrets ...string) {
	p.w.t.Helper()
	for _, m := range p.FromBot() {
		raw, err := json.Marshal(m)
		if err != nil {
			p.w.t.Fatal(err)
		}
		for _, secret := range secrets {
			if bytes.Contains(raw, []byte(secret)) {
				p.w.t.Errorf("%s was shown %q in: %s", p.Name(), secret, m.Text+m.Caption)
			}
		}
	}
}

// caseOf reads the case of a number from the store.
func (w *world) caseOf(number string) casework.Case {
	w.t.Helper()
	ctx := context.Background()
	id, err := w.app.store.CaseByNumber(ctx, number)
	if err != nil {
		w.t.Fatalf("number %s: %v", number, err)
	}
	c, err := w.app.store.Case(ctx, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// counted is a figure of all townships on the day on which stories begin.
func (w *world) counted(what string) int64 {
	w.t.Helper()
	counts, err := w.app.store.Counts(context.Background(), monday.In(w.district.Settings.TimeZone).Format(time.DateOnly))
	if err != nil {
		w.t.Fatal(err)
	}
	var n int64
	for field, v := range counts {
		if name, _, _ := strings.Cut(field, "/"); name == what {
			n += v
		}
	}
	return n
}

// history reads a case's events and checks that they are whole.
func (w *world) history(c casework.Case) []casework.Event {
	w.t.Helper()
	events, err := w.app.store.History(context.Background(), c.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := casework.Verify(c, events); err != nil {
		w.t.Error(err)
	}
	return events
}

// actions are what was done to a case, in order, reminders left out.
func (w *world) actions(c casework.Case) []casework.Action {
	var out []casework.Action
	for _, e := range w.history(c) {
		if e.Action != casework.Remind {
			out = append(out, e.Action)
		}
	}
	return out
}

// pseudonym is who somebody is to the program.
func (w *world) pseudonym(p *person) grid.PersonID { return w.app.desk.Pseudonym(p.ID()) }

// redis is a client to the store beside the program's own.
func (w *world) redis() *redis.Client {
	w.t.Helper()
	o, err := redis.ParseURL(w.parts.Redis.URL)
	if err != nil {
		w.t.Fatal(err)
	}
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return redis.NewClient(o)
}

// spoil writes something into somebody's stored conversation, as a bad disk would; the empty text removes it.
func (w *world) spoil(p *person, text string) {
	w.t.Helper()
	ctx := context.Background()
	c := w.redis()
	defer func() { _ = c.Close() }()
	key := fmt.Sprintf("gw:{%s}:talk:%s", w.district.Code, w.pseudonym(p))
	err := c.Set(ctx, key, text, 0).Err()
	if text == "" {
		err = c.Del(ctx, key).Err()
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// everything is the whole store as text, by key.
func (w *world) everything() map[string]string {
	w.t.Helper()
	ctx := context.Background()
	c := w.redis()
	defer func() { _ = c.Close() }()
	keys, err := c.Keys(ctx, "*").Result()
	if err != nil {
		w.t.Fatal(err)
	}
	out := make(map[string]string, len(keys))
	for _, k := range keys {
		kind := c.Type(ctx, k).Val()
		var v any
		switch kind {
		case "string":
			v, err = c.Get(ctx, k).Result()
		case "hash":
			v, err = c.HGetAll(ctx, k).Result()
		case "list":
			v, err = c.LRange(ctx, k, 0, -1).Result()
		case "zset":
			v, err = c.ZRangeWithScores(ctx, k, 0, -1).Result()
		case "set":
			v, err = c.SMembers(ctx, k).Result()
		case "stream":
			v, err = c.XRange(ctx, k, "-", "+").Result()
		default:
			w.t.Fatalf("key %s is a %s", k, kind)
		}
		if err != nil {
			w.t.Fatal(err)
		}
		out[k] = fmt.Sprint(v)
	}
	return out
}

// findsNowhere fails the test when one of the secrets lies readable in the store.
func (w *world) findsNowhere(secrets ...string) {
	w.t.Helper()
	all := w.everything()
	if len(all) < 3 {
		w.t.Fatalf("the store holds %d keys only", len(all))
	}
	for k, v := range all {
		for _, secret := range secrets {
			if strings.Contains(k+v, secret) {
				w.t.Errorf("%q lies readable under %s", secret, k)
			}
		}
	}
}

// photo is a small JPEG; every seed gives another one.
func photo(seed int) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for y := range 48 {
		for x := range 64 {
			m.Set(x, y, color.RGBA{uint8(x*4 + seed*17), uint8(y*5 + seed*31), uint8(seed * 7), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// photoAt is a JPEG whose EXIF says where it was taken, as a phone writes it.
func photoAt(seed int, lat, lon float64) []byte {
	le16 := func(v uint16) []byte { return []byte{byte(v), byte(v >> 8)} }
	le32 := func(v uint32) []byte { return []byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)} }
	dms := func(v float64) []byte {
		var b []byte
		b = append(append(b, le32(uint32(v))...), le32(1)...)
		minutes := (v - float64(int(v))) * 60
		b = append(append(b, le32(uint32(minutes))...), le32(1)...)
		seconds := (minutes - float64(int(minutes))) * 60
		return append(append(b, le32(uint32(seconds*100))...), le32(100)...)
	}
	entry := func(tag, kind uint16, n uint32, value []byte) []byte {
		return slices.Concat(le16(tag), le16(kind), le32(n), value)
	}
	const gps, data = 8 + 2 + 12 + 4, 26 + 2 + 4*12 + 4
	tiff := slices.Concat([]byte("II*\x00"), le32(8),
		le16(1), entry(0x8825, 4, 1, le32(gps)), le32(0),
		le16(4), entry(1, 2, 2, []byte("N\x00\x00\x00")), entry(2, 5, 3, le32(data)),
		entry(3, 2, 2, []byte("E\x00\x00\x00")), entry(4, 5, 3, le32(data+24)), le32(0),
		dms(lat), dms(lon))
	body := append([]byte("Exif\x00\x00"), tiff...)
	size := len(body) + 2
	plain := photo(seed)
	return slices.Concat(plain[:2], []byte{0xff, 0xe1, byte(size >> 8), byte(size)}, body, plain[2:])
}
