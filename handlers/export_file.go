package handlers

import (
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/paper"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const (
	filePhotos = 12             // pictures in a case's file
	photoWide  = 150 * paper.MM // at most
	photoHigh  = 95 * paper.MM  // two on a sheet
	fileTitle  = 18             // points
)

// caseFile puts a case on paper: what it is about, where, the clocks, the timeline as its officers see it, what was found and
// answered, the numbered documents, and the pictures in copies without metadata. Who may see the card may have it; who reported is
// not in it.
func (x *exporting) caseFile(w io.Writer) (string, error) {
	c, err := x.visible(x.r.Case)
	if err != nil {
		return "", err
	}
	title := x.Texts.Plain(x.lang, "export.file.title", texts.Args{"number": c.Shown()})
	d, err := paper.New(paper.A4, title, x.now)
	if err != nil {
		return "", err
	}
	d.Foot(x.Texts.Plain(x.lang, "export.file.foot", texts.Args{"office": x.Rules.OfficeName, "number": c.Shown(), "at": x.local().Format("2006-01-02 15:04")}))
	d.Heading(title, fileTitle)
	d.Table(paper.Table{Widths: []float64{1, 4}, Rows: x.fileFacts(c)})
	for _, part := range []struct{ key, text string }{{"text", c.Text}, {"finding", c.Finding}, {"reply", c.Reply}, {"notice", noticeOf(c)}} {
		if part.text != "" {
			d.Section(x.Texts.Plain(x.lang, "export.file."+part.key, nil))
			d.Paragraph(part.text, paper.Style{Indent: true})
		}
	}
	if wrong := x.fileTimeline(d, c); wrong != nil {
		return "", wrong
	}
	if wrong := x.filePictures(d, c); wrong != nil {
		return "", wrong
	}
	for _, l := range c.Letters {
		letterhead.Print(d, *x.Head.Paper(l, l.At))
	}
	_, err = d.WriteTo(w)
	return "gridwarden-" + c.Shown() + ".pdf", err
}

func noticeOf(c casework.Case) string {
	text, _ := c.Public()
	return text
}

// fileFacts are what a card tells, as a table of two columns.
func (x *exporting) fileFacts(c casework.Case) [][]string {
	due := ""
	if at, ok := c.Due(); ok {
		due = x.lastDay(at)
	}
	closed := ""
	if !c.ClosedAt.IsZero() {
		closed = x.wall(c.ClosedAt).Format("2006-01-02 15:04")
	}
	var rows [][]string
	for _, f := range []struct{ key, value string }{
		{"number", c.CaseNo},
		{"report", c.Number},
		{"state", x.word(name("state", string(c.State)))},
		{"category", x.word(x.categories(c.Categories))},
		{"cell", x.cellName(c.Cell)},
		{"place", c.Place},
		{"source", x.word(name("source", string(c.Source)))},
		{"received", x.wall(c.CreatedAt).Format("2006-01-02 15:04")},
		{"due", due},
		{"closed", closed},
		{"lead", string(c.Lead)},
		{"handler", x.officerName(c.Handler)},
	} {
		if f.value != "" {
			rows = append(rows, []string{x.Texts.Plain(x.lang, "export.case."+f.key, nil), f.value})
		}
	}
	return rows
}

var htmlTag = regexp.MustCompile(`</?[a-z][^>]*>`)

// unmarked is a text without Telegram's marks.
func unmarked(s string) string { return html.UnescapeString(htmlTag.ReplaceAllString(s, "")) }

func (x *exporting) fileTimeline(d *paper.Doc, c casework.Case) error {
	events, err := x.Store.History(x.ctx, c.ID)
	if err != nil {
		return err
	}
	d.Section(x.Texts.Plain(x.lang, "export.file.timeline", nil))
	for _, line := range x.timelineLines(c, events, x.moment) {
		d.Paragraph(unmarked(line), paper.Style{Size: 10})
	}
	return nil
}

// filePictures shows the pictures whose copies without metadata are kept, and says how many files there are in all.
func (x *exporting) filePictures(d *paper.Doc, c casework.Case) error {
	if len(c.Evidence) == 0 {
		return nil
	}
	d.Section(x.Texts.Plain(x.lang, "export.file.evidence", texts.Args{"n": len(c.Evidence)}))
	rows := make([][]string, 0, len(c.Evidence))
	shown := 0
	for i, e := range c.Evidence {
		by := x.officerName(e.By)
		if e.By == "" {
			by = x.Texts.Plain(x.lang, "export.file.public", nil)
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), x.word(name("stage", string(e.Stage))), by, x.wall(e.Arrived).Format("2006-01-02 15:04"), e.SHA256})
	}
	d.Table(paper.Table{Size: 8, Widths: []float64{1, 2, 3, 4, 12}, Rows: rows})
	for i, e := range c.Evidence {
		f, err := x.Store.File(x.ctx, e.File)
		if err != nil || !f.Show || !strings.HasPrefix(f.Type, "image/") || !e.Removed.IsZero() || shown >= filePhotos {
			continue // sealed, removed, or no picture
		}
		data, err := x.Evidence.Show(x.ctx, f.SHA256)
		if err != nil {
			continue
		}
		d.Paragraph(x.Texts.Plain(x.lang, "export.file.picture", texts.Args{"n": i + 1}), paper.Style{Size: 9, Color: paper.Gray})
		d.Picture(data, photoWide, photoHigh)
		shown++
		if err := x.far(shown); err != nil {
			return err
		}
	}
	return nil
}
