package seeds

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/border"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/referral"
)

// Border are the rules by which neighbours are reminded of what was handed over.
func (s Settings) Border() border.Rules {
	return border.Rules{Receipt: s.BorderReceipt, Answer: s.BorderAnswer, Again: s.BorderAgain, Times: s.BorderReminders, Edge: s.BorderEdge}
}

// Referral are the limits of cases that go to the police or the prosecutors.
func (d *District) Referral() referral.Rules {
	s := d.Settings
	return referral.Rules{
		Approve: s.ReferApprove, HandOver: s.ReferHand, Receive: s.ReferReceive, Decide: s.ReferDecide, Clue: s.ReferClue, Object: s.ReferObject,
		Review: s.ReferReview, File: s.ReferFile, Again: s.ReferAgain, Times: s.ReferReminders, Calendar: d.Calendar,
	}
}

// ReferralBasis is the line of law in letters that hand a case over, by ground.
func (s Settings) ReferralBasis() map[referral.Ground]string {
	return map[referral.Ground]string{
		referral.Crime: s.ReferBasisCrime, referral.Detention: s.ReferBasisDetention, referral.Litigation: s.ReferBasisLitigation,
	}
}

// Consultation are the numbers of consultations.
func (d *District) Consultation() consultation.Rules {
	s := d.Settings
	return consultation.Rules{
		Least: s.ConsultLeast, Ahead: s.ConsultAhead, Results: s.ConsultResults, Use: s.ConsultUse, Again: s.ConsultAgain, Times: s.ConsultReminders,
		Calendar: d.Calendar,
	}
}

// Hearing are the numbers of hearings.
func (d *District) Hearing() hearing.Rules {
	s := d.Settings
	return hearing.Rules{
		Ahead: s.HearingAhead, Minutes: s.HearingMinutes, Again: s.HearingAgain, Times: s.HearingReminders,
		Kept: time.Duration(s.HearingKept) * 24 * time.Hour, Most: s.HearingMost, PerAddress: s.HearingPerAddress, Calendar: d.Calendar,
	}
}
