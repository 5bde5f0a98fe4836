package web

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// reportData fills pages/report.html.
type reportData struct {
	Form       reportForm
	Error      string   // what is wrong with it, in words
	Reading    *Reading // what was understood; nil before it was checked
	Township   []placeGroup
	Categories []Named
	Map        plot
	Files      int // that may be attached
}

// reportForm is what the visitor wrote; it is shown again whatever happens.
type reportForm struct {
	Token    string
	Words    string
	Category string
	Cell     grid.CellCode
	Place    string
	Point    string // latitude and longitude, as people write them
	Name     string
	Phone    string
	Held     []heldFile
	Same     string
}

// heldFile is a file that was sent before, with the seal by which the form may name it.
type heldFile struct {
	Seal  string
	Name  string
	Photo bool
}

// placeGroup is a township with its villages.
type placeGroup struct {
	Township grid.Cell
	Below    []grid.Cell
}

// report shows the empty form.
func (s *Site) report(v *visit) (page, error) {
	q := v.r.URL.Query()
	d := reportData{Form: reportForm{Token: s.token(v.now), Cell: grid.CellCode(q.Get("cell")), Category: q.Get("category")}}
	return s.reportPage(v, d, 0), nil
}

// checkReport shows what was understood, with everything that was written, to be corrected or sent.
func (s *Site) checkReport(v *visit) (page, error) {
	d, r, ok := s.readReport(v)
	if !ok {
		return s.reportPage(v, d, http.StatusBadRequest), nil
	}
	return s.reviewReport(v, d, r)
}

// reviewReport tells what a report would become.
func (s *Site) reviewReport(v *visit, d reportData, r Report) (page, error) {
	read, err := s.o.Door.Understand(v.ctx, r)
	if err != nil {
		return s.reportRefused(v, d, err)
	}
	d.Reading = &read
	if d.Error == "" && d.Form.Category == "" && len(read.Categories) == 0 {
		d.Error = v.t("error.door.category")
	}
	return s.reportPage(v, d, 0), nil
}

// sendReport makes the report, and shows number and code.
func (s *Site) sendReport(v *visit) (page, error) {
	d, r, ok := s.readReport(v)
	if !ok {
		return s.reportPage(v, d, http.StatusBadRequest), nil
	}
	if d.Error != "" { // not all that it brought was taken: that is for the sender to see first
		return s.reviewReport(v, d, r)
	}
	receipt, err := s.o.Door.File(v.ctx, r)
	if err != nil {
		return s.reportRefused(v, d, err)
	}
	return s.sentPage(v, receipt), nil
}

// readReport reads the form and takes its files; false when something is wrong with it, which the form then says.
func (s *Site) readReport(v *visit) (reportData, Report, bool) {
	f, err := s.readForm(v.w, v.r)
	if err != nil {
		return reportData{Form: reportForm{Token: s.token(v.now)}, Error: v.words(err)}, Report{}, false
	}
	d := reportData{Form: reportForm{
		Token: f.Get("token"), Words: f.Get("words"), Category: f.Get("category"), Cell: grid.CellCode(f.Get("cell")), Place: f.Get("place"),
		Point: f.Get("point"), Name: f.Get("name"), Phone: f.Get("phone"), Same: f.Get("same"),
	}}
	state, nonce := s.checkToken(d.Form.Token, v.now)
	if state == tokenWrong {
		d.Form.Token, d.Error = s.token(v.now), v.t("error.web.token")
		return d, Report{}, false
	}
	r := Report{
		Lang: string(v.lang), Visitor: s.visitor(v.r), Once: nonce, Words: d.Form.Words, Place: d.Form.Place, Cell: d.Form.Cell,
		Category: d.Form.Category, Name: d.Form.Name, Phone: d.Form.Phone, Held: s.heldBefore(&d, f, nonce), Same: d.Form.Same,
	}
	if state == tokenFresh || f.Get("website") != "" { // a field that nobody sees
		d.Error = v.t("error.web.fast")
		return d, r, false
	}
	r.Held, err = s.hold(v, &d, f, nonce, r.Held)
	if grid.CodeOf(err) == grid.Conflict { // no more files today, or no space for them: the words come in all the same
		d.Error, err = v.words(err), nil
	}
	if err == nil {
		r.Point, err = parsePoint(d.Form.Point)
	}
	if err != nil {
		d.Error = v.words(err)
	}
	return d, r, err == nil
}

