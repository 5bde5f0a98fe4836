// Package calendar computes the legal deadlines of casework: calendar days, working days and hours, with the yearly
// table of public holidays and make-up working days (调休) as data.
//
// The rules: the day on which a limit starts is not counted, a limit that would end on a rest day ends on the next
// working day, the last day lasts until 24:00, and hours start at once (Civil Code art. 201 and 203; Civil Procedure
// Law art. 85). "Day" (日) means calendar day unless the text says working day (工作日). Applying the roll to the days
// of the hotline rules (Order No. 15) is by analogy: UNVERIFIED. Hour limits never pause, by night or on holidays.
//
// Which days are worked is announced late in each year for the next one. A date of a year whose table is not loaded
// is computed from weekends and the statutory public days alone, and every deadline that leans on such a date is
// Provisional; computing it again with a Calendar that knows the year is all that recomputing means.
//
// Nothing here prints a sentence: a Deadline explains itself in codes and dates (Step), which the catalogue of texts
// turns into words.
package calendar
