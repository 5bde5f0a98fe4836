package phones

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/handlers/botapi"
)

// press answers POST /press: {"phone","message","data"} for a button under a message, {"phone","key"} for a key of the
// keyboard below. It answers 410 when the button is not on the screen any more.
func (s *Site) press(w http.ResponseWriter, r *http.Request) {
	body := read[struct {
		Phone   string `json:"phone"`
		Message int    `json:"message"`
		Data    string `json:"data"`
		Key     string `json:"key"`
	}](w, r)
	if body == nil {
		return
	}
	p := s.person(w, body.Phone)
	if p == nil {
		return
	}
	var err error
	if body.Key != "" {
		err = tapKey(p, body.Key)
	} else {
		_, err = p.Presses(body.Message, body.Data)
	}
	if err != nil {
		refuse(w, http.StatusGone, "button")
		return
	}
	respond(w, struct{}{})
}

// tapKey presses a key of the keyboard below the chat. Taps looks for buttons under messages first: where one has the
// same label, the key's text is sent instead, which is all that a key does.
func tapKey(p *botapi.Person, label string) error {
	keys := p.Keyboard()
	if keys == nil {
		return botapi.ErrNoButton
	}
	for _, row := range keys.Keyboard {
		for _, key := range row {
			switch {
			case key.Text != label:
				continue
			case key.RequestLocation:
				return botapi.ErrNoButton // wants a place: POST /location
			case !key.RequestContact && hidden(p, label):
				p.Says(label)
				return nil
			}
			return p.Taps(label)
		}
	}
	return botapi.ErrNoButton
}

// hidden tells that a button under some message has the same label.
func hidden(p *botapi.Person, label string) bool {
	for _, m := range p.Messages() {
		if m.ReplyMarkup == nil {
			continue
		}
		for _, row := range m.ReplyMarkup.InlineKeyboard {
			for _, b := range row {
				if b.Text == label {
					return true
				}
			}
		}
	}
	return false
}

// button finds the newest button whose data matches a pattern ("c:take:{case}", "f1:*:send:*"), under a message with a
// number above after; {case} stands for the case about, or for any while there is none.
func button(p *botapi.Person, pattern, about string, after int) (message int, data string, ok bool) {
	pattern = strings.ReplaceAll(pattern, theCase, cmp.Or(about, "*"))
	all := p.Messages()
	for i := len(all) - 1; i >= 0 && all[i].ID > after; i-- {
		if all[i].ReplyMarkup == nil {
			continue
		}
		for _, row := range all[i].ReplyMarkup.InlineKeyboard {
			for _, b := range row {
				if match, _ := path.Match(pattern, b.CallbackData); match && b.CallbackData != "" {
					return all[i].ID, b.CallbackData, true
				}
			}
		}
	}
	return 0, "", false
}

// theCase stands in a pattern for the part that names the case.
const theCase = "{case}"

// caseIn reads the part of a button's data where the pattern has {case}; empty when it has none.
func caseIn(pattern, data string) string {
	at := slices.Index(strings.Split(pattern, ":"), theCase)
	parts := strings.Split(data, ":")
	if at < 0 || at >= len(parts) {
		return ""
	}
	return parts[at]
}
