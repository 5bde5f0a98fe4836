package handlers

import "github.com/gridwarden/gridwarden/grid/ledger"

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
		return inlineKeyboard(m.Rows)
	case m.Edit != 0:
		return nil
	case len(m.Ask) > 0:
		return replyKeyboard(m.Ask)
	case m.Hide:
		return &removeMarkup{Remove: true}
	}
	return nil
}

func inlineKeyboard(rows [][]ledger.Button) *inlineMarkup {
	out := &inlineMarkup{Rows: make([][]inlineButton, 0, len(rows))}
	for _, row := range rows {
		line := make([]inlineButton, 0, len(row))
		for _, b := range row {
			button := inlineButton{Text: b.Text, Data: b.Data, URL: b.URL}
			if b.Copy != "" {
				button.Copy = &copyText{Text: b.Copy}
			}
			line = append(line, button)
		}
		out.Rows = append(out.Rows, line)
	}
	return out
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
