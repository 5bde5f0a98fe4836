// Package sheet is what an administrator edits as a table and hands back: who is responsible where, the cells, the
// categories, the wording, the numbers. It knows rows and what differs between two states of them, so that a change is
// shown line by line before it counts, is on record afterwards and can be undone. It knows nothing of files.
package sheet
