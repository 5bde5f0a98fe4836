package botapi

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// apiError is an answer that says no, in Telegram's own form.
type apiError struct {
	Code        int
	Description string
	RetryAfter  int   // seconds, with 429
	MigrateTo   int64 // the supergroup's id, with 400 for a group that was upgraded
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s", e.Code, e.Description) }

// badRequest is Telegram's 400 with its usual prefix.
func badRequest(format string, args ...any) *apiError {
	return &apiError{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(what string) *apiError {
	return &apiError{Code: http.StatusForbidden, Description: "Forbidden: " + what}
}

func conflict(what string) *apiError {
	return &apiError{Code: http.StatusConflict, Description: "Conflict: " + what}
}

func tooMany(seconds int) *apiError {
	return &apiError{
		Code:        http.StatusTooManyRequests,
		Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds), RetryAfter: seconds,
	}
}

var (
	errUnauthorized  = &apiError{Code: http.StatusUnauthorized, Description: "Unauthorized"}
	errUnknownMethod = &apiError{Code: http.StatusNotFound, Description: "Not Found"}
	errTooLarge      = &apiError{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
)

// answer is an HTTP response before it is written anywhere.
type answer struct {
	status int
	kind   string // content type
	body   []byte
	cut    bool // promise the whole body, send half
	hangUp bool // send nothing and close the connection
	err    error
}

const kindJSON = "application/json"

type envelope struct {
	OK          bool        `json:"ok"`
	Result      any         `json:"result,omitempty"`
	ErrorCode   int         `json:"error_code,omitempty"`
	Description string      `json:"description,omitempty"`
	Parameters  *parameters `json:"parameters,omitempty"`
}

type parameters struct {
	MigrateToChatID int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter      int   `json:"retry_after,omitempty"`
}

// success is {"ok":true,"result":…}.
func success(result any) answer {
	body, err := json.Marshal(envelope{OK: true, Result: result})
	if err != nil {
		return failure(&apiError{Code: http.StatusInternalServerError, Description: "Internal Server Error: " + err.Error()})
	}
	return answer{status: http.StatusOK, kind: kindJSON, body: body}
}

// failure is {"ok":false,…} under the same HTTP status as its error code.
func failure(e *apiError) answer {
	env := envelope{ErrorCode: e.Code, Description: e.Description}
	if e.RetryAfter != 0 || e.MigrateTo != 0 {
		env.Parameters = &parameters{MigrateToChatID: e.MigrateTo, RetryAfter: e.RetryAfter}
	}
	body, _ := json.Marshal(env) //nolint:errchkjson // strings and integers only
	return answer{status: e.Code, kind: kindJSON, body: body}
}
