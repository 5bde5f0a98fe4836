package flow

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/board"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// command answers /start and what else begins with a slash. A draft under way is kept by all of them but /cancel.
func (t *turn) command() {
	name, rest, _ := strings.Cut(t.e.Text[1:], " ")
	name, _, _ = strings.Cut(strings.ToLower(name), "@")
	rest = strings.TrimSpace(rest)
	switch name {
	case "start":
		t.start(rest)
	case "report":
		t.startReport()
	case "my":
		t.do(ShowMine{})
	case "mydata":
		t.do(ShowData{})
	case "forget":
		t.do(AskForget{})
	case "status":
		t.startStatus(rest)
	case "language":
		t.askLanguage()
	case "help":
		t.do(ShowHelp{})
	case "cancel":
		t.cancel()
	case "back":
		t.back()
	case "checkin":
		t.startTask(Task{Story: Checking})
	default:
		t.sayKey("flow.no_command", "command", "/"+name)
		t.lost()
	}
}

func (t *turn) start(code string) {
	if number, ok := strings.CutPrefix(code, SiteLink); ok {
		t.do(OpenSite{Number: site.Number(strings.ToUpper(number))})
		return
	}
	if id, ok := strings.CutPrefix(code, BoardLink); ok {
		t.do(OpenBoard{ID: board.ID(strings.ToLower(id))})
		return
	}
	if kind, id, ok := strings.Cut(code, "_"); ok && (kind == ConsultLink || kind == HearingLink) {
		t.do(OpenPublic{Kind: kind, ID: id})
		return
	}
	if code != "" {
		t.do(TakeInvite{Code: code})
		return
	}
	t.park()
	t.menu("start.welcome")
}

// askLanguage offers every language under its own name.
func (t *turn) askLanguage() {
	row := make([]Choice, 0, len(texts.Langs()))
	for _, l := range texts.Langs() {
		row = append(row, open(l.Own(), "lang", string(l)))
	}
	t.say(Reply{Key: "lang.ask", Rows: [][]Choice{row}})
}

func (t *turn) setLanguage(tag string) {
	for _, l := range texts.Langs() {
		if string(l) == tag {
			t.do(SetLanguage{Lang: l})
			t.say(Reply{Key: "lang.set", Edit: true})
			return
		}
	}
	t.say(Reply{Key: "flow.old_button", Toast: true})
}
