package main

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
)

// TestSite_WaysIn: the front page and the page to be printed lead to the site's own form, and the front page says how many
// publications are late.
func TestSite_WaysIn(t *testing.T) {
	storyFrom(t, monday, exhibitRoster, func(w *world) {
		w.browses("/").reads(`class="button" href="/report"`, "马上举报", `href="/publications">`, "项信息逾期未公开")
		w.browses("/how").reads("在网页上", `href="/report"`, "网上举报二维码")
		w.browses("/en/how").reads(`href="/en/report"`)
	})
}

// TestSite_HearingSignUp: the page of a hearing leads to signing up for as long as one can, and no longer.
func TestSite_HearingSignUp(t *testing.T) {
	storyFrom(t, monday, exhibitRoster, func(w *world) {
		exhibitConsultation(&filled{w, make(map[grid.OfficerID]*person)})
		path := "/hearings/" + w.hearingID()
		w.browses(path).reads("?start=h_")
		w.until("2026-11-19 09:00")
		w.browses(path).reads("听取沿线居民").readsNot("?start=h_")
	})
}
