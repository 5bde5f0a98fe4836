package georeport

import (
	"io"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/answer"
)

// data is what lies in the folder of data: all cases as GeoJSON.
func (c *call) data() {
	if c.id != "cases" || c.format != "geojson" {
		c.nowhere()
		return
	}
	q, faults := readQuery(c.q, c.d.Rules, c.now)
	if len(faults) > 0 {
		c.fail(faults...)
		return
	}
	q.size = 1 << 30
	if c.q.Get("start_date") == "" && c.q.Get("end_date") == "" {
		q.from = time.Time{}
	}
	version := c.cases.Version() // first: what changes meanwhile has the next one
	all, _ := c.chosen(&q)
	// What is late goes by the day.
	if c.fresh("g" + version + "-" + c.now.In(c.d.Rules.Zone).Format(time.DateOnly) + "-" + strconv.FormatInt(c.d.Changed.Unix(), 36) + "-" + string(c.lang) + "-" + c.r.URL.RawQuery) {
		return
	}
	c.header().Set("Content-Type", "application/geo+json")
	answer.Stream(c.w, c.r, func(out io.Writer) error { return c.features(out, all) })
}

// features writes the cases as a collection by RFC 7946: longitude first; a case without a place has no geometry.
func (c *call) features(out io.Writer, all []public.Case) error {
	w, words := &writer{zone: c.d.Rules.Zone}, c.words()
	w.raw(`{"type":"FeatureCollection","features":[`)
	for i := range all {
		w.object("", func() { c.feature(w, words, &all[i]) })
		if last := len(w.buf) - 1; last > chunk {
			if _, err := out.Write(w.buf[:last]); err != nil {
				return err
			}
			w.buf = append(w.buf[:0], w.buf[last])
		}
	}
	w.raw("]}\n")
	_, err := out.Write(w.buf)
	return err
}

func (c *call) feature(w *writer, words *words, r *public.Case) {
	zone := c.d.Rules.Zone
	w.text("type", "Feature")
	w.text("id", r.Report)
	if r.Point == nil {
		w.text("geometry", "")
	} else {
		w.raw(`,"geometry":{"type":"Point","coordinates":[`)
		w.buf = appendDegrees(w.buf, r.Point.Lon)
		w.raw(",")
		w.buf = appendDegrees(w.buf, r.Point.Lat)
		w.raw("]}")
	}
	w.object("properties", func() {
		w.text("number", r.Number)
		w.text("status", statusOf(r))
		w.text("stage", string(r.Stage))
		w.text("category", serviceOf(r))
		w.text("category_name", words.service(serviceOf(r)))
		w.text("cell", string(r.Township))
		w.text("address", words.place(string(r.Township)))
		w.moment("requested", requestedAt(r, zone))
		w.moment("updated", updatedAt(r, zone))
		w.flag("late", r.LateAt(c.now))
	})
}
