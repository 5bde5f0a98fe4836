package handlers

import "github.com/gridwarden/gridwarden/grid/ledger"

// document makes a file that a reply brings. It is kept before the change that names it is committed; what is then not
// committed is swept. media.ErrTooLarge and media.ErrNoSpace come as sentences for the person.
func (s *scene) document(name string, data []byte) (*ledger.Document, error) {
	sha, err := s.Parcels.KeepParcel(s.ctx, data, s.now)
	if err != nil {
		return nil, err
	}
	return &ledger.Document{SHA256: sha, Name: name}, nil
}
