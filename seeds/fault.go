package seeds

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Fault is one thing that is wrong with a district's files.
type Fault struct { //nolint:errname // a fault of a file is what people call it; there is no other kind here
	File string // within the district's folder
	Line int    // from 1; 0 when the file as a whole is meant
	What string // what is wrong
	Want string // what was expected instead

	column string // of a table, where the line alone does not tell
}

// Error names file, line, what is wrong and what was expected.
func (f *Fault) Error() string {
	at := f.File
	if f.Line > 0 {
		at = fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	return fmt.Sprintf("%s: %s; expected %s", at, f.What, f.Want)
}

// faults collects everything that is wrong, so that whoever mends the files sees it at once.
type faults struct {
	list []*Fault
}

func (fs *faults) add(file string, line int, want, what string, args ...any) {
	fs.list = append(fs.list, &Fault{File: file, Line: line, Want: want, What: fmt.Sprintf(what, args...)})
}

// at names the column of the newest fault.
func (fs *faults) at(column string) { fs.list[len(fs.list)-1].column = column }

// in tells whether something is wrong with that file.
func (fs *faults) in(file string) bool {
	return slices.ContainsFunc(fs.list, func(f *Fault) bool { return f.File == file })
}

// err joins the faults by file and line; nil when there is none.
func (fs *faults) err() error {
	slices.SortStableFunc(fs.list, func(a, b *Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	all := make([]error, len(fs.list))
	for i, f := range fs.list {
		all[i] = f
	}
	return errors.Join(all...)
}
