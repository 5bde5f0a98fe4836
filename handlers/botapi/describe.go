package botapi

// aboutKey is one of the bot's three texts about itself in one language.
type aboutKey struct{ field, language string }

// aboutLimits are their largest lengths (Bot API, setMyName, setMyDescription, setMyShortDescription).
var aboutLimits = map[string]int{"name": 64, "description": 512, "short_description": 120}

var aboutMethods = map[string]string{
	"name": "MyName", "description": "MyDescription", "short_description": "MyShortDescription",
}

// describing adds the setter and the getter of each text.
func describing(table map[string]handler) {
	for field, method := range aboutMethods {
		table["set"+method] = func(e *Emulator, c *call) (any, error) {
			if utf16Len(c.params[field]) > aboutLimits[field] {
				return nil, badRequest("%s is too long", field)
			}
			e.about[aboutKey{field, c.params["language_code"]}] = c.params[field]
			return true, nil
		}
		table["get"+method] = func(e *Emulator, c *call) (any, error) {
			text := e.about[aboutKey{field, c.params["language_code"]}]
			if text == "" {
				text = e.about[aboutKey{field, ""}]
			}
			return map[string]string{field: text}, nil
		}
	}
}
