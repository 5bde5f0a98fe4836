package botapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxUpload is the largest request: 50 MB of file (Bot API, "Sending files") and a little for the rest.
const maxUpload = 50<<20 + 1<<20

// call is one request to a method, whatever way its parameters were encoded.
type call struct {
	method string
	params map[string]string
	files  map[string]upload
}

// upload is a file that came with the request.
type upload struct {
	name string
	data []byte
}

// parseRequest reads the parameters from the query and from a body in any of the three encodings that Telegram
// accepts: multipart/form-data, application/x-www-form-urlencoded and application/json. It returns an *apiError for
// what Telegram would refuse, a body of more than limit bytes among it, and another error when the connection broke.
func parseRequest(r *http.Request, method string, limit int64) (*call, error) {
	c := &call{method: method, params: map[string]string{}, files: map[string]upload{}}
	c.add(r.URL.Query())
	if r.Body == nil {
		return c, nil
	}
	body := &io.LimitedReader{R: r.Body, N: limit + 1}
	kind, args, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		_, err = io.Copy(io.Discard, body)
		return c, err
	}
	switch kind {
	case "multipart/form-data":
		err = c.readMultipart(multipart.NewReader(body, args["boundary"]))
	case "application/x-www-form-urlencoded", kindJSON:
		err = c.readWhole(body, kind)
	default:
		_, err = io.Copy(io.Discard, body)
	}
	switch {
	case body.N <= 0:
		return nil, errTooLarge
	case err != nil:
		return nil, err
	}
	for name, value := range c.params {
		if !utf8.ValidString(value) {
			return nil, badRequest("strings must be encoded in UTF-8 (%s)", strconv.Quote(name))
		}
	}
	return c, nil
}

func (c *call) add(values url.Values) {
	for name, v := range values {
		c.params[name] = v[0]
	}
}

func (c *call) readWhole(body io.Reader, kind string) error {
	data, err := io.ReadAll(body)
	switch {
	case err != nil:
		return err
	case len(bytes.TrimSpace(data)) == 0:
		return nil
	case kind == kindJSON:
		return c.readJSON(data)
	}
	values, err := url.ParseQuery(string(data))
	if err != nil {
		return badRequest("can't parse the form: %v", err)
	}
	c.add(values)
	return nil
}

// readJSON takes an object; a string stands for itself, everything else for its JSON text.
func (c *call) readJSON(data []byte) error {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &fields); err != nil {
		return badRequest("can't parse JSON object: %v", err)
	}
	for name, raw := range fields {
		text := string(raw)
		if text == "null" {
			continue
		}
		if strings.HasPrefix(text, `"`) {
			if err := json.Unmarshal(raw, &text); err != nil {
				return badRequest("can't parse JSON string %q: %v", name, err)
			}
		}
		c.params[name] = text
	}
	return nil
}

// readMultipart reads fields and files. An empty body is no parameters: clients send one for parameterless methods.
func (c *call) readMultipart(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return partError(err, len(c.params)+len(c.files) > 0)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return partError(err, true)
		}
		if part.FileName() != "" || part.Header.Get("Content-Type") == "application/octet-stream" {
			c.files[part.FormName()] = upload{name: part.FileName(), data: data}
			continue
		}
		c.params[part.FormName()] = string(data)
	}
}

// partError tells a body that its sender broke off from one that is merely empty.
func partError(err error, begun bool) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) && begun:
		return err
	case strings.HasSuffix(err.Error(), "EOF") && !begun:
		return nil
	}
	return badRequest("can't parse the multipart body: %v", err)
}

// integer reads an optional whole number.
func (c *call) integer(name string) (int64, error) {
	s := c.params[name]
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, badRequest("can't parse %q as Integer in %s", s, name)
	}
	return n, nil
}

// number reads an optional decimal number.
func (c *call) number(name string) (float64, error) {
	s := c.params[name]
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, badRequest("can't parse %q as Float in %s", s, name)
	}
	return n, nil
}

// flag reads an optional boolean the way Telegram does: true, yes, 1 and t are true.
func (c *call) flag(name string) bool {
	switch strings.ToLower(c.params[name]) {
	case "true", "yes", "1", "t", "y":
		return true
	}
	return false
}