// heldBefore are the files that the form names, as far as we put them there and the visitor still wants them.
func (s *Site) heldBefore(d *reportData, f form, nonce string) []string {
	names := f.Values["held_name"]
	held := make([]string, 0, len(names))
	for i, seal := range f.Values["held"] {
		id, ok := s.unsealed(nonce, seal)
		if !ok || f.Get("drop_"+strconv.Itoa(i)) != "" {
			continue
		}
		h := heldFile{Seal: seal, Photo: f.Get("photo_"+strconv.Itoa(i)) != ""}
		if i < len(names) {
			h.Name = names[i]
		}
		held = append(held, id)
		d.Form.Held = append(d.Form.Held, h)
	}
	return held
}

// hold takes the files of the form, so that showing it once more does not lose them.
func (s *Site) hold(v *visit, d *reportData, f form, nonce string, held []string) ([]string, error) {
	if len(f.files) == 0 {
		return held, nil
	}
	taken, err := s.o.Door.Hold(v.ctx, s.visitor(v.r), f.files)
	if err != nil {
		return held, err
	}
	for _, h := range taken {
		if !slices.Contains(held, h.ID) {
			held = append(held, h.ID)
			d.Form.Held = append(d.Form.Held, heldFile{Seal: s.sealed(nonce, h.ID), Name: h.Name, Photo: h.Photo})
		}
	}
	return held, nil
}

// reportRefused shows the form again with what is wrong; what is our fault is an error.
func (s *Site) reportRefused(v *visit, d reportData, err error) (page, error) {
	if code := grid.CodeOf(err); code == grid.Internal {
		return page{}, err
	}
	d.Error = v.words(err)
	return s.reportPage(v, d, http.StatusUnprocessableEntity), nil
}

func (s *Site) reportPage(v *visit, d reportData, status int) page {
	d.Categories, d.Township, d.Files = s.o.Categories, s.places(), s.o.MaxFiles
	d.Map = s.plot(func(code grid.CellCode) (string, int) {
		if d.Reading != nil && (code == d.Reading.Cell || s.o.Tree.Within(d.Reading.Cell, code)) {
			return "here", 0
		}
		return "d0", 0
	})
	d.Map.Pick = true
	if p, err := parsePoint(d.Form.Point); err == nil && p != nil {
		m := mark{Class: "about", Title: v.t("web.report.here")}
		m.X, m.Y = s.fit().at(*p)
		d.Map.Marks = append(d.Map.Marks, m)
	}
	return page{name: "report", title: v.t("web.report.title"), data: d, status: status, private: true}
}

// places are the townships with their villages.
func (s *Site) places() []placeGroup {
	townships := s.townships()
	out := make([]placeGroup, 0, len(townships))
	for _, t := range townships {
		g := placeGroup{Township: t}
		for _, code := range s.o.Tree.Children(t.Code) {
			if c, ok := s.o.Tree.Cell(code); ok {
				g.Below = append(g.Below, c)
			}
		}
		out = append(out, g)
	}
	return out
}

var pointForm = regexp.MustCompile(`^(-?\d{1,3}(?:\.\d+)?)[\s,\x{FF0C}]+(-?\d{1,3}(?:\.\d+)?)$`)

// parsePoint reads latitude and longitude; nil for nothing. In this country either order can be told from the other.
func parsePoint(text string) (*geo.Point, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil //nolint:nilnil // none was given
	}
	m := pointForm.FindStringSubmatch(text)
	if m == nil {
		return nil, grid.Fail(grid.Invalid, "error.web.point")
	}
	a, errA := strconv.ParseFloat(m[1], 64)
	b, errB := strconv.ParseFloat(m[2], 64)
	if errA != nil || errB != nil {
		return nil, grid.Fail(grid.Invalid, "error.web.point")
	}
	if a > 60 && b < 60 {
		a, b = b, a
	}
	if a < -90 || a > 90 || b < -180 || b > 180 {
		return nil, grid.Fail(grid.Invalid, "error.web.point")
	}
	return &geo.Point{Lat: a, Lon: b}, nil
}

// words are what a visitor reads of an error.
func (v *visit) words(err error) string {
	var known *grid.Error
	if errors.As(err, &known) && known.Code != grid.Internal {
		return v.t(known.Key, args(known))
	}
	return v.t("web.error.ours")
}

// sentData fills pages/sent.html.
type sentData struct {
	Receipt
	Link string
	Code string
	QR   string // what its code says: number and code are behind the mark, which no browser sends on
}

// sentPage shows number and code, to be kept.
func (s *Site) sentPage(v *visit, r Receipt) page {
	link := v.outside("/follow?number=" + r.Number)
	d := sentData{Receipt: r, Link: link, Code: r.Code, QR: link + "#" + r.Code}
	return page{name: "sent", title: v.t("web.sent.title"), data: d, private: true}
}

// sent is where a report was sent from; who comes there without one is led to the form.
func (s *Site) sent(*visit) (page, error) { return page{to: "/report"}, nil }
