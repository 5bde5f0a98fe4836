package flow

import (
	"fmt"
	"regexp"
	"strings"
)

// maxData is the longest callback data that Telegram takes, in bytes (Bot API, InlineKeyboardButton).
const maxData = 64

// pressPrefix marks and versions the callback data of conversations.
const pressPrefix = "f1:"

// Press is what a button of a conversation carries. The nonce is that of the draft or task it was made for; a button
// that is good at any time has none.
type Press struct {
	Nonce string
	Verb  string
	Arg   string
}

var pressForm = regexp.MustCompile(`^f1:([0-9a-z]{0,10}):([a-z_]{1,14}):([0-9A-Za-z_.-]{0,40})$`)

// ParsePress reads callback data. It fails on everything that Data does not write.
func ParsePress(data string) (Press, error) {
	m := pressForm.FindStringSubmatch(data)
	if m == nil || len(data) > maxData {
		return Press{}, fmt.Errorf("callback data of %d bytes is none of a conversation", len(data))
	}
	return Press{Nonce: m[1], Verb: m[2], Arg: m[3]}, nil
}

// Data writes the callback data: f1:nonce:verb:arg.
func (p Press) Data() string { return pressPrefix + p.Nonce + ":" + p.Verb + ":" + p.Arg }

// Owns tells whether callback data is for Step and not for the handlers' own buttons.
func Owns(data string) bool { return strings.HasPrefix(data, pressPrefix) }

// The buttons that handlers put under their own messages to begin a conversation here.
const (
	PressReport   = "report"   // begin a report
	PressSite     = "site_add" // add a site in the field
	PressMine     = "mine"     // my reports
	PressStatus   = "status"   // ask a number and a code
	PressHelp     = "help"     // what can I do
	PressLanguage = "language" // choose a language
	PressMore     = "more"     // say more about the case Arg
	PressWithdraw = "withdraw" // take the case Arg back, after asking
	PressReview   = "appeal"   // ask for a review of the case Arg
	PressAnswer   = "answer"   // answer a question about the case Arg
	PressName     = "name"     // leave name and phone for the case Arg
	PressUnname   = "unname"   // take them back, after asking
)
