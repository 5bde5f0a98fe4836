package handlers

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/go-telegram/bot"
)

// canned answers every call with the same body.
type canned string

func (c canned) Do(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(string(c))), Header: http.Header{}}, nil
}

// TestErrorsOfCallsSayNothingOfPeople asks the client library itself for its errors, so that another wording of it is
// noticed here.
func TestErrorsOfCallsSayNothingOfPeople(t *testing.T) {
	const secret = "马秀英 13997412058"
	for name, tc := range map[string]struct{ body, want string }{
		"not JSON":     {"<html>\n" + secret, "error decode response body for method sendMessage, not an answer of the Bot API"},
		"cut off":      {`{"ok":true,"result":{"text":"` + secret, "sendMessage, not an answer"},
		"other result": {`{"ok":true,"result":"` + secret + `"}`, "decode response result"},
		"quoted":       {`{"ok":false,"error_code":400,"description":"Bad Request: unsupported start tag \"` + secret + `\" at 5"}`, `tag "…" at 5`},
		"bad request":  {`{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`, "chat not found"},
		"long":         {`{"ok":false,"error_code":500,"description":"` + strings.Repeat("x", 5000) + `"}`, "500 xxx"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := bot.New("1:x", bot.WithSkipGetMe(), bot.WithHTTPClient(0, canned(tc.body)))
			if err != nil {
				t.Fatal(err)
			}
			_, err = b.SendMessage(t.Context(), &bot.SendMessageParams{ChatID: 1, Text: secret})
			if err == nil {
				t.Fatal("the call succeeded")
			}
			got := CallAttr(err).Value.String()
			if !strings.Contains(got, tc.want) || strings.Contains(got, "马") || strings.Contains(got, "139974") || len(got) > 4*longestCallError {
				t.Errorf("%q", got)
			}
		})
	}
	if got := CallAttr(errors.New("x")).Value.String(); got != "x" {
		t.Errorf("%q", got)
	}
}
