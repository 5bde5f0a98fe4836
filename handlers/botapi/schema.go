package botapi

import (
	_ "embed" // for schema.json
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:embed schema.json
var schemaJSON []byte

// apiSchema is what the emulator knows of the Bot API: method or type → parameter or field → type. A type reads
// "Integer|String!": alternatives, [] before an array's element, ! after what is required.
type apiSchema struct {
	Version  string                       `json:"version"`
	Released string                       `json:"released"`
	Source   string                       `json:"source"`
	Methods  map[string]map[string]string `json:"methods"`
	Types    map[string]map[string]string `json:"types"`
}

var schema = sync.OnceValue(func() apiSchema {
	var s apiSchema
	if err := json.Unmarshal(schemaJSON, &s); err != nil {
		panic("botapi: schema.json: " + err.Error())
	}
	return s
})

// check finds unknown parameters and wrong types, which are violations, and refuses a call that lacks a required
// parameter.
func (c *call) check() (violations []string, err error) {
	known := schema().Methods[c.method]
	names := make([]string, 0, len(c.params))
	for name := range c.params {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		kind, ok := known[name]
		if !ok {
			violations = append(violations, fmt.Sprintf("%s: unknown parameter %q", c.method, name))
			continue
		}
		for _, wrong := range checkValue(strings.TrimSuffix(kind, "!"), c.params[name]) {
			violations = append(violations, fmt.Sprintf("%s: %s: %s", c.method, name, wrong))
		}
	}
	if c.method != "sendMediaGroup" && c.method != "editMessageMedia" { // there attach://names refer to the files
		for name := range c.files {
			if _, ok := known[name]; !ok {
				violations = append(violations, fmt.Sprintf("%s: unknown file %q", c.method, name))
			}
		}
	}
	return violations, c.checkRequired(known)
}

func (c *call) checkRequired(known map[string]string) error {
	var missing []string
	for name, kind := range known {
		_, isFile := c.files[name]
		if strings.HasSuffix(kind, "!") && c.params[name] == "" && !isFile {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 || c.method == "setWebhook" { // there, an empty address removes the webhook
		return nil
	}
	sort.Strings(missing) // chat_id, if it is among them, before what should be said there
	switch name := missing[0]; name {
	case "chat_id":
		return badRequest("chat_id is empty")
	case "text":
		return badRequest("message text is empty")
	case "photo", "document", "video", "voice", "audio":
		return badRequest("there is no %s in the request", name)
	default:
		return badRequest("parameter %q is required", name)
	}
}

// checkValue returns what is wrong with a parameter's text for its declared type.
func checkValue(kind, text string) []string {
	switch kind {
	case "Integer":
		if _, err := strconv.ParseInt(text, 10, 64); err != nil {
			return []string{"not an Integer"}
		}
		return nil
	case "Float":
		if _, err := strconv.ParseFloat(text, 64); err != nil {
			return []string{"not a Float"}
		}
		return nil
	case "Boolean":
		if text != "true" && text != "false" {
			return []string{"not a Boolean"}
		}
		return nil
	}
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return nil
	}
	var value any
	if json.Unmarshal([]byte(text), &value) != nil {
		return nil // the method itself says so
	}
	return checkObject(kind, value)
}

// checkObject finds fields that no alternative of the declared type has.
func checkObject(kind string, value any) []string {
	var wrong []string
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			wrong = append(wrong, checkObject(strings.ReplaceAll(kind, "[]", ""), item)...)
		}
	case map[string]any:
		for _, name := range sortedNames(v) {
			field, known := fieldType(kind, name)
			if !known {
				wrong = append(wrong, fmt.Sprintf("unknown field %q", name))
				continue
			}
			wrong = append(wrong, checkObject(field, v[name])...)
		}
	}
	return wrong
}

// fieldType looks a field up in every alternative of a type. Where schema.json does not describe any of them, every
// field passes with an empty type.
func fieldType(kind, field string) (string, bool) {
	described := false
	for _, name := range alternatives(strings.TrimSuffix(kind, "!")) {
		fields, ok := schema().Types[name]
		if !ok {
			continue
		}
		described = true
		if t, ok := fields[field]; ok {
			return strings.TrimSuffix(t, "!"), true
		}
	}
	return "", !described
}

// alternatives splits a union; two unions of the documentation are spelt out here because it names them only in prose.
func alternatives(kind string) []string {
	switch kind {
	case "InputMedia":
		return []string{"InputMediaPhoto", "InputMediaVideo", "InputMediaDocument", "InputMediaAudio"}
	case "BotCommandScope":
		return []string{"BotCommandScopeChatMember"} // its fields cover those of all the others
	}
	return strings.Split(strings.ReplaceAll(kind, "[]", ""), "|")
}

func sortedNames(m map[string]any) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
