package casework

import "github.com/gridwarden/gridwarden/grid"

// sealEvidence writes into the case what its files are, once they were fetched: from then on another file in the place of
// one is seen. Conflict when the case waits for none of them.
func (c *Case) sealEvidence(files []Evidence) error {
	sealed := false
	for _, f := range files {
		for i := range c.Evidence {
			e := &c.Evidence[i]
			if e.File == f.File && !e.Sealed() {
				e.SHA256, e.Lost = f.SHA256, f.Lost
				sealed = sealed || e.Sealed()
			}
		}
	}
	if !sealed {
		return grid.Fail(grid.Conflict, "error.case.sealed")
	}
	return nil
}

// Sealed tells whether the history says what the file is, or that it was lost.
func (e Evidence) Sealed() bool { return e.SHA256 != "" || e.Lost != "" }

// Unsealed names the files of the case whose content its history does not know yet, each once.
func (c *Case) Unsealed() []string {
	var out []string
	seen := make(map[string]bool)
	for _, e := range c.Evidence {
		if !e.Sealed() && !seen[e.File] {
			seen[e.File] = true
			out = append(out, e.File)
		}
	}
	return out
}
