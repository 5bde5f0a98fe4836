package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Bounds of what Check unpacks: a file from a stranger must not fill the memory.
const (
	maxFiles = 1000
	maxBytes = 1 << 30
)

// Report is what a bundle turned out to be.
type Report struct {
	Number   string // of the case, or of the report while there is no case
	Events   int
	Withheld int      // events of which only the hash is there
	Matter   bool     // the case itself is there and is what the last event left
	Files    int      // originals that are what the history says
	Copies   int      // copies for showing: only the manifest speaks for them
	Anchors  []string // number:hash of the daily anchors that the history goes through
	Faults   []string // what is wrong, and where
}

// Check checks a bundle without the store. An error means that it is no bundle at all; what is wrong inside one is in
// Report.Faults.
func Check(r io.ReaderAt, size int64) (Report, error) {
	files, err := unpack(r, size)
	if err != nil {
		return Report{}, err
	}
	c := &checker{files: files}
	var h head
	if err := json.Unmarshal(files[headName], &h); err != nil {
		return Report{}, fmt.Errorf("bundle: %s: %w", headName, err)
	}
	c.report.Number = h.Number
	if h.CaseNo != "" {
		c.report.Number = h.CaseNo
	}
	c.manifest()
	c.history(h)
	c.matter()
	c.evidence()
	c.anchors(h)
	return c.report, nil
}

// unpack reads everything, within bounds.
func unpack(r io.ReaderAt, size int64) (map[string][]byte, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	if len(z.File) > maxFiles {
		return nil, fmt.Errorf("bundle: more than %d files", maxFiles)
	}
	out := make(map[string][]byte, len(z.File))
	left := int64(maxBytes)
	for _, f := range z.File {
		if !safe(f.Name) || out[f.Name] != nil {
			return nil, fmt.Errorf("bundle: file name %q", f.Name)
		}
		data, err := read(f, left)
		if err != nil {
			return nil, fmt.Errorf("bundle: %s: %w", f.Name, err)
		}
		left -= int64(len(data))
		out[f.Name] = data
	}
	return out, nil
}

func read(f *zip.File, left int64) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }()
	data, err := io.ReadAll(io.LimitReader(in, left+1))
	if err == nil && int64(len(data)) > left {
		return nil, fmt.Errorf("more than %d bytes in all", maxBytes)
	}
	return append(make([]byte, 0, len(data)), data...), err
}

type checker struct {
	files  map[string][]byte
	report Report
	hashes []string          // of the events, in order
	sealed map[string]string // file → SHA-256, by the history
	doc    string            // the last event's, when it is there
}

func (c *checker) fault(format string, args ...any) {
	c.report.Faults = append(c.report.Faults, fmt.Sprintf(format, args...))
}

// manifest checks that every file is listed with its hash, and nothing else.
func (c *checker) manifest() {
	listed := make(map[string]bool)
	for line := range strings.Lines(string(c.files[manifestName])) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		data, there := c.files[name]
		got := sha256.Sum256(data)
		switch {
		case !ok:
			c.fault("%s: a line is not one of sha256sum", manifestName)
		case !there:
			c.fault("%s: the file is missing", name)
		case sum != hex.EncodeToString(got[:]):
			c.fault("%s: the file was altered", name)
		}
		listed[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if !listed[name] && name != manifestName {
			c.fault("%s: the file is not in the manifest", name)
		}
	}
}

// anyEvent is a line of the history: an event as it was hashed, or one that is withheld.
type anyEvent struct {
	casework.Event

	Withheld bool `json:"withheld"`
}

// history checks the chain, up to the end that the head names.
func (c *checker) history(h head) {
	c.sealed = make(map[string]string)
	prev := ""
	for line := range strings.Lines(string(c.files[eventsName])) {
		line = strings.TrimSuffix(line, "\n")
		n := len(c.hashes) + 1
		var e anyEvent
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			c.fault("event %d: not readable", n)
			return
		}
		hash := casework.Sum([]byte(line))
		c.doc = e.Doc
		switch {
		case e.Withheld:
			hash, c.doc = e.Hash, ""
			c.report.Withheld++
		case e.Prev != prev, e.Case != h.Case:
			c.fault("event %d: the one before it was altered or taken out, or it was moved", n)
			return
		}
		if e.Seq != n {
			c.fault("event %d: it says that it is number %d", n, e.Seq)
			return
		}
		if e.Action == casework.SealEvidence && !e.Withheld {
			c.sealed[e.Note["files"]] = e.Note["sha256"]
		}
		c.hashes, prev = append(c.hashes, hash), hash
	}
	c.report.Events = len(c.hashes)
	if len(c.hashes) != h.Events {
		c.fault("event %d: the history has %d events and should have %d", min(len(c.hashes), h.Events)+1, len(c.hashes), h.Events)
	} else if prev != h.Head {
		c.fault("event %d: altered: it is not the one with which the history ends", len(c.hashes))
	}
}

// matter checks that the case is what the last event left.
func (c *checker) matter() {
	data, there := c.files[caseName]
	if !there || c.doc == "" {
		return
	}
	if casework.Sum(data) != c.doc {
		c.fault("%s: the case is not what its last event left", caseName)
		return
	}
	c.report.Matter = true
}

// evidence checks that each original is what the history says.
func (c *checker) evidence() {
	for line := range strings.Lines(string(c.files[evidenceName])) {
		var x exhibit
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			c.fault("%s: not readable", evidenceName)
			return
		}
		if x.SHA256 != "" && c.sealed[x.File] != x.SHA256 {
			c.fault("%s: the history says another hash of file %s", evidenceName, x.File)
		}
		if x.Shown != "" {
			c.report.Copies++
		}
		if x.Original == "" {
			continue
		}
		sum := sha256.Sum256(c.files[x.Original])
		if hex.EncodeToString(sum[:]) != x.SHA256 {
			c.fault("%s: not the file that the history names", x.Original)
			continue
		}
		c.report.Files++
	}
}

// anchors checks that the history goes through where the daily anchors found it.
func (c *checker) anchors(h head) {
	for line := range strings.Lines(string(c.files[anchorsName])) {
		line = strings.TrimSuffix(line, "\n")
		a, err := casework.ParseAnchor(line)
		if err != nil {
			c.fault("%s: not readable", anchorsName)
			return
		}
		for _, s := range a.Cases {
			if s.Case != h.Case {
				continue
			}
			if s.Events < 1 || s.Events > len(c.hashes) || c.hashes[s.Events-1] != s.Head {
				c.fault("anchor %d: the history does not go through event %d as it was then", a.Seq, s.Events)
				continue
			}
			c.report.Anchors = append(c.report.Anchors, fmt.Sprintf("%d:%s", a.Seq, casework.Sum([]byte(line))))
		}
	}
}
