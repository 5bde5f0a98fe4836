package handlers

import (
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
)

// tellFollowers makes what was published news: it stands in the next digest of everybody whom it reaches.
func (s *scene) tellFollowers(i follow.Item) error {
	i.At = s.now
	read, err := s.dossier(follow.ItemKind, i.ID())
	if err != nil {
		return err
	}
	return s.shelve(i.Write(read))
}

// noticeNews makes the public notice of a case news. Its words are read when the digest is made, as long as they are public.
func (s *scene) noticeNews(c casework.Case) error {
	return s.tellFollowers(follow.Item{Source: follow.OfCase, Ref: string(c.ID), Reach: s.caseReach(c)})
}
