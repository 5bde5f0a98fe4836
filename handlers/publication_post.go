package handlers

import (
	"html"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// postLines is how much a picture has room for that people can read on a phone; what is longer is posted as PDF.
const postLines = 20

// postSheet posts what was published in the channel, once: a few words, and the tables as a picture, or as PDF when they are long.
// Without a channel it is on the site only.
func (s *scene) postSheet(i issueAt, sheet publication.Sheet) error {
	if s.Channel == 0 {
		return nil
	}
	lang := texts.Reference
	late, corrects := texts.Text{}, texts.Text{}
	if sheet.Late > 0 {
		late = texts.Text{Key: "publication.late", Args: texts.Args{"days": sheet.Late, "due": sheet.Due}}
	}
	if sheet.Corrects != "" {
		corrects = texts.Text{Key: "publication.corrects", Args: texts.Args{"id": sheet.Corrects, "why": sheet.Why}}
	}
	m := s.render(flow.Reply{Key: "publication.post", Args: texts.Args{
		"name": texts.Names(sheet.Names), "period": texts.Period(sheet.Period), "number": sheet.Number, "late": late, "corrects": corrects,
		"changes": s.changesShort(sheet), "hash": i.Hash, "link": s.publicLink("/publications/" + sheet.ID),
	}}, lang)
	m.Chat, m.Priority, m.Once = s.Channel, ledger.Digest, true
	lines := s.contentLines(sheet.Content, lang, postLines, 4*issueWords)
	if len(lines) > postLines {
		var err error
		if m.Document, err = s.sheetPDF(i.Issue, lang); err != nil {
			return err
		}
		s.change.Outbox = append(s.change.Outbox, m)
		return nil
	}
	m.Paper = &ledger.Paper{
		Issuer: s.Rules.OfficeName, Title: sheet.Names.In(string(lang)), Day: sheet.Published.Format(time.DateOnly),
		No:   s.Texts.Plain(lang, "publication.number", texts.Args{"number": sheet.Number, "year": sheet.Published.Year()}),
		To:   s.Texts.Plain(lang, "publication.to", nil),
		Text: plainLines(lines),
	}
	s.change.Outbox = append(s.change.Outbox, m)
	return nil
}

// publicLink is the address of a page of the public site; nothing when there is none.
func (s *scene) publicLink(path string) texts.Text {
	if s.SiteURL == "" {
		return texts.Text{}
	}
	return texts.Text{Key: "publication.link", Args: texts.Args{"url": strings.TrimSuffix(s.SiteURL, "/") + path}}
}

// plainLines are lines of Telegram HTML without their markup.
func plainLines(lines []string) string {
	markup := strings.NewReplacer("<b>", "", "</b>", "", "<i>", "", "</i>", "")
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		if l = strings.TrimSpace(html.UnescapeString(markup.Replace(l))); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}
