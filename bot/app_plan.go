package main

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/seeds"
)

// planWork is the plan of a district with the rules by which it is followed.
func planWork(d *seeds.District) plan.Work {
	var own grid.Department
	for _, x := range d.Departments {
		if x.Own {
			own = grid.Department(x.Name)
		}
	}
	return plan.Work{Plan: d.Plan, Rules: d.Settings.Milestones(own), Tree: d.Tree, Location: d.Settings.TimeZone}
}
