package calendar

// StepCode names one step of a computation. The set is closed.
type StepCode string

// The steps, in the order in which they can appear.
const (
	StartNotCounted StepCode = "start_not_counted" // From is the day of the start
	HoursRun        StepCode = "hours_run"         // N hours from an instant on From to one on To, without a pause
	MinutesRun      StepCode = "minutes_run"       // the same with minutes
	DaysCounted     StepCode = "days_counted"      // N calendar days, From to To
	WorkdaysCounted StepCode = "workdays_counted"  // N working days, From to To
	SkippedWeekend  StepCode = "skipped_weekend"   // From to To is a weekend and does not count
	SkippedHoliday  StepCode = "skipped_holiday"   // From to To is off for Festival and does not count
	MakeupCounted   StepCode = "makeup_counted"    // From to To are a weekend, but worked, and count
	MakeupKept      StepCode = "makeup_kept"       // the limit ends at a weekend on From, which is worked: it stays there
	RolledWeekend   StepCode = "rolled_weekend"    // the limit would end at the weekend on From: it moves to To
	RolledHoliday   StepCode = "rolled_holiday"    // the limit would end on From, off for Festival: it moves to To
	LastDay         StepCode = "last_day"          // the limit ends on From at 24:00
	YearUnknown     StepCode = "year_unknown"      // N is a year whose table is missing, first needed for From
)

// Step is one reason why a Deadline is what it is, for the catalogue of texts to put into words.
type Step struct {
	Code     StepCode `json:"code"`
	From     Date     `json:"from"`
	To       Date     `json:"to"`
	N        int      `json:"n,omitempty"`
	Festival Festival `json:"festival,omitempty"`
}
