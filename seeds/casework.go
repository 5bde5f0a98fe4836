package seeds

import "github.com/gridwarden/gridwarden/grid/casework"

// Casework are the rules of casework in this district: the numbers of its settings, and what each category of its table asks
// to be shown before a case is closed, and by which words the people of a case's cells are named.
func (d *District) Casework() casework.Rules {
	r := d.Settings.Casework()
	r.Naming = d.Naming
	r.Evidence = make(map[string][]casework.Stage, len(d.Categories))
	for _, c := range d.Categories {
		for _, kind := range c.Evidence {
			r.Evidence[c.Code] = append(r.Evidence[c.Code], casework.Stage(kind))
		}
	}
	return r
}
