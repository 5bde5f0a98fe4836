package publication

// Public is what anybody may see of a published issue: all that was sealed, and nothing of who worked on it.
type Public struct {
	Sheet

	Hash   string // SHA-256 of Sealed
	Sealed []byte // the very bytes
}

// Public is the public part of an issue; false for any that is not out.
func (i Issue) Public() (Public, bool) {
	s, err := i.Sheet()
	if err != nil {
		return Public{}, false
	}
	return Public{Sheet: s, Hash: i.Hash, Sealed: []byte(i.Sealed)}, true
}
