package seeds

import (
	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/sheet"
	"github.com/gridwarden/gridwarden/grid/site"
)

const sampleSitesFile = "sample_sites.csv"

// loadSampleSites reads invented sites for the demonstration, by the judge of every table of sites. The tree has to stand.
func (l *loader) loadSampleSites() {
	if l.d.Tree == nil || !l.exists(sampleSitesFile) {
		return
	}
	data, ok := l.read(sampleSitesFile)
	if !ok {
		return
	}
	var columns []string
	for _, c := range sheet.Columns(sheet.Sites) {
		if !c.Shown {
			columns = append(columns, c.Name)
		}
	}
	t := sheet.Table{Kind: sheet.Sites}
	for _, r := range readTable(sampleSitesFile, data, columns, &l.faults) {
		t.Rows = append(t.Rows, sheet.Row{Values: r.values, Line: r.line})
		s := site.Site{Sample: true}
		for _, c := range columns {
			s.Set(c, r.values[c])
		}
		l.d.SampleSites = append(l.d.SampleSites, s)
	}
	w := &site.Work{Tree: l.d.Tree, Rules: site.Rules{Kinds: l.d.SiteKinds}}
	nobody := func(grid.OfficerID) bool { return false }
	for _, f := range w.Judge(t.Identify(), nobody) {
		l.faults.add(sampleSitesFile, f.Line, "as "+sitesFile+", "+cellsFile+" and the columns have it", "%s %q", f.Column, f.Value)
		l.faults.at(f.Column)
	}
}
