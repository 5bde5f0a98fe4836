package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// enterpriseDossier is an enterprise as it was read, to be written again, and its site.
type enterpriseDossier struct {
	read ledger.Dossier
	e    enterprise.Enterprise
	site site.Site
}

// enterprise reads an enterprise as this turn has left it so far. NotFound when there is no site of that number; Version is 0 when there is
// one that is not on the register of enterprises.
func (s *scene) enterprise(n site.Number) (enterpriseDossier, error) {
	d := enterpriseDossier{}
	if !n.Valid() {
		return d, grid.Fail(grid.NotFound, "error.enterprise.unknown", "number", string(n))
	}
	var err error
	if d.site, _, err = s.site(n); err != nil {
		return d, err
	}
	if d.read, err = s.dossier(enterprise.Kind, string(n)); err == nil {
		d.e, err = enterprise.Read(d.read)
	}
	return d, err
}

// enterpriseCommands are the commands about enterprises.
func (s *scene) enterpriseCommands() map[string]func() error {
	return map[string]func() error{"enterprises": s.enterprises, "enterprise": s.enterprises, "cards": func() error { return s.showCards(currentCards, 0) }}
}

// enterprises lists the enterprises on the register: /enterprises; /enterprise QY0012 shows one, to officers in charge with what they may
// do, to anybody else what is public.
func (s *scene) enterprises() error {
	number := site.Number(strings.ToUpper(strings.TrimSpace(s.msg.Args)))
	if number == "" {
		return s.listEnterprises(0)
	}
	return s.openEnterprise(number)
}

func enterpriseData(verb string, n site.Number, parts ...string) string {
	return "en:" + verb + ":" + strings.Join(append([]string{string(n)}, parts...), ".")
}

// inBureau tells whether the person, or somebody for whom they stand in, may do what those may.
func (s *scene) inBureau(who enterprise.Who) bool {
	return slices.ContainsFunc(append([]grid.Officer{s.officer}, s.roster.Principals(s.officer.ID, s.now)...), func(o grid.Officer) bool {
		return s.Enterprises.Holds(s.Work.Tree, o, who, s.now)
	})
}

// seesEnterprise tells whether the person may see more of it than the public: the bureau, and whoever has a role where it lies.
func (s *scene) seesEnterprise(d enterpriseDossier) bool {
	return s.officer.ID != "" && (s.inBureau(enterprise.TheBureau) || s.maySeeSite(d.site))
}

// actEnterprise does something to an enterprise in the person's name and makes it part of the change. Forbidden: it is for others to do, or
// the person is kept from that site (avoidance).
func (s *scene) actEnterprise(d enterpriseDossier, act enterprise.Act) (enterpriseDossier, error) {
	who := enterprise.WhoFor(act.Action)
	switch {
	case who == enterprise.TheSystem || !s.inBureau(who):
		return d, grid.Fail(grid.Forbidden, "error.role")
	case d.site.Bars(s.officer.ID):
		return d, grid.Fail(grid.Forbidden, "error.site.kept")
	}
	act.By, act.Via = s.officer.ID, s.via()
	after, events, err := s.Enterprises.Apply(d.e, act, s.now)
	if err != nil {
		return d, err
	}
	d.e = after
	return d, s.keepEnterprise(d, events...)
}

// keepEnterprise makes an enterprise, as it is now, part of the change.
func (s *scene) keepEnterprise(d enterpriseDossier, events ...enterprise.Event) error {
	return s.shelve(s.Enterprises.Write(d.read, d.e, s.now, events...))
}

// pressEnterprise does what a button about an enterprise says.
func (s *scene) pressEnterprise(verb, arg string) error {
	if verb == "page" || verb == "cards" || verb == "past" {
		return s.turnEnterprises(verb, arg)
	}
	number, part, _ := strings.Cut(arg, ".")
	do, ok := s.enterpriseVerbs()[verb]
	if !ok || !site.Number(number).Valid() {
		return s.forged(s.msg.Data)
	}
	if verb == "open" {
		return s.openEnterprise(site.Number(number))
	}
	d, err := s.enterprise(site.Number(number))
	switch {
	case err != nil:
		return err
	case !s.seesEnterprise(d):
		return grid.Fail(grid.Forbidden, "error.role")
	case d.read.Version == 0 && verb != "register" && verb != "trade":
		return grid.Fail(grid.NotFound, "error.enterprise.unknown", "number", number)
	}
	return do(d, part)
}

// turnEnterprises turns to another page of the register or of the cards.
func (s *scene) turnEnterprises(verb, arg string) error {
	n, err := strconv.Atoi(arg)
	switch {
	case err != nil || n < 0:
		return s.forged(s.msg.Data)
	case verb == "page":
		return s.listEnterprises(n)
	case verb == "past":
		return s.showCards(pastCards, n)
	}
	return s.showCards(currentCards, n)
}

