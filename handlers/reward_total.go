package handlers

import (
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// showRewards tells everybody what was paid this year, without leading to anybody: /rewards. The desk gets its worklists, too.
func (s *scene) showRewards() error {
	counts, err := s.Store.Counts(s.ctx, s.year())
	if err != nil {
		return err
	}
	t := casework.RewardTotals(counts, s.Rules.RewardSmall)
	args := texts.Args{"year": s.year(), "n": t.Number, "sum": t.Sum, "few": s.Rules.RewardSmall, "rule": texts.Text{Key: "reward.rule_none"}, "lines": texts.Text{}}
	if s.Work.Rules.Reward.Enabled {
		args["rule"] = texts.Text{Key: "reward.rule"}
	}
	if len(t.By) > 0 {
		lines := make([]string, len(t.By))
		for i, line := range t.By {
			lines[i] = s.Texts.T(s.lang, "reward.total_line", texts.Args{"category": s.rewardCategory(line.Category), "n": line.Number, "sum": line.Sum})
		}
		args["lines"] = texts.Raw("\n" + strings.Join(lines, "\n"))
	}
	r := flow.Reply{Key: "reward.total", Args: args}
	switch {
	case t.Number == 0:
		r.Key = "reward.total_none"
	case t.Few:
		r.Key = "reward.total_few"
	}
	if s.deskWorker() {
		if r.Rows, err = s.rewardQueues(); err != nil {
			return err
		}
	}
	s.say(r)
	return nil
}

// rewardCategory names a category; several small ones have no name.
func (s *scene) rewardCategory(code string) any {
	if names := s.categories([]string{code}); len(names) > 0 {
		return names
	}
	return texts.Text{Key: "reward.total_others"}
}

// rewardQueues are the buttons of the worklists, with how much is in them.
func (s *scene) rewardQueues() ([][]flow.Choice, error) {
	queues := []casework.Queue{casework.RewardQueue, casework.PayQueue}
	counts, err := s.Store.QueueCounts(s.ctx, queues, s.now)
	if err != nil {
		return nil, err
	}
	row := make([]flow.Choice, len(queues))
	for i, q := range queues {
		row[i] = flow.Choice{Key: "button.queue." + string(q), Args: texts.Args{"n": counts[i].Open}, Data: "w:" + string(q) + ":0"}
	}
	return [][]flow.Choice{row}, nil
}
