package handlers

import (
	"log/slog"
	"regexp"
)

// CallAttr is the error of a call to the Bot API as it may be logged: what was called and what Telegram said of it,
// without quotations from the message and without the body of an answer, which can hold the message and its recipient.
func CallAttr(err error) slog.Attr {
	if err == nil {
		return slog.Attr{}
	}
	text := answerBody.ReplaceAllString(err.Error(), "$1, not an answer of the Bot API")
	return slog.String("error", excerpt(quotation.ReplaceAllString(text, `"…"`), longestCallError))
}

const longestCallError = 200 // characters

var (
	// answerBody is how the client library reports an answer that it cannot read: with all of it.
	answerBody = regexp.MustCompile(`(?s)(error decode response body for method [A-Za-z]+),.*`)
	quotation  = regexp.MustCompile(`(?s)"[^"]*"`)
)
