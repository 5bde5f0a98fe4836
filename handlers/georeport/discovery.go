package georeport

import (
	"net/http"
	"time"
)

// specification names what is spoken here, as the specification wants it named.
const specification = "http://wiki.open311.org/GeoReport_v2"

// discovery says where GeoReport is, in which formats, whom to ask and how to get a key.
func (c *call) discovery() {
	if c.id != "discovery" {
		c.nowhere()
		return
	}
	changed := c.d.Changed
	w := c.writer()
	w.object("discovery", func() {
		w.text("changeset", changeset(changed, w.zone))
		w.text("contact", c.say("georeport.contact", map[string]any{"base": c.base(), "office": c.d.Rules.Office, "hotline": c.d.Rules.Hotline}))
		w.text("key_service", c.say("georeport.key_service", map[string]any{"office": c.d.Rules.Office}))
		w.list("endpoints", func() {
			w.object("endpoint", func() {
				w.text("specification", specification)
				w.text("url", c.base()+v2)
				w.text("changeset", changeset(changed, w.zone))
				w.text("type", "production")
				w.list("formats", func() {
					w.text("format", "text/xml")
					w.text("format", "application/json")
				})
			})
		})
	})
	c.send(http.StatusOK, w.buf)
}

// changeset can be sorted as text and read as a time.
func changeset(at time.Time, zone *time.Location) string { return at.In(zone).Format(time.RFC3339) }
