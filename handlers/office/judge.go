package office

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// judge finds what is wrong with a proposal besides what Check sees.
func (o *Office) judge(ctx context.Context, p Proposal, r *grid.Roster, now time.Time) ([]sheet.Fault, error) {
	if p.Table.Kind == sheet.Templates {
		return o.judgeTemplates(p), nil
	}
	if p.Table.Kind == sheet.Sites {
		return o.judgeSites(p, r), nil
	}
	if p.Table.Kind == sheet.Enterprises {
		return o.judgeEnterprises(ctx, p)
	}
	faults, err := o.judgeKind(ctx, p, r, now)
	if err != nil {
		return nil, err
	}
	tables, err := o.others(ctx, p.Table, r, now)
	if err != nil {
		return nil, err
	}
	for _, f := range o.District.Judge(append(tables, p.Table)...) {
		if f.Kind != p.Table.Kind && f.Kind != "" {
			f.Rule = sheet.RuleTable // another table refers to what is no longer there
		}
		if _, former := r.Officer(grid.OfficerID(f.Value)); former && f.Column == "deputy" && f.Value != f.ID {
			continue // somebody who has no appointment now
		}
		if p.Table.Kind.Fixed() && f.Column == sheet.Columns(p.Table.Kind)[0].Name {
			continue // which rows there are, Check has said already
		}
		faults = append(faults, f)
	}
	return faults, nil
}

// judgeKind finds what the folder's loader cannot know: what was, who else there is, what cases belong to.
func (o *Office) judgeKind(ctx context.Context, p Proposal, r *grid.Roster, now time.Time) ([]sheet.Fault, error) {
	switch p.Table.Kind {
	case sheet.Roster:
		faults := slices.Concat(sheet.OnePerson(p.Table), sheet.History(r, p.Edits, now, o.Location))
		if len(faults) == 0 && o.locksOut(p, r, now) {
			faults = append(faults, sheet.Fault{Rule: sheet.RuleLastAdmin, Kind: sheet.Roster})
		}
		return faults, nil
	case sheet.Cells:
		used, err := o.inUse(ctx, p)
		return append(used, o.judgeRoot(p.Table)...), err
	case sheet.Categories:
		return o.inUse(ctx, p)
	default:
		return nil, nil
	}
}

// others are the tables in force of the other kinds, so that the district is judged as one.
func (o *Office) others(ctx context.Context, candidate sheet.Table, r *grid.Roster, now time.Time) ([]sheet.Table, error) {
	out := make([]sheet.Table, 0, 4)
	for _, k := range []sheet.Kind{sheet.Cells, sheet.Categories, sheet.Settings, sheet.Roster} {
		if k == candidate.Kind {
			continue
		}
		t, _, err := o.InForce(ctx, k, r, now)
		if err != nil {
			return nil, err
		}
		if k == sheet.Roster {
			t = withoutDeputies(t)
		}
		out = append(out, t)
	}
	return out, nil
}

// withoutDeputies keeps those from being looked for who have no appointment now: nobody changes them here.
func withoutDeputies(t sheet.Table) sheet.Table {
	rows := slices.Clone(t.Rows)
	for i, row := range rows {
		values := make(map[string]string, len(row.Values))
		for k, v := range row.Values {
			if k != "deputy" {
				values[k] = v
			}
		}
		rows[i].Values = values
	}
	t.Rows = rows
	return t
}

// locksOut tells whether nobody with an account could administer any more.
func (o *Office) locksOut(p Proposal, r *grid.Roster, now time.Time) bool {
	all := sheet.Officers(r, p.Edits, now, o.Location)
	for _, x := range r.Officers() {
		if !slices.ContainsFunc(all, func(y grid.Officer) bool { return x.ID == y.ID }) {
			all = append(all, x)
		}
	}
	root := o.District.Root()
	return r.Held(grid.Admin, root, now) && !grid.NewRoster(0, all).Held(grid.Admin, root, now)
}

// judgeRoot keeps the district's own code: everything in the store is found by it.
func (o *Office) judgeRoot(t sheet.Table) []sheet.Fault {
	for _, r := range t.Rows {
		if r.Values["parent"] == "" && r.Values["code"] != string(o.District.Root()) {
			return []sheet.Fault{{Rule: sheet.RuleRoot, Kind: sheet.Cells, Line: r.Line, ID: r.ID, Column: "code", Value: r.Values["code"]}}
		}
	}
	return nil
}

// inUse finds what would be removed although cases belong to it.
func (o *Office) inUse(ctx context.Context, p Proposal) ([]sheet.Fault, error) {
	var removed []string
	for _, e := range p.Edits {
		if e.Op == sheet.Remove {
			removed = append(removed, e.ID)
		}
	}
	if len(removed) == 0 {
		return nil, nil
	}
	used, err := o.District.InUse(ctx, p.Table.Kind, removed)
	if err != nil {
		return nil, err
	}
	faults := make([]sheet.Fault, 0, len(used))
	for _, id := range used {
		faults = append(faults, sheet.Fault{Rule: sheet.RuleInUse, Kind: p.Table.Kind, ID: id, Value: id})
	}
	return faults, nil
}

// wordings are the columns of the templates' table by language.
var wordings = []struct {
	column string
	lang   texts.Lang
}{{"zh", texts.Chinese}, {"en", texts.English}}

// Templates is the table of what an office may word itself, as the program brings it.
func Templates(c *texts.Catalogue) sheet.Table {
	t := sheet.Table{Kind: sheet.Templates}
	for _, key := range c.Templates() {
		v := map[string]string{"key": key, "original": c.Original(texts.Reference, key)}
		for _, w := range wordings {
			v[w.column] = c.Original(w.lang, key)
		}
		places := c.Places(key)
		for i, p := range places {
			places[i] = "{" + p + "}"
		}
		v["places"] = strings.Join(places, " ")
		t.Rows = append(t.Rows, sheet.Row{Values: v})
	}
	return t.Identify()
}

// judgeTemplates asks the catalogue.
func (o *Office) judgeTemplates(p Proposal) []sheet.Fault {
	var out []sheet.Fault
	for _, r := range p.Table.Rows {
		for _, w := range wordings {
			err := o.Texts.Check(w.lang, r.ID, r.Values[w.column])
			f := sheet.Fault{Kind: sheet.Templates, Line: r.Line, ID: r.ID, Column: w.column, Value: r.Values[w.column]}
			switch {
			case errors.Is(err, texts.ErrPlaces):
				f.Rule, f.Detail = sheet.RulePlaces, strings.Join(o.Texts.Places(r.ID), " ")
			case errors.Is(err, texts.ErrMarkup):
				f.Rule = sheet.RuleMarkup
			default: // sound, or unknown, which Check of the table says
				continue
			}
			out = append(out, f)
		}
	}
	return out
}

// Overrides are the wordings of a templates' table that differ from the program's.
func Overrides(edits []sheet.Edit) texts.Overrides {
	out := make(texts.Overrides)
	for _, e := range edits {
		for _, w := range wordings {
			for _, f := range e.Fields {
				if f.Column != w.column {
					continue
				}
				if out[w.lang] == nil {
					out[w.lang] = make(map[string]string)
				}
				out[w.lang][e.ID] = f.After
			}
		}
	}
	return out
}
