package web

import "github.com/gridwarden/gridwarden/grid/calendar"

// howData fills pages/how.html.
type howData struct {
	Report string // address of the form, for the code on paper
	Bot    string // link that opens the bot; empty without one
	Site   string // this site, for the sheet on paper
	Decide calendar.Limit
	Finish calendar.Limit
}

// how tells in plain words how to report, what to say and what happens then. It is made to be printed and put on a wall.
func (s *Site) how(v *visit) (page, error) {
	d := howData{Report: v.outside("/report"), Bot: s.botLink(), Site: v.outside("/"), Decide: s.o.Decide, Finish: s.o.Finish}
	return page{name: "how", title: v.t("web.how.title"), data: d}, nil
}

// botLink opens the bot; empty without one.
func (s *Site) botLink() string {
	if s.o.Bot == "" {
		return ""
	}
	return "https://t.me/" + s.o.Bot
}
