package picture

// Typeset breaks a text into lines as documents have them.
func Typeset(text string, most int) []string {
	font, err := loadFont()
	if err != nil {
		panic(err)
	}
	var out []string
	for rest := text; rest != ""; {
		line := ruler{font, sheetText}.typeset(rest, most)
		out, rest = append(out, line), rest[len(line):]
	}
	return out
}
