package seeds

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/water"
)

// Casework are the rules of clocks and reminders.
func (s Settings) Casework() casework.Rules {
	return casework.Rules{
		Limits: map[casework.ClockName]calendar.Limit{
			casework.DecideClock:     s.DecideLimit,
			casework.NotifyClock:     s.NotifyLimit,
			casework.AnswerClock:     s.AnswerLimit,
			casework.TransferClock:   s.TransferLimit,
			casework.StartClock:      s.StartLimit,
			casework.FinishClock:     s.FinishLimit,
			casework.AdjudicateClock: s.AdjudicateLimit,
			casework.TaskClock:       s.TaskLimit,
			casework.ReplyClock:      s.ReplyLimit,
			casework.ConfirmClock:    s.ConfirmLimit,
			casework.SpotClock:       s.SpotLimit,
			casework.ReviewClock:     s.ReviewLimit,
			casework.AlarmClock:      s.AlarmLimit,
			casework.ReportClock:     s.FirstReportLimit,
			casework.NeighbourClock:  s.NeighbourLimit,
		},
		Stages: map[casework.ClockName][]casework.StageRule{
			casework.DecideClock:     s.DecideStages,
			casework.NotifyClock:     s.NotifyStages,
			casework.AnswerClock:     s.AnswerStages,
			casework.TransferClock:   s.TransferStages,
			casework.StartClock:      s.StartStages,
			casework.FinishClock:     s.FinishStages,
			casework.AdjudicateClock: s.AdjudicateStages,
			casework.TaskClock:       s.TaskStages,
			casework.ReplyClock:      s.ReplyStages,
			casework.ConfirmClock:    s.ConfirmStages,
			casework.SpotClock:       s.SpotStages,
			casework.ReviewClock:     s.ReviewStages,
			casework.AlarmClock:      s.AlarmStages,
			casework.ReportClock:     s.ReportUpStages,
			casework.NeighbourClock:  s.NeighbourStages,
		},
		FinishBy:  map[string]calendar.Limit{water.BlackWater: s.BlackReply},
		Extension: s.ExtensionLimit, Objection: s.ObjectionLimit, ReviewAsk: s.ReviewAskLimit,
		MaxBounces: s.MaxBounces, MaxReopened: s.MaxReopened, Certified: s.Certified,
		NearSame: s.DuplicateRadius, SameWords: float64(s.SameWords) / 100,
		Quiet: s.QuietHours, Receipt: s.ReceiptWithin, ReportGrave: s.FirstReportGraveLimit, Reward: s.Reward(),
	}
}

// Reward is what the office has set about rewards.
func (s Settings) Reward() casework.RewardRules {
	return casework.RewardRules{
		Enabled: s.RewardEnabled, Anonymous: s.RewardAnonymous, Officers: s.RewardOfficers, Known: s.RewardKnown, Media: s.RewardMedia,
		Tiers: []casework.Tier{
			{Code: casework.TierAvoided, Amount: s.RewardAvoided},
			{Code: casework.TierPenalty, Amount: s.RewardPenalty},
			{Code: casework.TierGrave, Amount: s.RewardGrave},
		},
		Max: s.RewardMax, Window: s.RewardWindow, Decide: s.RewardDecide, Remind: s.RewardRemind, Joint: s.RewardJoint,
		Payer: grid.Department(s.RewardPayer),
	}
}
