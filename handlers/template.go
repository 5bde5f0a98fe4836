package handlers

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const templateShown = 24 // characters of each text in the list

// template lists what an office may word itself, shows one text, or words it: /template, /template notice.in_court,
// /template notice.in_court 新内容. The wording is that of the admin's own language.
func (s *scene) template() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	key, text := s.msg.Args, ""
	if end := strings.IndexFunc(key, unicode.IsSpace); end >= 0 {
		key, text = key[:end], strings.TrimSpace(key[end:])
	}
	switch {
	case key == "":
		s.listTemplates()
		return nil
	case !slices.Contains(s.Texts.Templates(), key):
		return grid.Fail(grid.NotFound, "error.template", "key", key)
	case text == "":
		s.showTemplate(key)
		return nil
	}
	return s.proposeTemplate(key, text)
}

func (s *scene) listTemplates() {
	lines := make([]string, 0, 16)
	for _, key := range s.Texts.Templates() {
		text := []rune(s.Texts.Wording(s.lang, key))
		lines = append(lines, s.Texts.T(s.lang, "template.line", texts.Args{"key": key, "text": string(text[:min(templateShown, len(text))]) + "\u2026"}))
	}
	s.say(flow.Reply{Key: "template.list", Args: texts.Args{"lines": texts.Raw(strings.Join(lines, "\n"))}})
}

func (s *scene) showTemplate(key string) {
	note, rows := texts.Text{}, [][]flow.Choice(nil)
	if s.Texts.Wording(s.lang, key) != s.Texts.Original(s.lang, key) {
		note.Key = "template.note.own"
		rows = [][]flow.Choice{{{Key: "button.template.restore", Data: "i:orig:" + key}}}
	}
	places := s.Texts.Places(key)
	for i, p := range places {
		places[i] = "{" + p + "}"
	}
	s.say(flow.Reply{Key: "template.show", Rows: rows, Args: texts.Args{
		"key": key, "note": note, "text": s.Texts.Wording(s.lang, key), "places": strings.Join(places, " "),
	}})
}

// restoreTemplate proposes the original of a text in the admin's language.
func (s *scene) restoreTemplate(key string) error {
	if !slices.Contains(s.Texts.Templates(), key) {
		return s.forged(s.msg.Data)
	}
	return s.proposeTemplate(key, s.Texts.Original(s.lang, key))
}

// proposeTemplate proposes one text, in the same way as a table that was sent.
func (s *scene) proposeTemplate(key, text string) error {
	table, _, err := s.Office.InForce(s.ctx, sheet.Templates, s.roster, s.now)
	if err != nil {
		return err
	}
	column := "zh"
	if s.lang != texts.Chinese {
		column = "en"
	}
	for i, r := range table.Rows {
		if r.ID == key {
			table.Rows[i].Values = maps.Clone(r.Values)
			table.Rows[i].Values[column] = text
		}
	}
	p, err := s.Office.Propose(s.ctx, table, s.roster, s.now)
	if err != nil {
		return err
	}
	return s.propose(ledger.Import{Kind: sheet.Templates}, p, "")
}
