// Package figures counts how casework goes: what came in and what became of it, which limits were kept, how long it took
// and how satisfied those who reported are; for the district, by township, by category, by department and by the month of
// acceptance. It is pure: cases go in, figures come out. How many cases a rate needs before it says something is for
// whoever shows it to say beside it.
package figures
