package main

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/meeting"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/referral"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// head is what stands on the numbered documents of the district in force.
func (a *app) head(words *texts.Catalogue) letterhead.Head {
	d := a.district()
	s := d.Settings
	h := letterhead.Head{
		Texts: words, Work: a.work, Plan: d.Plan, Location: s.TimeZone, Unit: s.OfficeName, Basis: s.PressBasis, SummonBasis: s.SummonBasis, RestrictBasis: s.RestrictBasis,
		Answer: s.PressAnswer,
		Forms: map[casework.Series]string{
			casework.OrderSeries: s.LetterOrder, casework.PressSeries: s.LetterPress, casework.BulletinSeries: s.LetterCirculate,
			casework.SummonSeries: s.LetterSummon, letterhead.RestrictSeries: s.LetterRestrict,
			meeting.Series:        s.LetterMinutes,
			plan.ProgressSeries:   s.LetterProgress,
			casework.AcrossSeries: s.LetterAcross, referral.Series: s.LetterReferral,
		},
		Categories: make(map[string]texts.Names, len(d.Categories)),
	}
	for _, c := range d.Categories {
		h.Categories[c.Code] = c.Names
	}
	return h
}
