package seeds

// grade is one of a scheme's grades, of which only the line it begins at is still to be read.
type grade struct {
	fields

	code  string
	names map[string]string
}

// grades reads the grades of a scheme, which name one source together, and where their list stands.
func (l *loader) grades(f fields, codes words) (list node, all []grade) {
	n, ok := f.byKey["grades"]
	if !ok {
		return n, nil
	}
	e := n.fields([]string{"source", "status", "list"})
	l.sourced(e, "grades")
	for _, item := range e.items("list") {
		g := item.fields([]string{"code", "names", "from"})
		all = append(all, grade{fields: g, code: g.code(codes), names: g.names()})
	}
	return e.byKey["list"], all
}

// figure reads a number of a scheme that names its own source; nothing can be read of one that is not there.
func (l *loader) figure(f fields, name string) fields {
	n, ok := f.byKey[name]
	if !ok {
		return fields{}
	}
	e := n.fields([]string{"value", "source", "status"})
	l.sourced(e, name)
	return e
}
