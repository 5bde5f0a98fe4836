package calendar

import "time"

// Festival names a public holiday in code; its words are in the catalogue of texts.
type Festival string

// The public holidays of the Regulation on Public Holidays for National Annual Festivals and Memorial Days (全国年节及
// 纪念日放假办法), art. 2 as amended with effect from 2025: 13 days in all.
const (
	NewYear        Festival = "new_year"        // 1 January
	SpringFestival Festival = "spring_festival" // the last day of the lunar year and the first three of the next
	Qingming       Festival = "qingming"        // the day of the solar term Pure Brightness
	LabourDay      Festival = "labour_day"      // 1 and 2 May
	DragonBoat     Festival = "dragon_boat"     // the fifth of the fifth lunar month
	MidAutumn      Festival = "mid_autumn"      // the fifteenth of the eighth lunar month
	NationalDay    Festival = "national_day"    // 1 to 3 October
)

// publicDay is a public day with the same date every year.
type publicDay struct {
	month    time.Month
	day      int
	festival Festival
	since    int // the first year in which it is one
}

// fixedDays are the six public days with a fixed date. 2 May was added by the amendment in force from 2025.
var fixedDays = [...]publicDay{
	{time.January, 1, NewYear, 0},
	{time.May, 1, LabourDay, 0},
	{time.May, 2, LabourDay, 2025},
	{time.October, 1, NationalDay, 0},
	{time.October, 2, NationalDay, 0},
	{time.October, 3, NationalDay, 0},
}

// firstLunar is the year of the first row of lunarDays.
const firstLunar = 2017

// lunarDays hold, for each year, the days, written month*100 + day, of the festivals that move. They are astronomy, not decree, and so can be known ahead; a test compares them with an
// independent lunar calendar. Beyond the table these days cannot be known here and count as ordinary ones, in a
// deadline that is provisional anyway.
var lunarDays = [...]struct{ newYear, qingming, dragonBoat, midAutumn int }{
	{128, 404, 530, 1004}, // 2017
	{216, 405, 618, 924},  // 2018
	{205, 405, 607, 913},  // 2019
	{125, 404, 625, 1001}, // 2020
	{212, 404, 614, 921},  // 2021
	{201, 405, 603, 910},  // 2022
	{122, 405, 622, 929},  // 2023
	{210, 404, 610, 917},  // 2024
	{129, 404, 531, 1006}, // 2025
	{217, 405, 619, 925},  // 2026
	{206, 405, 609, 915},  // 2027
	{126, 404, 528, 1003}, // 2028
	{213, 404, 616, 922},  // 2029
	{203, 405, 605, 912},  // 2030
	{123, 405, 624, 1001}, // 2031
	{211, 404, 612, 919},  // 2032
	{131, 404, 601, 908},  // 2033
	{219, 405, 620, 927},  // 2034
	{208, 405, 610, 916},  // 2035
	{128, 404, 530, 1004}, // 2036
	{215, 404, 618, 924},  // 2037
	{204, 405, 607, 913},  // 2038
	{124, 405, 527, 1002}, // 2039
	{212, 404, 614, 920},  // 2040
	{201, 404, 603, 910},  // 2041
	{122, 404, 622, 928},  // 2042
	{210, 405, 611, 917},  // 2043
	{130, 404, 531, 1005}, // 2044
	{217, 404, 619, 925},  // 2045
	{206, 404, 608, 915},  // 2046
	{126, 405, 529, 1004}, // 2047
	{214, 404, 615, 922},  // 2048
	{202, 404, 604, 911},  // 2049
	{123, 404, 623, 930},  // 2050
}

// publicFestival tells which public holiday falls on d by law, without any notice, or "".
func publicFestival(d Date) Festival {
	for _, p := range fixedDays {
		if d.Month == p.month && d.Day == p.day && d.Year >= p.since {
			return p.festival
		}
	}
	row := d.Year - firstLunar
	if row < 0 || row >= len(lunarDays) {
		return ""
	}
	lunar := lunarDays[row]
	newYear := Date{d.Year, time.Month(lunar.newYear / 100), lunar.newYear % 100}
	first := -1 // the eve became a public day with the amendment in force from 2025
	if d.Year < 2025 {
		first = 0
	}
	for n := first; n < 3; n++ {
		if d == newYear.AddDays(n) {
			return SpringFestival
		}
	}
	switch int(d.Month)*100 + d.Day {
	case lunar.qingming:
		return Qingming
	case lunar.dragonBoat:
		return DragonBoat
	case lunar.midAutumn:
		return MidAutumn
	}
	return ""
}
