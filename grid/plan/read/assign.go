package read

// reader is a mark while it is read.
type reader struct {
	*names

	who    *share
	level  string // of the bodies of this mark, named once: 区发展和改革委员会、农牧局
	held   []body // named, and not yet charged with anything
	sticky role   // that the last label gave
}

// read takes the inside of a mark apart.
func (g *names) read(s signs, who *share) {
	if said := s.folded().string; genre.is("from_here", said) && genre.is("first_leads", said) {
		g.firstIs = true
	}
	r := &reader{names: g, who: who}
	for _, c := range clauses(withoutNotes(s)) {
		for _, p := range labels(c) {
			if p.role != "" {
				if r.sticky != "" {
					r.charge(r.sticky)
				}
				r.sticky = p.role
			}
			r.part(p)
		}
	}
	if len(r.held) > 0 {
		g.add(r.held[0].line, 0, NoRole, s.short())
		r.charge(responsible)
	}
}

// withoutNotes is a mark without its sentences about the marks to come: 以下均需各乡镇人民政府落实，不再列出.
func withoutNotes(s signs) signs {
	var out signs
	for _, p := range cut(s, "\u3002") {
		if len(out) > 0 && genre.is("from_here", p.folded().string) {
			continue
		}
		if len(out) > 0 {
			out = append(out, sign{as: stop, is: stop, line: out.line()})
		}
		out = append(out, p...)
	}
	return out
}

// charge gives a role to the bodies that are waiting for one.
func (r *reader) charge(as role) {
	r.who.add(as, r.held)
	r.held = nil
}

// part reads what stands after a label, or without one.
func (r *reader) part(p part) {
	switch {
	case r.sticky == when:
		r.who.limit = append(r.who.limit, p.whole())
		return
	case r.sticky == person:
		r.add(p.line(), 0, Person, p.rest.short())
		return
	case r.note(p.rest):
		if genre.is("first_leads", p.rest.folded().string) {
			r.charge(responsible)
			promoteFirst(r.who)
		}
		return
	}
	verb, list := verbOf(p.rest)
	if verb == support && r.sticky == "" && len(r.held) > 0 && len(r.who.by[lead]) == 0 {
		r.add(p.line(), 0, NoRole, p.rest.short()) // A，B、C配合: what A does is not said
		r.charge(responsible)
	}
	r.held = append(r.held, r.list(list, &r.level)...)
	switch {
	case verb != "" && (r.sticky == "" || r.sticky == responsible || verb == lead || verb == support):
		r.charge(verb)
	case r.sticky != "":
		r.charge(r.sticky)
	}
}

// note tells whether the words speak of the marks themselves.
func (g *names) note(s signs) bool {
	said := s.folded().string
	return genre.is("first_leads", said) || genre.is("from_here", said)
}

// promoteFirst lets the first responsible body lead and the others support.
func promoteFirst(who *share) {
	list := who.by[responsible]
	if len(list) == 0 || len(who.by[lead]) > 0 {
		return
	}
	who.by[lead] = list[:1]
	who.by[support] = append(who.by[support], list[1:]...)
	delete(who.by, responsible)
}

// part is what follows a label.
type part struct {
	role  role
	label signs
	rest  signs
}

func (p part) whole() signs {
	out := append(signs(nil), p.label...)
	return append(out, p.rest...)
}

func (p part) line() int { return p.whole().line() }

// labels cuts a clause before each label in it.
func labels(c signs) []part {
	var out []part
	current := part{}
	for {
		said := c.folded()
		r, at := genre.roleOf(said.string)
		if at == nil {
			current.rest = c
			if len(c) > 0 || current.role != "" {
				out = append(out, current)
			}
			return out
		}
		if current.rest = c[:said.at[at[0]]]; len(current.rest) > 0 || current.role != "" {
			out = append(out, current)
		}
		current = part{role: r, label: c[said.at[at[0]]:said.at[at[1]]]}
		c = c[said.at[at[1]]:]
	}
}
