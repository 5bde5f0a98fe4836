package handlers

import (
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// The keyboards as Telegram wants them. The library's own button type always sends an empty copy_text beside the data,
// which Telegram may refuse: exactly one action a button.
type inlineMarkup struct {
	Rows [][]inlineButton `json:"inline_keyboard"`
}

type inlineButton struct {
	Text string    `json:"text"`
	Data string    `json:"callback_data,omitempty"`
	URL  string    `json:"url,omitempty"`
	Copy *copyText `json:"copy_text,omitempty"`
}

type copyText struct {
	Text string `json:"text"`
}

type replyMarkup struct {
	Rows    [][]replyKey `json:"keyboard"`
	Resize  bool         `json:"resize_keyboard"`
	OneTime bool         `json:"one_time_keyboard"`
}

type replyKey struct {
	Text     string `json:"text"`
	Location bool   `json:"request_location,omitempty"`
	Contact  bool   `json:"request_contact,omitempty"`
}

type removeMarkup struct {
	Remove bool `json:"remove_keyboard"`
}

// markup builds the keyboard of a message; nil when it has none. An edited message can only have an inline one.
func markup(m ledger.Message) any {
	switch {
	case len(m.Rows) > 0:
		if inline := inlineKeyboard(m.Rows); len(inline.Rows) > 0 {
			return inline
		}
		return nil
	case m.Edit != 0:
		return nil
	case len(m.Ask) > 0:
		return replyKeyboard(m.Ask)
	case m.Hide:
		return &removeMarkup{Remove: true}
	}
	return nil
}

// inlineKeyboard leaves out what Telegram would refuse, for it refuses the whole message then.
func inlineKeyboard(rows [][]ledger.Button) *inlineMarkup {
	out := &inlineMarkup{Rows: make([][]inlineButton, 0, len(rows))}
	for _, row := range rows {
		line := make([]inlineButton, 0, len(row))
		for _, b := range row {
			if button, ok := inline(b); ok {
				line = append(line, button)
			}
		}
		if len(line) > 0 {
			out.Rows = append(out.Rows, line)
		}
	}
	return out
}

// Limits of https://core.telegram.org/bots/api#inlinekeyboardbutton and #copytextbutton.
const (
	dataLimit = 64  // bytes
	copyLimit = 256 // characters
)

// inline is a button with its one action; false when it has none that Telegram takes.
func inline(b ledger.Button) (inlineButton, bool) {
	out := inlineButton{Text: b.Text}
	switch {
	case b.Text == "":
		return out, false
	case b.Copy != "":
		out.Copy = &copyText{Text: b.Copy}
		return out, utf8.RuneCountInString(b.Copy) <= copyLimit
	case b.URL != "":
		out.URL = b.URL
		return out, true
	default:
		out.Data = b.Data
		return out, b.Data != "" && len(b.Data) <= dataLimit
	}
}

func replyKeyboard(rows [][]ledger.Key) *replyMarkup {
	out := &replyMarkup{Resize: true, OneTime: true}
	for _, row := range rows {
		line := make([]replyKey, 0, len(row))
		for _, k := range row {
			line = append(line, replyKey(k))
		}
		out.Rows = append(out.Rows, line)
	}
	return out
}
