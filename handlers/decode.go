package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// errUnreadable says nothing of what the entry holds, for it goes into the log.
var errUnreadable = errors.New("not an update that can be read")

// unreadableKept is how long it is remembered that somebody was told: longer than an update can wait to be tried again.
const unreadableKept = 48 * time.Hour

// decode reads an update. The client library refuses a whole update for one kind of thing that Telegram invented since;
// then only what we read of a message is read again.
func decode(data []byte) (models.Update, error) {
	var u models.Update
	if json.Unmarshal(data, &u) == nil {
		return u, nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return u, errUnreadable
	}
	for _, name := range []string{"message", "edited_message"} {
		fields[name] = plain(fields[name])
	}
	var query map[string]json.RawMessage
	if json.Unmarshal(fields["callback_query"], &query) == nil && query != nil {
		query["message"] = plain(query["message"])
		fields["callback_query"] = encode(query)
	}
	u = models.Update{}
	if json.Unmarshal(encode(fields), &u) != nil {
		return models.Update{}, errUnreadable
	}
	return u, nil
}

// wanted are the fields of a message that FromUpdate reads as they are.
var wanted = []string{
	"message_id", "from", "chat", "date", "edit_date", "text", "caption", "media_group_id", "photo", "video", "video_note",
	"voice", "audio", "document", "animation", "location", "venue", "contact",
}

// plain is a message with no more than what we read of it. That it was forwarded is kept, for it must not prove
// presence; from where is not.
func plain(message json.RawMessage) json.RawMessage {
	var all map[string]json.RawMessage
	if json.Unmarshal(message, &all) != nil || all == nil {
		return message
	}
	out := make(map[string]json.RawMessage, len(wanted))
	for _, name := range wanted {
		if v, ok := all[name]; ok {
			out[name] = v
		}
	}
	if _, ok := all["forward_origin"]; ok {
		out["forward_origin"] = json.RawMessage(`{"type":"hidden_user"}`)
	}
	return encode(out)
}

// encode writes what was read as JSON before. What is missing is null.
func encode(fields map[string]json.RawMessage) json.RawMessage {
	for name, v := range fields {
		if len(v) == 0 {
			delete(fields, name)
		}
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return nil
	}
	return data
}

// apologise tells whoever wrote what cannot be read that it was not, once, as far as it can be seen who that is.
func (d *Desk) apologise(ctx context.Context, e ledger.Entry) error {
	type message struct {
		From struct {
			ID   int64  `json:"id"`
			Lang string `json:"language_code"`
		} `json:"from"`
		Chat struct{ ID int64 } `json:"chat"`
	}
	var u struct {
		Message *message `json:"message"`
		Edited  *message `json:"edited_message"`
	}
	_ = json.Unmarshal(e.Data, &u)
	m := u.Message
	if m == nil {
		m = u.Edited
	}
	if m == nil || m.From.ID <= 0 || m.Chat.ID != m.From.ID {
		return errUnreadable // nobody to tell, or not in private
	}
	to := d.Pseudonym(m.From.ID)
	lang := d.Texts.Match(m.From.Lang)
	p, err := d.Store.Person(ctx, to)
	switch {
	case err == nil && p.Lang != "":
		lang = texts.Lang(p.Lang)
	case err != nil && grid.CodeOf(err) != grid.NotFound:
		return blame(err)
	}
	change := ledger.Change{
		At: d.Clock(), Marks: []ledger.Mark{{Name: "unreadable/" + string(e.ID), Keep: unreadableKept}},
		Outbox: []ledger.Message{{
			To: to, Chat: m.Chat.ID, Kind: "error.unreadable", Text: d.Texts.T(lang, "error.unreadable", nil),
			Priority: ledger.Reply, At: d.Clock(),
		}},
	}
	if _, err := d.Store.Commit(ctx, change); err != nil {
		return blame(err)
	}
	d.Committed(change)
	return errUnreadable
}
