package handlers

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// inspectionFound puts on record of an enterprise that an inspection of its site failed.
func (s *scene) inspectionFound(i site.Inspection) error {
	n := len(i.Failed())
	if n == 0 {
		return nil
	}
	return s.enterpriseFound(i.Site, enterprise.Fact{
		Kind: enterprise.Failed, Day: s.now, Source: enterprise.Enforcement, Doc: i.ID,
		Words: s.Texts.Plain(texts.Reference, "enterprise.failed_points", texts.Args{"n": n}),
	})
}

// reportProven puts on record that a report about the enterprise was proven. It names the case and nothing of who reported.
func (s *scene) reportProven(c casework.Case) error {
	if c.Verdict != casework.Proven || c.State.Underway() {
		return nil
	}
	return s.enterpriseFound(site.Number(c.Site), enterprise.Fact{Kind: enterprise.Proven, Day: s.now, Source: enterprise.Enforcement, Doc: c.Shown()})
}

// enterpriseFound puts on record, in nobody's name, what the program found of the enterprise at a site, once; nothing where none is on the
// register.
func (s *scene) enterpriseFound(n site.Number, f enterprise.Fact) error {
	d, err := s.enterprise(n)
	if err != nil || d.read.Version == 0 || !d.e.Gone.IsZero() {
		return err
	}
	if slices.ContainsFunc(d.e.Facts, func(x enterprise.Fact) bool { return x.Kind == f.Kind && x.Doc == f.Doc }) {
		return nil
	}
	after, events, err := s.Enterprises.Apply(d.e, enterprise.Act{Action: enterprise.Record, Fact: f, Via: s.via()}, s.now)
	if err != nil {
		return err
	}
	d.e = after
	return s.keepEnterprise(d, events...)
}
