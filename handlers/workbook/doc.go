// Package workbook is the room for spreadsheets: it writes tables as workbooks that explain themselves, and reads what
// comes back, bounded in every direction, for it is a stranger's file until it has been read. What a table means is
// decided elsewhere.
package workbook
