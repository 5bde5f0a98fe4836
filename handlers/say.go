package handlers

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// say answers the person whose turn it is.
func (s *scene) say(r flow.Reply) {
	if r.Toast {
		s.toast = s.Texts.Plain(s.lang, r.Key, r.Args)
		return
	}
	m := s.render(r, s.lang)
	m.To, m.Priority = s.me, ledger.Reply
	if s.msg.Group {
		m.Chat = s.msg.Chat
	}
	if r.Edit && s.msg.Kind == Button {
		m.Edit, m.Shown = s.msg.ID, s.msg.Picture
	}
	s.change.Outbox = append(s.change.Outbox, m)
}

// answerNow answers the pressed button before the turn is over, because it will take a while.
func (s *scene) answerNow(key string) {
	if !s.answered {
		s.Answer(s.ctx, s.msg.Callback, s.Texts.Plain(s.lang, key, nil))
		s.answered = true
	}
}

// tell writes to somebody else about a case, in their language. Whoever is unknown to the store cannot be written to.
func (s *scene) tell(to grid.PersonID, c casework.Case, r flow.Reply) error {
	m, err := s.letter(to, c, r)
	if err == nil && m != nil {
		s.change.Outbox = append(s.change.Outbox, *m)
	}
	return err
}

// letter is what tell would send; nil when there is nobody to write to.
func (s *scene) letter(to grid.PersonID, c casework.Case, r flow.Reply) (*ledger.Message, error) {
	if to == "" || to == s.me && s.officer.ID != "" {
		return nil, nil //nolint:nilnil // nobody to write to
	}
	p, err := s.Store.Person(s.ctx, to)
	if grid.CodeOf(err) == grid.NotFound {
		return nil, nil //nolint:nilnil // forgotten
	}
	if err != nil {
		return nil, err
	}
	m := s.render(r, texts.Lang(p.Lang))
	m.To, m.Priority, m.Case = to, ledger.Reply, c.ID
	m.Lane = s.Pseudonym(p.User) // a reporter has another name than the same person in conversation, and one phone
	if c.Urgent {
		m.Priority = ledger.Emergency
	}
	return &m, nil
}

// render words a reply in a language.
func (s *scene) render(r flow.Reply, lang texts.Lang) ledger.Message {
	if lang == "" {
		lang = texts.Reference
	}
	m := ledger.Message{
		Kind: r.Key, Text: s.Texts.T(lang, r.Key, r.Args), Hide: r.Hide, Photos: r.Photos, Point: r.Point, Image: r.Image,
		Document: r.Document, Paper: r.Paper, Secret: r.Secret, At: s.now,
	}
	for _, row := range r.Rows {
		line := make([]ledger.Button, 0, len(row))
		for _, c := range row {
			b := ledger.Button{Data: c.Data}
			if c.Label != nil {
				b.Text = c.Label.In(lang)
			} else {
				b.Text = s.Texts.Plain(lang, c.Key, c.Args)
			}
			line = append(line, b)
		}
		m.Rows = append(m.Rows, line)
	}
	for _, row := range r.Ask {
		line := make([]ledger.Key, 0, len(row))
		for _, q := range row {
			line = append(line, ledger.Key{Text: s.Texts.Plain(lang, q.Key, nil), Location: q.Location, Contact: q.Contact})
		}
		m.Ask = append(m.Ask, line)
	}
	return m
}

// name is a sentence of the catalogue that goes into another: a state, a role, a clock.
func name(group, code string) texts.Text {
	if code == "" {
		return texts.Text{}
	}
	return texts.Text{Key: group + "." + code}
}
