// Package jobs holds what happens by the clock: one file and one test per job, the timetable on one screen, and the
// scheduler that runs them, catches up after a pause, and never runs one twice for the same time.
package jobs
