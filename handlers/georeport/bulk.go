package georeport

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid/public"
	"github.com/gridwarden/gridwarden/handlers/answer"
)

// bulk is everything in one file, by GeoReport Bulk: for whoever counts rather than asks. from and to (days) bound it;
// bom=1 is for spreadsheet programs that would take UTF-8 for something else.
func (c *call) bulk() {
	if c.id != "requests" || c.format == "" {
		c.nowhere()
		return
	}
	p := &params{v: c.q}
	from, to := p.moment("start_date"), p.moment("end_date")
	if len(p.faults) > 0 {
		c.fail(p.faults...)
		return
	}
	if c.fresh("b" + c.cases.Version() + "-" + strconv.FormatInt(c.d.Changed.Unix(), 36) + "-" + string(c.lang) +
		"-" + c.format + "-" + c.q.Get("bom") + "-" + c.q.Get("start_date") + c.q.Get("end_date")) {
		return
	}
	zone := c.d.Rules.Zone
	q := public.Query{Where: func(r *public.Case) bool { return requestedIn(r, from, to, zone) }}
	if !from.IsZero() {
		q.From = dayOf(from, zone)
	}
	all, _ := c.cases.Select(q)
	kind := map[string]string{"csv": "text/csv", "json": "application/json", "xml": "text/xml"}[c.format]
	c.header().Set("Content-Type", kind+"; charset=utf-8")
	c.header().Set("Content-Disposition", `attachment; filename="requests-`+c.now.In(zone).Format(time.DateOnly)+"."+c.format+`"`)
	answer.Stream(c.w, c.r, func(out io.Writer) error {
		if c.format == "csv" {
			return c.bulkCSV(out, all)
		}
		return c.bulkList(out, all)
	})
}

// chunk is how many bytes are gathered before they are sent.
const chunk = 32 << 10

// bulkList writes the requests as a list in XML or JSON.
func (c *call) bulkList(out io.Writer, all []public.Case) error {
	w, words := c.writer(), c.words()
	w.open("service_requests", '[')
	for i := range all {
		w.object("request", func() { c.bulkRequest(w, words, &all[i]) })
		if last := len(w.buf) - 1; last > chunk { // the last byte stays: it tells whether a comma comes next
			if _, err := out.Write(w.buf[:last]); err != nil {
				return err
			}
			w.buf = append(w.buf[:0], w.buf[last])
		}
	}
	w.closed("service_requests")
	_, err := out.Write(w.buf)
	return err
}

func (c *call) bulkRequest(w *writer, words *words, r *public.Case) {
	zone := c.d.Rules.Zone
	w.text("service_request_id", r.Report)
	w.moment("requested_datetime", requestedAt(r, zone))
	w.moment("updated_datetime", updatedAt(r, zone))
	w.moment("closed_date", r.Closed)
	w.text("status_description", statusOf(r))
	w.text("status_notes", words.stage(r.Stage))
	w.text("source", "")
	w.text("service_name", words.service(serviceOf(r)))
	w.text("service_subtype", "")
	w.text("description", r.Notice)
	w.text("agency_responsible", string(r.Lead))
	w.text("address", words.place(string(r.Township)))
	if r.Point != nil {
		w.degrees("lat", r.Point.Lat)
		w.degrees("long", r.Point.Lon)
		return
	}
	w.text("lat", "")
	w.text("long", "")
}

// bulkColumns are the columns of GeoReport Bulk, in its order.
var bulkColumns = []string{
	"service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description", "status_notes", "source",
	"service_name", "service_subtype", "description", "agency_responsible", "address", "lat", "long",
}

// bulkCSV writes the requests as lines by RFC 4180.
func (c *call) bulkCSV(out io.Writer, all []public.Case) error {
	zone, words := c.d.Rules.Zone, c.words()
	buf := make([]byte, 0, chunk+4096)
	if c.q.Get("bom") == "1" {
		buf = append(buf, "\uFEFF"...)
	}
	buf = appendLine(buf, bulkColumns)
	row := make([]string, 0, len(bulkColumns))
	for i := range all {
		r := &all[i]
		lat, long := "", ""
		if r.Point != nil {
			lat, long = string(appendDegrees(nil, r.Point.Lat)), string(appendDegrees(nil, r.Point.Lon))
		}
		row = append(row[:0], cell(r.Report), w3(requestedAt(r, zone), zone), w3(updatedAt(r, zone), zone), w3(r.Closed, zone), statusOf(r),
			cell(words.stage(r.Stage)), "", cell(words.service(serviceOf(r))), "", cell(r.Notice), cell(string(r.Lead)),
			cell(words.place(string(r.Township))), lat, long)
		if buf = appendLine(buf, row); len(buf) > chunk {
			if _, err := out.Write(buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
	}
	_, err := out.Write(buf)
	return err
}

func w3(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(zone).Format(time.RFC3339)
}

// cell makes sure that a spreadsheet program takes text for text: what would begin a formula gets an apostrophe before it.
func cell(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20", first) {
		return "'" + s
	}
	return s
}

// appendLine writes a line of a CSV file, every field in quotes.
func appendLine(b []byte, fields []string) []byte {
	for i, f := range fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		for _, r := range f {
			if r == '"' {
				b = append(b, '"')
			}
			if legal(r) {
				b = utf8.AppendRune(b, r)
			}
		}
		b = append(b, '"')
	}
	return append(b, '\r', '\n')
}
