package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// lines are the parts of a card that only some cases have; what is empty is left out, so that what is there is read.
func (s *scene) lines(c casework.Case) texts.Args {
	line := func(has bool, key, place string, value any) texts.Text {
		if !has {
			return texts.Text{}
		}
		return texts.Text{Key: key, Args: texts.Args{place: value}}
	}
	return texts.Args{
		"urgent":   line(c.Urgent, "card.urgent", "number", c.Shown()),
		"away":     line(s.isAway(c), "card.away", "away", s.awayName(c)),
		"where":    line(c.Place != "" || c.Point != nil, "card.place", "place", s.place(c)),
		"attached": line(len(c.Evidence) > 0, "card.files", "files", len(c.Evidence)),
		"joined":   line(len(c.Followers) > 0, "card.followers", "followers", len(c.Followers)),
		"by":       line(c.Handler != "", "card.handler", "handler", s.officerName(c.Handler)),
		"flagged":  s.flaggedLine(c),
		"earlier":  s.earlierLine(c),
		"moved":    s.lettersLine(c),
		"extra":    s.extensionLine(c),
		"found":    s.found(c),
		"judged":   judged(c),
		"barred":   s.barredLine(c),
	}
}

// flaggedLine says that the desk marked the report as an abuse, and why.
func (s *scene) flaggedLine(c casework.Case) texts.Text {
	if c.Abuse == nil {
		return texts.Text{}
	}
	return texts.Text{Key: "card.abuse", Args: texts.Args{
		"reason": texts.Text{Key: "abuse." + string(c.Abuse.Reason)}, "by": orDash(s.officerName(c.Abuse.By)),
	}}
}

// isAway tells whether the case lies outside the district and nobody has given it to a cell all the same.
func (s *scene) isAway(c casework.Case) bool {
	return c.Cell == s.Work.Tree.Unassigned().Code && (c.Away != "" || c.State == casework.OutOfArea)
}

// awayName is in whose area the case lies, as far as that is known.
func (s *scene) awayName(c casework.Case) any {
	if c.Away != "" {
		return c.Away
	}
	return texts.Text{Key: "report.where_local"}
}

// whose tells a reporter who has the report: its cell, the district that will find one, or whoever is in charge outside.
// keys are what is said of the first two; the queue of what has no cell yet is no name for the public.
func (s *scene) whose(c casework.Case, cell, unassigned string) texts.Text {
	switch {
	case s.isAway(c):
		return texts.Text{Key: "report.where_away", Args: texts.Args{"away": s.awayName(c), "hotline": s.Book.Rules().Hotline}}
	case c.Cell == s.Work.Tree.Unassigned().Code:
		return texts.Text{Key: unassigned, Args: texts.Args{"due": s.dueDay(c)}}
	}
	return texts.Text{Key: cell, Args: texts.Args{"cell": s.Work.Tree.PathName(c.Seat()), "due": s.dueDay(c)}}
}

const cardNotice = 300 // characters of the public notice on a card

// found is what a card says of a result and of what came after it; only what there is.
func (s *scene) found(c casework.Case) texts.Text {
	if c.Finding == "" {
		return texts.Text{}
	}
	args := texts.Args{
		"finding": excerpt(c.Finding, cardText), "judged": judged(c),
		"reopened": texts.Text{}, "drawn": texts.Text{}, "score": texts.Text{}, "notice": s.publicLine(c),
	}
	if c.Reopened > 0 {
		args["reopened"] = texts.Text{Key: "card.reopened", Args: texts.Args{"n": c.Reopened}}
	}
	if c.Drawn {
		args["drawn"] = texts.Text{Key: "card.drawn"}
	}
	if c.Score > 0 {
		args["score"] = texts.Text{Key: "card.score", Args: texts.Args{"score": c.Score}}
	}
	return texts.Text{Key: "card.finding", Args: args}
}

// judged is the verdict with what the office's photos show and, for a violation, how many certified officers were there.
func judged(c casework.Case) texts.Text {
	if c.Verdict == "" {
		return texts.Text{}
	}
	shown := map[casework.Stage]int{}
	for _, e := range c.Evidence {
		if e.By != "" {
			shown[e.Stage]++
		}
	}
	violation := texts.Text{}
	if c.Violation {
		violation = texts.Text{Key: "card.violation", Args: texts.Args{"n": len(c.Investigators)}}
	}
	return texts.Text{Key: "card.judged", Args: texts.Args{
		"verdict": name("verdict", string(c.Verdict)), "violation": violation,
		"before": shown[casework.Before], "after": shown[casework.After], "onsite": shown[casework.OnSite],
	}}
}

// publicLine is what the public reads, or would.
func (s *scene) publicLine(c casework.Case) texts.Text {
	if c.Notice == nil {
		return texts.Text{}
	}
	key := "card.notice_drafted"
	if _, ok := c.Public(); ok {
		key = "card.notice_public"
	}
	return texts.Text{Key: key, Args: texts.Args{"text": excerpt(c.Notice.Text, cardNotice), "by": s.officerName(c.Notice.By)}}
}
