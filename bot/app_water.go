package main

import (
	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
	"github.com/gridwarden/gridwarden/seeds"
)

// waterWork is where water is looked at in a district and the numbers by which it is judged and supervised.
func waterWork(d *seeds.District) water.Work {
	s := d.Settings
	return water.Work{
		Network: d.Water(), Period: publication.Every(s.SectionPeriod), County: s.DrinkingCounty, Township: s.DrinkingTownship,
		BlackReply: s.BlackReply, BlackRemind: s.BlackRemind, Own: planWork(d).Rules.Own, Location: s.TimeZone,
		List: water.ListRules{
			After: s.SuperviseAfter, Limit: s.SuperviseLimit.N, Extension: s.SuperviseExtension.N, Ask: s.SuperviseAsk, Remind: s.SuperviseRemind,
			Silence: s.SuperviseSilence, Location: s.TimeZone,
		},
	}
}
