package botapi

import (
	"encoding/json"
	"strings"

	"github.com/go-telegram/bot/models"
)

// Limits of keyboards: 1-64 bytes of callback data (Bot API, InlineKeyboardButton); 100 buttons is what Telegram
// accepts in practice; 64 characters of placeholder (ReplyKeyboardMarkup).
const (
	maxCallbackData = 64
	maxButtons      = 100
	maxPlaceholder  = 64
)

// replyMarkup is any of the four things that reply_markup may be.
type replyMarkup struct {
	InlineKeyboard   *[][]inlineButton          `json:"inline_keyboard"`
	Keyboard         *[][]models.KeyboardButton `json:"keyboard"`
	RemoveKeyboard   bool                       `json:"remove_keyboard"`
	ForceReply       bool                       `json:"force_reply"`
	IsPersistent     bool                       `json:"is_persistent"`
	ResizeKeyboard   bool                       `json:"resize_keyboard"`
	OneTimeKeyboard  bool                       `json:"one_time_keyboard"`
	InputPlaceholder string                     `json:"input_field_placeholder"`
	Selective        bool                       `json:"selective"`
}

// inlineButton has every action as a pointer, so that what was absent stays absent in what Telegram sends back.
type inlineButton struct {
	Text                string           `json:"text"`
	IconCustomEmojiID   string           `json:"icon_custom_emoji_id,omitempty"`
	Style               string           `json:"style,omitempty"`
	URL                 *string          `json:"url,omitempty"`
	CallbackData        *string          `json:"callback_data,omitempty"`
	WebApp              *json.RawMessage `json:"web_app,omitempty"`
	LoginURL            *json.RawMessage `json:"login_url,omitempty"`
	SwitchInline        *string          `json:"switch_inline_query,omitempty"`
	SwitchInlineCurrent *string          `json:"switch_inline_query_current_chat,omitempty"`
	SwitchInlineChosen  *json.RawMessage `json:"switch_inline_query_chosen_chat,omitempty"`
	CopyText            *copyText        `json:"copy_text,omitempty"`
	CallbackGame        *json.RawMessage `json:"callback_game,omitempty"`
	Pay                 *bool            `json:"pay,omitempty"`
}

type copyText struct {
	Text string `json:"text"`
}

// actions counts what the button would do. A copy_text without text is none: go-telegram/bot sends one along with
// every button.
func (b *inlineButton) actions() int {
	if b.CopyText != nil && b.CopyText.Text == "" {
		b.CopyText = nil
	}
	if b.Pay != nil && !*b.Pay {
		b.Pay = nil
	}
	n := 0
	for _, present := range []bool{
		b.URL != nil, b.CallbackData != nil, b.WebApp != nil, b.LoginURL != nil, b.SwitchInline != nil,
		b.SwitchInlineCurrent != nil, b.SwitchInlineChosen != nil, b.CopyText != nil, b.CallbackGame != nil, b.Pay != nil,
	} {
		if present {
			n++
		}
	}
	return n
}

// markup reads and checks reply_markup. It returns nil when there is none.
func (c *call) markup() (*replyMarkup, error) {
	text := strings.TrimSpace(c.params["reply_markup"])
	if text == "" || text == "null" {
		return nil, nil //nolint:nilnil // no keyboard is a good answer here
	}
	var m replyMarkup
	if !strings.HasPrefix(text, "{") {
		return nil, badRequest("object expected as reply markup")
	}
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return nil, badRequest("can't parse reply keyboard markup JSON object")
	}
	if utf16Len(m.InputPlaceholder) > maxPlaceholder {
		return nil, badRequest("input_field_placeholder must be at most %d characters", maxPlaceholder)
	}
	kinds := 0
	for _, present := range []bool{m.InlineKeyboard != nil, m.Keyboard != nil, m.RemoveKeyboard, m.ForceReply} {
		if present {
			kinds++
		}
	}
	if kinds > 1 {
		return nil, badRequest("reply markup must be of one kind")
	}
	if kinds == 0 {
		return nil, nil //nolint:nilnil // Telegram takes an empty object for no keyboard
	}
	return &m, m.check()
}

// inlineMarkup is markup for the methods that take an inline keyboard only.
func (c *call) inlineMarkup() (*replyMarkup, error) {
	m, err := c.markup()
	if err == nil && m != nil && m.InlineKeyboard == nil {
		return nil, badRequest("inline keyboard expected")
	}
	return m, err
}

func (m *replyMarkup) check() error {
	buttons := 0
	if m.InlineKeyboard != nil {
		for _, row := range *m.InlineKeyboard {
			buttons += len(row)
			for i := range row {
				if err := row[i].check(); err != nil {
					return err
				}
			}
		}
	}
	if m.Keyboard != nil {
		for _, row := range *m.Keyboard {
			buttons += len(row)
			for _, button := range row {
				if strings.TrimSpace(button.Text) == "" {
					return badRequest("keyboard button text must be non-empty")
				}
			}
		}
		if buttons == 0 {
			return badRequest("reply keyboard must have at least one button")
		}
	}
	if buttons > maxButtons {
		return badRequest("REPLY_MARKUP_TOO_LONG")
	}
	return nil
}

func (b *inlineButton) check() error {
	if strings.TrimSpace(b.Text) == "" {
		return badRequest("inline keyboard button text must be non-empty")
	}
	switch b.actions() {
	case 0:
		return badRequest("text buttons are unallowed in the inline keyboard")
	case 1:
	default:
		return badRequest("inline keyboard button must have exactly one action")
	}
	if b.CallbackData != nil && (*b.CallbackData == "" || len(*b.CallbackData) > maxCallbackData) {
		return badRequest("BUTTON_DATA_INVALID")
	}
	if b.URL != nil && !validButtonURL(*b.URL) {
		return badRequest("inline keyboard button URL %q is invalid: wrong HTTP URL", *b.URL)
	}
	if b.CopyText != nil && utf16Len(b.CopyText.Text) > 256 {
		return badRequest("BUTTON_COPY_TEXT_INVALID")
	}
	return nil
}

// validButtonURL holds the schemes that a button may open; a host needs a dot, which is why localhost is refused.
func validButtonURL(s string) bool {
	scheme, rest, ok := strings.Cut(s, "://")
	switch {
	case !ok || rest == "" || strings.ContainsAny(s, " \t\n"):
		return false
	case scheme == "tg" || scheme == "ton":
		return true
	case scheme == "http" || scheme == "https":
		host, _, _ := strings.Cut(rest, "/")
		return strings.Contains(host, ".")
	}
	return false
}

// inlineJSON is the inline keyboard the way Telegram sends it back, or nil. A keyboard without buttons is none.
func (m *replyMarkup) inlineJSON() json.RawMessage {
	if m == nil || m.InlineKeyboard == nil || !m.hasButtons() {
		return nil
	}
	raw, _ := json.Marshal(map[string]any{"inline_keyboard": m.InlineKeyboard}) //nolint:errchkjson // was JSON before
	return raw
}

func (m *replyMarkup) hasButtons() bool {
	for _, row := range *m.InlineKeyboard {
		if len(row) > 0 {
			return true
		}
	}
	return false
}

// inlineModel is the same for readers of the emulator.
func inlineModel(raw json.RawMessage) *models.InlineKeyboardMarkup {
	if raw == nil {
		return nil
	}
	var m models.InlineKeyboardMarkup
	if json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return &m
}
