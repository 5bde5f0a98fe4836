package handlers

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// dataLines is how many reports one message of somebody's data lists.
const dataLines = 40

// showData shows the person what is kept of them, in plain words: /mydata.
func (s *scene) showData() error {
	cases, err := s.ownCases()
	if err != nil {
		return err
	}
	var opened []string
	lines := make([]string, 0, len(cases))
	for _, c := range cases {
		lines = append(lines, s.dataLine(c))
		if c.Reporter != s.reporter {
			continue
		}
		more, wrong := s.openings(c)
		if wrong != nil {
			return wrong
		}
		opened = append(opened, more...)
	}
	p := s.person
	consent := texts.Text{}
	if !p.Named.IsZero() {
		consent = texts.Text{Key: "mydata.consent", Args: texts.Args{"day": p.Named.In(s.Rules.Location).Format(time.DateOnly)}}
	}
	s.say(flow.Reply{Key: "mydata.person", Args: texts.Args{
		"user": strconv.FormatInt(p.User, 10), "lang": texts.Text{Key: s.lang.Own()}, "phone": orNone(p.Phone), "name": orNone(p.Name),
		"consent": consent, "duties": s.duties(), "cases": len(cases), "opened": len(opened),
		"seen": p.LastSeen.In(s.Rules.Location).Format(time.DateOnly), "days": s.Rules.IdentityDays,
	}, Rows: [][]flow.Choice{{{Key: "button.forget", Data: ownData("forget")}}}})
	s.sayList("mydata.cases", lines)
	follows, err := s.follows()
	if err != nil {
		return err
	}
	s.sayList("mydata.follows", s.followLines(follows.Follows))
	s.sayList("mydata.openings", opened)
	return nil
}

// sayList says lines in as many messages as it takes.
func (s *scene) sayList(key string, lines []string) {
	for len(lines) > 0 {
		n := min(len(lines), dataLines)
		s.say(flow.Reply{Key: key, Args: texts.Args{"lines": texts.Raw(strings.Join(lines[:n], "\n"))}})
		lines = lines[n:]
	}
}

// dataLine is one report as its person's data tell of it.
func (s *scene) dataLine(c casework.Case) string {
	how := texts.Text{Key: "mydata.followed"}
	switch {
	case c.Reporter == s.reporter && c.RealName:
		how.Key = "mydata.named"
	case c.Reporter == s.reporter:
		how.Key = "mydata.anonymous"
	}
	return s.Texts.T(s.lang, "mydata.case", texts.Args{
		"number": c.Shown(), "state": name("state", string(c.State)), "at": c.CreatedAt.In(s.Rules.Location).Format(time.DateOnly), "how": how,
	})
}

// duties tells an officer that the roster knows them, too.
func (s *scene) duties() texts.Text {
	if s.officer.ID == "" {
		return texts.Text{}
	}
	return texts.Text{Key: "mydata.duties", Args: texts.Args{"name": s.officer.Name}}
}

func orNone(text string) any {
	if text == "" {
		return texts.Text{Key: "mydata.none"}
	}
	return text
}

// ownData is what a button about the person themselves carries.
func ownData(verb string) string { return "p:" + verb + ":" }

// pressOwn answers such a button.
func (s *scene) pressOwn(verb string) error {
	switch verb {
	case "mydata":
		return s.showData()
	case "forget":
		return s.askForget()
	case "forget_yes":
		return s.forget()
	case "forget_no":
		s.say(flow.Reply{Key: "forget.kept", Edit: true})
		return nil
	}
	return s.forged(s.msg.Data)
}
