package flow

import "github.com/gridwarden/gridwarden/grid/board"

// BoardLink begins the code of a link on a public board: t.me/<bot>?start=b_hs-103.
const BoardLink = "b_"

// OpenBoard is what the link on a board asks for: whoever keeps it sees it, anybody else reports something at that place. The
// latter is answered by an event SiteGiven.
type OpenBoard struct{ ID board.ID }

func (OpenBoard) command() {}
