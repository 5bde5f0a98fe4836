package post

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Sample is a ready text for a season: to be looked through, and approved like any other post.
type Sample struct {
	Code     string
	Season   site.Season // from its first day to its last, which may lie in the next year
	Category string      // whose followers it reaches, with those of the whole district
	Title    map[string]string
	Text     map[string]string
}

// InSeason tells whether the day lies in the sample's season.
func (s Sample) InSeason(at time.Time) bool { return s.Season.Cold(calendar.DateOf(at)) }

// End is the end of the season's last day that comes next.
func (s Sample) End(at time.Time) time.Time {
	end := time.Date(at.Year(), s.Season.Until.Month, s.Season.Until.Day+1, 0, 0, 0, 0, at.Location())
	if !end.After(at) {
		end = end.AddDate(1, 0, 0)
	}
	return end
}
