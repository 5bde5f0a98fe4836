package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

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
