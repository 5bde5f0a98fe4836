package post_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/follow"
	"github.com/gridwarden/gridwarden/grid/post"
)

// TestWhoWroteAnyPartDoesNotApprove: neither who began a post, nor who changed one thing of it later.
func TestWhoWroteAnyPartDoesNotApprove(t *testing.T) {
	words := map[string]string{"zh-CN": "x"}
	p := post.Post{State: post.Draft, Title: words, Text: words, Reach: follow.Reach{All: true}, By: "li"} // as a ready text begins
	for _, e := range []post.Event{{Did: post.Write, By: "wu"}, {Did: post.Write, By: "sun"}, {Did: post.Ask, By: "sun"}} {
		var err error
		if p, err = p.Do(e); err != nil {
			t.Fatal(err)
		}
	}
	for by, want := range map[grid.OfficerID]grid.Code{"li": grid.Forbidden, "wu": grid.Forbidden, "sun": grid.Forbidden, "zhao": ""} {
		if _, err := p.Do(post.Event{Did: post.Approve, By: by}); grid.CodeOf(err) != want {
			t.Errorf("%s approves: %v", by, err)
		}
	}
}
