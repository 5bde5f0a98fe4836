package seeds

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"time"

	"github.com/gridwarden/gridwarden/grid/sheet"
)

// LoadWith reads a district's folder with these tables in the place of its files, by the very checks that Load makes of
// the folder: there is one judge for every way in. Each fault names the row and column of its table; what a file
// besides the tables says has Detail.
func LoadWith(fsys fs.FS, tables ...sheet.Table) (*District, []sheet.Fault) {
	over := overlay{FS: fsys, files: make(map[string][]byte)}
	pages := make(map[string]*page)
	found := make([]sheet.Fault, 0, 8)
	for _, t := range tables {
		p := write(t)
		if p == nil {
			continue
		}
		found = append(found, p.faults...)
		pages[p.file], over.files[p.file] = p, p.bytes()
		if t.Kind == sheet.Cells {
			over.rename(t)
		}
	}
	d, err := Load(over)
	for _, f := range faultsIn(err) {
		found = append(found, translate(f, pages))
	}
	if len(found) > 0 {
		return nil, found
	}
	return d, nil
}

func faultsIn(err error) []*Fault {
	if err == nil {
		return nil
	}
	var out []*Fault
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			var f *Fault
			if errors.As(e, &f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// translate says where in a table the fault of its file lies.
func translate(f *Fault, pages map[string]*page) sheet.Fault {
	p, ours := pages[f.File]
	if !ours {
		return sheet.Fault{Rule: sheet.RuleTable, Detail: f.Error()}
	}
	at, known := p.spots[f.Line]
	if !known {
		return sheet.Fault{Rule: sheet.RuleTable, Kind: p.kind, Detail: f.What + "; expected " + f.Want}
	}
	out := sheet.Fault{Rule: sheet.RuleColumn, Kind: p.kind, Line: at.row.Line, ID: at.row.ID, Column: at.column}
	if f.column != "" {
		out.Column = f.column
	}
	if out.Column == "" {
		out.Rule = sheet.RuleRow
	}
	out.Value, out.Detail = at.row.Values[out.Column], f.What+"; expected "+f.Want
	return out
}

// overlay is a folder with some files replaced.
type overlay struct {
	fs.FS

	files map[string][]byte
}

// Open opens the replacement where there is one.
func (o overlay) Open(name string) (fs.File, error) {
	if data, ok := o.files[name]; ok {
		return &memory{name: name, Reader: bytes.NewReader(data)}, nil
	}
	return o.FS.Open(name)
}

// memory is a file that is nowhere else.
type memory struct {
	*bytes.Reader

	name string
}

func (m *memory) Stat() (fs.FileInfo, error) { return m, nil }
func (m *memory) Close() error               { return nil }
func (m *memory) Name() string               { return m.name }
func (m *memory) Mode() fs.FileMode          { return 0o444 }
func (m *memory) ModTime() time.Time         { return time.Time{} }
func (m *memory) IsDir() bool                { return false }
func (m *memory) Sys() any                   { return nil }

// rename lets the land of a cell have the name that the table gives the cell.
func (o overlay) rename(t sheet.Table) {
	data, err := fs.ReadFile(o.FS, shapesFile)
	if err != nil {
		return // a fault of Load
	}
	var collection map[string]any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if d.Decode(&collection) != nil {
		return // likewise
	}
	list, _ := collection["features"].([]any)
	for _, f := range list {
		feature, _ := f.(map[string]any)
		properties, _ := feature["properties"].(map[string]any)
		code, _ := properties["code"].(string)
		if r, ok := t.Row(code); ok && properties["name"] != nil {
			properties["name"] = r.Values["name"]
		}
	}
	if written, err := json.Marshal(collection); err == nil {
		o.files[shapesFile] = written
	}
}
