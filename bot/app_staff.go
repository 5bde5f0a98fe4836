package main

import (
	"github.com/gridwarden/gridwarden/handlers/staff"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// openStaff makes the staff page, and lets the chat give links to it.
func (a *app) openStaff(words *texts.Catalogue) error {
	page, err := staff.New(staff.Options{
		Desk: a.desk, Evidence: a.vault, Words: words, Clock: a.Clock, Log: a.Log, Secret: a.Keys.Derive("gridwarden/v1/staff"), Base: a.Site,
		Limits: func() staff.Limits {
			s := a.district().Settings
			return staff.Limits{Link: s.PageLinkValid, Idle: s.PageIdle, Longest: s.PageLongest}
		},
	})
	if err != nil {
		return err
	}
	a.staff, a.desk.Page = page, page
	return nil
}
