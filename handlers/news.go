package handlers

import (
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/publication"
)

// tellFollowers makes what was published news: it stands in the next digest of everybody whom it reaches.
func (s *scene) tellFollowers(i follow.Item) error { return s.tellFollowersAt(i, s.now) }

// tellFollowersAt is tellFollowers for what is public from a moment on, which may be still to come.
func (s *scene) tellFollowersAt(i follow.Item, at time.Time) error {
	i.At = at
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

// issueNews makes a publication news for whoever follows what the office publishes.
func (s *scene) issueNews(sheet publication.Sheet) error {
	return s.tellFollowers(follow.Item{Source: follow.OfIssue, Ref: sheet.ID, Reach: follow.Reach{Published: true}, Title: sheet.Content.Title})
}
