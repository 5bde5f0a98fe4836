package handlers

import (
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Command is an entry of Telegram's command menu.
type Command struct {
	Name  string
	Roles []grid.Role // who sees it; nobody in particular: everybody
}

// Commands lists what can be typed, in the order of the menu. The words for each are in the catalogue, under "command."
// and the name.
func Commands() []Command {
	field := []grid.Role{grid.Inspector, grid.Chief}
	desk := []grid.Role{grid.Desk, grid.Supervisor}
	return []Command{
		{Name: "work", Roles: field},
		{Name: "tasks", Roles: []grid.Role{grid.Clerk}},
		{Name: "patrol", Roles: field},
		{Name: "checkin", Roles: field},
		{Name: "muster", Roles: []grid.Role{grid.Supervisor, grid.Chief}},
		{Name: "sites", Roles: slices.Concat(field, desk, []grid.Role{grid.Admin})},
		{Name: "inspections", Roles: field},
		{Name: "reading", Roles: []grid.Role{grid.Clerk, grid.Supervisor}},
		{Name: "supervised", Roles: []grid.Role{grid.Clerk, grid.Supervisor}},
		{Name: "black", Roles: []grid.Role{grid.Clerk, grid.Supervisor}},
		{Name: "enterprises", Roles: append(slices.Concat(field, desk), grid.Clerk)},
		{Name: "meeting", Roles: []grid.Role{grid.Supervisor, grid.Clerk, grid.Chief}},
		{Name: "overview", Roles: desk},
		{Name: "coverage", Roles: append(slices.Clone(desk), grid.Inspector, grid.Chief, grid.Admin)},
		{Name: "stats", Roles: desk},
		{Name: "pressed", Roles: desk},
		{Name: "desk", Roles: desk},
		{Name: "review", Roles: desk},
		{Name: "asked", Roles: desk},
		{Name: "extensions", Roles: desk},
		{Name: "reviews", Roles: desk},
		{Name: "merge", Roles: desk},
		{Name: "incidents", Roles: desk},
		{Name: "incident", Roles: desk},
		{Name: "borders", Roles: desk},
		{Name: "refer", Roles: desk},
		{Name: "draw", Roles: []grid.Role{grid.Supervisor}},
		{Name: "spot", Roles: []grid.Role{grid.Supervisor}},
		{Name: "publish", Roles: []grid.Role{grid.Supervisor, grid.Publisher}},
		{Name: "posts", Roles: []grid.Role{grid.Supervisor, grid.Publisher}},
		{Name: "pay", Roles: []grid.Role{grid.Clerk, grid.Supervisor}},
		{Name: "plan", Roles: grid.Roles()},
		{Name: "measure", Roles: grid.Roles()},
		{Name: "milestones", Roles: grid.Roles()},
		{Name: "boards", Roles: []grid.Role{grid.Publisher, grid.Supervisor, grid.Chief}},
		{Name: "assess", Roles: []grid.Role{grid.Supervisor, grid.Chief, grid.Clerk}},
		{Name: "find", Roles: grid.Roles()},
		{Name: "page", Roles: grid.Roles()},
		{Name: "who", Roles: grid.Roles()},
		{Name: "away", Roles: grid.Roles()},
		{Name: "blind", Roles: append(slices.Clone(desk), grid.Admin)},
		{Name: "roster", Roles: append(slices.Clone(desk), grid.Admin)},
		{Name: "invite", Roles: []grid.Role{grid.Admin}},
		{Name: "revoke", Roles: []grid.Role{grid.Admin}},
		{Name: "dismiss", Roles: []grid.Role{grid.Admin}},
		{Name: "export", Roles: append(slices.Clone(desk), grid.Clerk, grid.Chief, grid.Admin)},
		{Name: "imports", Roles: []grid.Role{grid.Admin}},
		{Name: "template", Roles: []grid.Role{grid.Admin}},
		{Name: "aside", Roles: []grid.Role{grid.Admin}},
		{Name: "report"},
		{Name: "my"},
		{Name: "status"},
		{Name: "follow"},
		{Name: "consult"},
		{Name: "hearings"},
		{Name: "rewards"},
		{Name: "publications"},
		{Name: "sections"},
		{Name: "cards"},
		{Name: "mydata"},
		{Name: "forget"},
		{Name: "language"},
		{Name: "help"},
		{Name: "cancel"},
	}
}

// CommandsFor lists the commands of somebody with these roles.
func CommandsFor(roles []grid.Role) []Command {
	var out []Command
	for _, c := range Commands() {
		if len(c.Roles) == 0 || slices.ContainsFunc(roles, func(r grid.Role) bool { return slices.Contains(c.Roles, r) }) {
			out = append(out, c)
		}
	}
	return out
}

// roles lists the person's roles now, and those of the absent for whom they stand in.
func (s *scene) roles() []grid.Role {
	var out []grid.Role
	for _, o := range append([]grid.Officer{s.officer}, s.roster.Principals(s.officer.ID, s.now)...) {
		for _, a := range o.Appointments {
			if a.Active(s.now) && !slices.Contains(out, a.Role) {
				out = append(out, a.Role)
			}
		}
	}
	return out
}

// showHelp tells the person what they can do, by their roles.
func (s *scene) showHelp() {
	var lines strings.Builder
	duties := false
	for _, c := range CommandsFor(s.roles()) {
		if duties && len(c.Roles) == 0 { // what is everybody's stands apart from what is theirs by duty
			lines.WriteString("\n")
		}
		duties = len(c.Roles) > 0
		lines.WriteString("\n/" + c.Name + " " + s.Texts.T(s.lang, "command."+c.Name, nil))
	}
	key := "help.citizen"
	if s.officer.ID != "" {
		key = "help.officer"
	}
	s.say(flow.Reply{
		Key: key, Args: texts.Args{"commands": texts.Raw(lines.String()), "roles": s.appointments(s.officer), "name": s.officer.Name},
		Rows: s.menu(),
	})
}

// menu is what the person does most.
func (s *scene) menu() [][]flow.Choice {
	var all []flow.Choice
	if s.mayFile() {
		all = append(all, flow.Choice{Key: "button.work", Data: "w:work:0"})
	}
	if len(s.departments()) > 0 {
		all = append(all, flow.Choice{Key: "button.tasks", Data: "w:tasks:0"})
	}
	if s.deskWorker() {
		all = append(all, flow.Choice{Key: "button.decide_queue", Data: "w:decide:0"}, flow.Choice{Key: "button.review_queue", Data: "w:review:0"},
			flow.Choice{Key: "button.overview", Data: "o:"})
	}
	return pairs(all)
}
