package flow

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Gathering is what is known so far of a muster that is being called.
type Gathering struct {
	Cell  grid.CellCode `json:"c,omitempty"`
	Roles []grid.Role   `json:"r,omitempty"`
	Whom  bool          `json:"w,omitempty"` // it was said which roles
	Place string        `json:"p,omitempty"`
	Point *geo.Point    `json:"pt,omitempty"`
	Timed bool          `json:"t,omitempty"` // it was said until when
	When  time.Time     `json:"at,omitzero"` // zero: at once
	Seen  *Counted      `json:"s,omitempty"` // whom it would reach
}

// Counted is whom a muster would reach, by name: the answer to CountMuster.
type Counted struct {
	Names  []string `json:"n,omitempty"`
	Missed []string `json:"m,omitempty"` // nobody can be called for them
}

// clone copies what Step may write to.
func (g *Gathering) clone() *Gathering {
	if g == nil {
		return nil
	}
	out := *g
	out.Roles = slices.Clone(g.Roles)
	return &out
}

// musterRoles are the roles that can be called up, as they are offered.
func musterRoles() []grid.Role {
	return []grid.Role{grid.Inspector, grid.Chief, grid.Clerk, grid.Supervisor}
}

// maxCall is how many characters the words of a call and of its place have: it must be read at a glance.
const (
	maxCall  = 500
	maxPlace = 100
)

// askMuster asks for what is not known yet of a muster: whom, what, where, until when; then whether it is right.
func (t *turn) askMuster() {
	task := t.s.Task
	if task.Muster == nil {
		task.Muster = &Gathering{}
	}
	switch g := task.Muster; {
	case g.Cell == "" && len(task.Offered) == 1:
		g.Cell = task.Offered[0]
		t.askMuster()
	case g.Cell == "":
		var cells []Choice
		for _, c := range task.Offered {
			cells = append(cells, t.named(t.cellName(c), "muster_cell", string(c)))
		}
		t.ask("muster.ask_where", nil, inRows(2, cells)...)
	case !g.Whom:
		t.askWhom(g)
	case len(task.Words) == 0:
		t.ask("muster.ask_words", args("cell", t.cellName(g.Cell)))
	case g.Place == "" && g.Point == nil:
		t.ask("muster.ask_place", nil)
	case !g.Timed:
		soon := []Choice{t.choice("button.muster_now", "muster_in", "0")}
		for _, n := range []int{30, 60, 120} {
			c := t.choice("button.muster_within", "muster_in", strconv.Itoa(n))
			c.Args = args("n", n)
			soon = append(soon, c)
		}
		t.ask("muster.ask_when", nil, inRows(2, soon)...)
	case g.Seen == nil:
		t.do(CountMuster{Cell: g.Cell, Roles: g.Roles})
	default:
		t.previewMuster(g)
	}
}

// askWhom offers the roles, each a switch.
func (t *turn) askWhom(g *Gathering) {
	roles := make([]Choice, 0, len(musterRoles()))
	for _, r := range musterRoles() {
		c := t.choice("button.role_off", "muster_role", string(r))
		if slices.Contains(g.Roles, r) {
			c.Key = "button.role_on"
		}
		c.Args = args("role", roleText(r))
		roles = append(roles, c)
	}
	rows := inRows(2, roles)
	if len(g.Roles) > 0 {
		rows = append(rows, []Choice{t.choice("button.go_on", "muster_whom", "")})
	}
	t.ask("muster.ask_whom", args("cell", t.cellName(g.Cell)), rows...)
}

func roleText(r grid.Role) texts.Text { return texts.Text{Key: "role." + string(r)} }

// previewMuster shows the call as it would go out, and to whom.
func (t *turn) previewMuster(g *Gathering) {
	var roles texts.List
	for _, r := range g.Roles {
		roles = append(roles, roleText(r))
	}
	missed := texts.Text{}
	if len(g.Seen.Missed) > 0 {
		missed = texts.Text{Key: "muster.missed", Args: args("n", len(g.Seen.Missed), "names", namesOf(g.Seen.Missed))}
	}
	t.ask("muster.preview", args("cell", t.cellName(g.Cell), "roles", roles, "words", t.s.Task.said(), "place", g.PlaceText(), "when", t.whenText(g.When),
		"n", len(g.Seen.Names), "names", namesOf(g.Seen.Names), "missed", missed), []Choice{t.choice("button.muster_send", "muster_send", "")})
}

// PlaceText is the place as people read it: the words, or that there is a location.
func (g *Gathering) PlaceText() any {
	if g.Place == "" {
		return texts.Text{Key: "muster.at_point"}
	}
	return g.Place
}