// enterpriseVerbs are the buttons under an enterprise. What changes anything is authorised by actEnterprise.
func (s *scene) enterpriseVerbs() map[string]func(enterpriseDossier, string) error {
	return map[string]func(enterpriseDossier, string) error{
		"open":     nil, // anybody may
		"history":  func(d enterpriseDossier, _ string) error { return s.enterpriseHistory(d) },
		"register": s.askTrade,
		"trade":    s.registerEnterprise,
		"facts":    func(d enterpriseDossier, _ string) error { return s.showFacts(d) },
		"kinds":    func(d enterpriseDossier, _ string) error { return s.askFactKind(d) },
		"kind":     s.askFactSource,
		"fact":     s.askFact,
		"strike":   s.askStrike,
		"owed":     func(d enterpriseDossier, _ string) error { return s.askPeriod(d) },
		"disclose": s.askDisclosure,
		"grounds":  func(d enterpriseDossier, _ string) error { return s.askGround(d) },
		"tell":     s.tellRights,
		"act":      s.askCardAct,
		"reds":     s.askRedGround,
		"red":      s.askRed,
		"press": func(d enterpriseDossier, _ string) error {
			return s.askEnterprise(d, enterprise.Press, "ent_press", "")
		},
		"rate":    s.rateEnterprise,
		"grade":   s.showGrade,
		"object":  s.askGradeWords(enterprise.Object, "ent_object"),
		"answer":  s.askGradeWords(enterprise.Answer, "ent_answer"),
		"publish": s.publishGrade,
	}
}

// askEnterprise begins to ask for a line of words, if the person may do what it is for.
func (s *scene) askEnterprise(d enterpriseDossier, a enterprise.Action, what, part string) error {
	if !s.inBureau(enterprise.WhoFor(a)) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	ref := string(d.e.Number)
	if part != "" {
		ref += "." + part
	}
	return s.askNote(what, ref)
}

// listEnterprises shows one page of the register to officers.
func (s *scene) listEnterprises(offset int) error {
	if s.officer.ID == "" {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	ids, err := s.Store.Shelf(s.ctx, enterprise.Kind, enterprise.All, enterprise.First, enterprise.Last, mostSites)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		s.say(flow.Reply{Key: "enterprise.list.empty"})
		return nil
	}
	offset = min(offset, len(ids)-1)
	page, err := s.enterprisesOf(ids[offset:min(offset+s.Rules.PageSize, len(ids))])
	if err != nil {
		return err
	}
	lines, buttons := make(texts.Lines, 0, len(page)), make([]flow.Choice, 0, len(page))
	for i, d := range page {
		args := s.enterpriseArgs(d)
		args["i"] = offset + i + 1
		lines = append(lines, texts.Text{Key: "enterprise.list.line", Args: args})
		buttons = append(buttons, flow.Choice{Label: texts.Name(string(d.e.Number)), Data: enterpriseData("open", d.e.Number)})
	}
	rows := inRows(4, buttons)
	if next := offset + len(page); next < len(ids) {
		rows = append(rows, []flow.Choice{{Key: "button.more", Data: enterpriseData("page", site.Number(strconv.Itoa(next)))}})
	}
	rows = append(rows, []flow.Choice{{Key: "button.cards", Data: enterpriseData("cards", "0")}})
	s.say(flow.Reply{Key: "enterprise.list", Args: texts.Args{"n": len(ids), "lines": lines}, Rows: rows, Edit: s.msg.Kind == Button && offset > 0})
	return nil
}

// enterprisesOf reads enterprises and their sites.
func (s *scene) enterprisesOf(ids []string) ([]enterpriseDossier, error) {
	docs, err := s.Store.Dossiers(s.ctx, enterprise.Kind, ids)
	if err != nil {
		return nil, err
	}
	numbers := make([]site.Number, len(ids))
	for i, id := range ids {
		numbers[i] = site.Number(id)
	}
	sites, err := s.readSites(numbers)
	if err != nil {
		return nil, err
	}
	known := make(map[site.Number]site.Site, len(sites))
	for _, x := range sites {
		known[x.Number] = x
	}
	out := make([]enterpriseDossier, len(docs))
	for i, d := range docs {
		out[i].read = d
		if out[i].e, err = enterprise.Read(d); err != nil {
			return nil, err
		}
		out[i].site = known[out[i].e.Number]
	}
	return out, nil
}

// shelfOfEnterprises reads everything that stands on a shelf.
func (s *scene) shelfOfEnterprises(shelf ledger.Shelf) ([]enterpriseDossier, error) {
	ids, err := s.Store.Shelf(s.ctx, enterprise.Kind, shelf, enterprise.First, enterprise.Last, mostSites)
	if err != nil {
		return nil, err
	}
	return s.enterprisesOf(ids)
}

// tellBureau tells the clerks of the bureau and the supervisors, except whoever acts.
func (s *scene) tellBureau(r flow.Reply) error {
	officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	for _, o := range casework.Clerks(s.roster, s.Enterprises.Rules.Department, s.now) {
		if !slices.ContainsFunc(officers, func(x grid.Officer) bool { return x.ID == o.ID }) {
			officers = append(officers, o)
		}
	}
	officers = slices.DeleteFunc(officers, func(o grid.Officer) bool { return o.ID == s.officer.ID })
	return s.tellEach(officers, casework.Case{}, func(grid.Officer) flow.Reply { return r })
}
