package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

const asideShown = 5 // set-aside messages in one list

// showAside lists the messages that failed too often, with the error of each, never with its words: /aside. Only the
// admin sees it.
func (s *scene) showAside() error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	entries, err := s.Store.Aside(s.ctx, asideShown)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		s.say(flow.Reply{Key: "aside.empty"})
		return nil
	}
	lines := make([]string, 0, len(entries))
	rows := make([][]flow.Choice, 0, len(entries))
	for i, e := range entries {
		lines = append(lines, s.Texts.T(s.lang, "aside.line", texts.Args{
			"n": i + 1, "at": s.moment(e.At), "tries": e.Tries, "bytes": len(e.Data), "error": excerpt(e.Error, 120),
		}))
		rows = append(rows, []flow.Choice{
			{Key: "button.aside_retry", Args: texts.Args{"n": i + 1}, Data: "a:retry:" + string(e.ID)},
			{Key: "button.aside_drop", Args: texts.Args{"n": i + 1}, Data: "a:drop:" + string(e.ID)},
		})
	}
	s.say(flow.Reply{Key: "aside.title", Args: texts.Args{"lines": texts.Raw(strings.Join(lines, "\n"))}, Rows: rows})
	return nil
}

// pressAside tries a set-aside message again, or gives it up.
func (s *scene) pressAside(verb, id string) error {
	if !s.admin() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	var err error
	switch verb {
	case "retry":
		err = s.Store.Retry(s.ctx, ledger.EntryID(id))
	case "drop":
		err = s.Store.Drop(s.ctx, ledger.EntryID(id))
	default:
		return s.forged(s.msg.Data)
	}
	if err != nil && grid.CodeOf(err) != grid.NotFound {
		return err
	}
	s.say(flow.Reply{Key: "aside.done", Toast: true})
	return s.showAside()
}