func (t *turn) whenText(at time.Time) texts.Text {
	if at.IsZero() {
		return texts.Text{Key: "muster.at_once"}
	}
	return texts.Text{Key: "muster.until", Args: args("at", at.In(t.today().Location()).Format("01-02 15:04"))}
}

// maxNames is how many names one reads in a line.
const maxNames = 30

func namesOf(names []string) texts.List {
	var out texts.List
	for i, n := range names {
		if i == maxNames {
			return append(out, "…")
		}
		out = append(out, n)
	}
	return out
}

// counted takes whom the muster would reach.
func (t *turn) counted() {
	if t.s.Story != Mustering || t.s.Task.Muster == nil || t.e.Counted == nil {
		return
	}
	g := t.s.Task.Muster
	if len(t.e.Counted.Names) == 0 {
		g.Roles, g.Whom = nil, false
		t.sayKey("muster.nobody", "cell", t.cellName(g.Cell))
	} else {
		g.Seen = t.e.Counted
	}
	t.askAgain()
}

func (t *turn) musterCell(code string) {
	g := t.s.Task.Muster
	if g == nil || !slices.Contains(t.s.Task.Offered, grid.CellCode(code)) {
		t.stale()
		return
	}
	g.Cell, g.Seen = grid.CellCode(code), nil
	t.askAgain()
}

func (t *turn) musterRole(code string) {
	g := t.s.Task.Muster
	if g == nil || g.Whom || !slices.Contains(musterRoles(), grid.Role(code)) {
		t.stale()
		return
	}
	if i := slices.Index(g.Roles, grid.Role(code)); i >= 0 {
		g.Roles = slices.Delete(g.Roles, i, i+1)
	} else {
		g.Roles = append(g.Roles, grid.Role(code))
	}
	t.askWhom(g)
	t.replies[len(t.replies)-1].Edit = true
}

func (t *turn) musterWhom(string) {
	g := t.s.Task.Muster
	if g == nil || len(g.Roles) == 0 {
		t.stale()
		return
	}
	g.Whom, g.Seen = true, nil
	t.askAgain()
}

func (t *turn) musterIn(minutes string) {
	g := t.s.Task.Muster
	n, err := strconv.Atoi(minutes)
	if g == nil || err != nil || n < 0 {
		t.stale()
		return
	}
	g.Timed, g.When = true, time.Time{}
	if n > 0 {
		g.When = t.now.Add(time.Duration(n) * time.Minute).Truncate(time.Minute)
	}
	t.askAgain()
}

// musterMessage reads words, a place or a time, whichever is asked for.
func (t *turn) musterMessage() {
	task := t.s.Task
	g := task.Muster
	switch {
	case g == nil || g.Cell == "" || !g.Whom:
	case len(task.Words) == 0 && t.e.Text != "":
		task.Words = []Words{{Text: clipTo(t.e.Text, maxCall)}}
	case len(task.Words) == 0:
	case g.Place == "" && g.Point == nil:
		g.Point = t.e.Point
		g.Place = clipTo(strings.Join(strings.Fields(t.e.Text+" "+t.e.Venue), " "), maxPlace)
	case !g.Timed && t.e.Text != "":
		at, ok := ReadMoment(t.e.Text, t.now.In(t.today().Location()))
		switch {
		case !ok:
			t.sayKey("moment.not_read", "said", excerpt(t.e.Text))
		case !at.After(t.now):
			t.sayKey("moment.past")
		default:
			g.Timed, g.When = true, at
		}
	}
	t.askAgain()
}

// musterSend gives the command once everything is known.
func (t *turn) musterSend(string) {
	task := t.s.Task
	if task.Story != Mustering || task.Muster == nil || task.Muster.Seen == nil || len(task.Words) == 0 {
		t.stale()
		return
	}
	g := task.Muster
	t.do(CallUp{Cell: g.Cell, Roles: g.Roles, Words: task.said(), Place: g.Place, Point: g.Point, When: g.When})
	t.endStory()
}

// musterBack takes back the last answer about a muster and tells whether there was one.
func (task *Task) musterBack() bool {
	g := task.Muster
	switch {
	case task.Story != Mustering || g == nil:
		return false
	case g.Timed:
		g.Timed, g.When, g.Seen = false, time.Time{}, nil
	case g.Place != "" || g.Point != nil:
		g.Place, g.Point = "", nil
	case len(task.Words) > 0:
		task.Words = nil
	case g.Whom:
		g.Whom = false
	case g.Cell != "" && len(task.Offered) > 1:
		g.Cell, g.Roles = "", nil
	default:
		return false
	}
	return true
}
