package georeport

import (
	_ "embed"
	"net/http"
	"strings"
)

// description is everything here, by OpenAPI 3.1. A test holds it against what is really answered.
//
//go:embed openapi.json
var description string

// describe serves the description, with the address under which this site is reached.
func (c *call) describe() {
	c.sendAs(http.StatusOK, "application/json; charset=utf-8", []byte(strings.Replace(description, `"{base}"`, string(appendJSON(nil, c.base())), 1)))
}

// robots asks crawlers to leave alone what belongs to one person.
func (c *call) robots() {
	c.sendAs(http.StatusOK, "text/plain; charset=utf-8", []byte("User-agent: *\nDisallow: "+v2+"/tokens/\nDisallow: /staff\n"))
}
