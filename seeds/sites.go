package seeds

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/gridwarden/gridwarden/grid/site"
)

const sitesFile = "sites.yaml"

var sitePrefix = regexp.MustCompile(`^[A-Z]{1,4}$`)

// loadSites reads which kinds of sites the district inspects, and how often; a district may have none.
func (l *loader) loadSites() {
	if !l.exists(sitesFile) {
		return
	}
	f, ok := l.open(sitesFile, "kinds")
	if !ok {
		return
	}
	codes, prefixes := words{}, words{}
	for _, n := range f.items("kinds") {
		l.d.SiteKinds = append(l.d.SiteKinds, l.siteKind(n, codes, prefixes))
	}
}

func (l *loader) siteKind(n node, codes, prefixes words) site.Kind {
	e := n.fields([]string{"code", "prefix", "names", "covers", "warm", "share", "source", "status"}, "items", "zoned", "cold", "note")
	k := site.Kind{
		Code: e.code(codes), Prefix: e.text("prefix"), Names: e.names(), Items: e.integers("items"), Covers: e.texts("covers"),
		Zoned: e.truth("zoned"), Warm: e.integers("warm"), Cold: e.integers("cold"),
	}
	l.sourced(e, k.Code)
	if e.has("prefix") {
		prefixes.claim(e.byKey["prefix"], []string{k.Prefix})
		if !sitePrefix.MatchString(k.Prefix) {
			e.byKey["prefix"].fault("1 to 4 capital letters", "prefix %q", k.Prefix)
		}
	}
	if e.has("covers") {
		l.knownKinds(e.byKey["covers"], k.Covers)
	}
	l.siteDays(e, "warm", k.Warm, 1)
	l.siteDays(e, "cold", k.Cold, 0)
	if e.has("share") {
		var err error
		if k.Share, err = strconv.Atoi(e.text("share")); err != nil || k.Share < 0 || k.Share > 100 {
			e.byKey["share"].fault("percent, 0 to 100", "share %q", e.text("share"))
		}
	}
	return k
}

// siteDays checks a list of days, one for each level.
func (l *loader) siteDays(e fields, key string, days []int, least int) {
	if !e.has(key) {
		return
	}
	const most = 3 * 366
	want := fmt.Sprintf("days for each of the %d levels, the district's first, from %d", len(l.levels), least)
	if len(days) != len(l.levels) {
		e.byKey[key].fault(want, "%d numbers", len(days))
	}
	for _, d := range days {
		if d < least || d > most {
			e.byKey[key].fault(want, "%d days", d)
		}
	}
}

// Sites are the district's rules of sites.
func (d *District) Sites() site.Rules {
	s := d.Settings
	return site.Rules{
		Kinds: d.SiteKinds, Checklists: d.Checklists, Cold: site.Season{From: s.SiteColdFrom, Until: s.SiteColdUntil}, Complained: s.SiteComplained,
		Near: s.SiteNear, Location: s.TimeZone,
	}
}
