package redisstore

import (
	"fmt"
	"strconv"
	"strings"
)

// split takes the header line off a stored document and returns its version and the body. The other fields of the line,
// the token of the commit and the numbers it claimed, are the script's business.
func split(doc string) (version int64, body string, err error) {
	line, body, ok := strings.Cut(doc, "\n")
	field, _, tab := strings.Cut(line, "\t")
	version, err = strconv.ParseInt(field, 10, 64)
	if !ok || !tab || err != nil {
		return 0, "", fmt.Errorf("stored document has no header line (%d bytes)", len(doc))
	}
	return version, body, nil
}
