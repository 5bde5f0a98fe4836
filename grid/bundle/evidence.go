package bundle

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// evidence puts the files in, and a list of them that says which is which.
func (w *writer) evidence(ctx context.Context, c Case, files Files) {
	list := make([]string, 0, len(c.Case.Evidence))
	for i, e := range c.Case.Evidence {
		x := exhibit{File: e.File, Stage: e.Stage, Kind: e.Kind, SHA256: e.SHA256, Lost: e.Lost}
		name := fmt.Sprintf("%s%02d-%s", evidenceDir, i+1, e.Stage)
		if e.SHA256 != "" && (c.For == Court || harmless(e)) {
			if data, err := files.Show(ctx, e.SHA256); err == nil { // what has no copy to be shown is left out
				x.Shown = name + ending(data)
				w.add(x.Shown, data)
			}
		}
		if e.SHA256 != "" && c.Originals {
			data, err := files.Original(ctx, e.SHA256)
			if err != nil && w.err == nil {
				w.err = fmt.Errorf("bundle: original of evidence %d: %w", i+1, err)
				return
			}
			x.Original = name + ".original" + ending(data)
			w.add(x.Original, data)
		}
		b, err := json.Marshal(x)
		if err != nil && w.err == nil {
			w.err = fmt.Errorf("bundle: evidence %d: %w", i+1, err)
			return
		}
		list = append(list, string(b))
	}
	w.add(evidenceName, lines(list))
}

// harmless tells whether a copy without metadata gives nobody of the public away: in a film or a voice they can be heard, and a
// photo tells where whoever took it stood.
func harmless(e casework.Evidence) bool { return e.By != "" }

// ending is the ending of a file's name, by its first bytes.
func ending(data []byte) string {
	has := func(at int, magic string) bool {
		return len(data) >= at+len(magic) && string(data[at:at+len(magic)]) == magic
	}
	switch {
	case has(0, "\xff\xd8\xff"):
		return ".jpg"
	case has(0, "\x89PNG"):
		return ".png"
	case has(0, "%PDF-"):
		return ".pdf"
	case has(4, "ftyp"):
		return ".mp4"
	case has(0, "OggS"):
		return ".ogg"
	case has(0, "RIFF"):
		return ".webp"
	default:
		return ".bin"
	}
}

// safe tells whether the name of a file in a bundle stays inside it.
func safe(name string) bool {
	return name != "" && !strings.HasPrefix(name, "/") && !strings.Contains(name, "\\") && !strings.Contains(name, "..") &&
		!strings.ContainsAny(name, "\r\n\x00")
}
