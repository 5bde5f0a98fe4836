package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// publicationContents are who draws up what: by the name that a duty gives in publications.yaml, the content of a period from what is
// on record. Where there is no record the content says so; nothing is filled in. Words are frozen in every language.
func publicationContents() map[string]func(*scene, publication.Period) (publication.Content, error) {
	return map[string]func(*scene, publication.Period) (publication.Content, error){
		"assessment":    (*scene).assessmentResults,
		"black_odorous": (*scene).blackResults,
		"drinking":      (*scene).drinkingResults,
		"sections":      (*scene).sectionResults,
		"hotline":       (*scene).hotlineReport,
		"inspections":   (*scene).inspectionResults,
		"measures":      (*scene).planProgress,
		"cards":         (*scene).publishCards,
		"contaminated":  (*scene).publishContaminated,
		"water_users":   (*scene).publishWaterUsers,
	}
}

// drawUp is the content of a duty for a period. Conflict when nobody draws up what the duty names.
func (s *scene) drawUp(d publication.Duty, p publication.Period) (publication.Content, error) {
	build, ok := publicationContents()[d.Content]
	if !ok {
		return publication.Content{}, grid.Fail(grid.Conflict, "error.publication.no_content", "content", d.Content)
	}
	content, err := build(s, p)
	if err != nil {
		return content, err
	}
	return content, content.Check()
}

// frozen is a sentence of the catalogue in every language, without markup.
func (s *scene) frozen(key string, args texts.Args) publication.Words {
	out := make(publication.Words)
	for _, lang := range texts.Langs() {
		out[string(lang)] = s.Texts.Plain(lang, key, args)
	}
	return out
}
