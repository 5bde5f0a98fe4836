package handlers

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// toxicPunishment is punishment for toxic discharge, as a button.
const toxicPunishment = "punished_toxic"

// askFactKind offers what may go on record. What the program finds itself is not offered.
func (s *scene) askFactKind(d enterpriseDossier) error {
	if !s.inBureau(enterprise.WhoFor(enterprise.Record)) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	known := enterprise.FactKinds()
	all := make([]flow.Choice, 0, len(known))
	for _, k := range known {
		if k == enterprise.Relapse {
			continue
		}
		all = append(all, flow.Choice{Key: "enterprise.fact." + string(k), Data: enterpriseData("kind", d.e.Number, string(k))})
		if k == enterprise.Punished {
			all = append(all, flow.Choice{Key: "enterprise.fact_toxic", Data: enterpriseData("kind", d.e.Number, toxicPunishment)})
		}
	}
	s.say(flow.Reply{Key: "enterprise.ask_kind", Args: texts.Args{"name": d.site.Name}, Rows: pairs(all)})
	return nil
}

// askFactSource asks how a value is known; of anything else it asks for the words at once.
func (s *scene) askFactSource(d enterpriseDossier, kind string) error {
	if !enterprise.FactKind(kind).Measured() {
		return s.askEnterprise(d, enterprise.Record, "ent_fact", kind)
	}
	known := enterprise.Sources()
	all := make([]flow.Choice, 0, len(known))
	for _, x := range known {
		all = append(all, flow.Choice{Key: "enterprise.source." + string(x), Data: enterpriseData("fact", d.e.Number, kind, string(x))})
	}
	s.say(flow.Reply{Key: "enterprise.ask_source", Args: texts.Args{"kind": term("enterprise.fact.", kind)}, Rows: pairs(all)})
	return nil
}

// askFact asks for item, value and limit.
func (s *scene) askFact(d enterpriseDossier, part string) error {
	return s.askEnterprise(d, enterprise.Record, "ent_measured", part)
}

// noteFact puts on record what was written: of a value "COD 180 50 mg/L 2026-11-02", of anything else the number of the document, words, or
// both. Without a day it was today.
func (s *scene) noteFact(d enterpriseDossier, part, words string) error {
	kind, source, _ := strings.Cut(part, ".")
	f := enterprise.Fact{Kind: enterprise.FactKind(kind), Source: enterprise.Source(source)}
	if source == "" {
		f.Source = enterprise.Enforcement
	}
	if kind == toxicPunishment {
		f.Kind, f.Toxic = enterprise.Punished, true
	}
	day, rest := s.dayIn(words)
	f.Day = day
	if f.Kind.Measured() {
		f.Item, f.Value, f.Limit, f.Unit = measured(rest)
	} else {
		f.Doc, f.Words = docAndWords(rest)
	}
	d, err := s.actEnterprise(d, enterprise.Act{Action: enterprise.Record, Fact: f})
	if err != nil {
		return err
	}
	s.sayEnterprise(d, texts.Text{Key: "enterprise.done.record", Args: texts.Args{"fact": s.factLine(d.e.Facts[len(d.e.Facts)-1])}})
	return nil
}

// dayIn takes a day written as 2026-11-02 out of words; now without one. The day is taken at its noon, or now when it is today.
func (s *scene) dayIn(words string) (day time.Time, rest []string) {
	fields := strings.Fields(words)
	for i, f := range fields {
		d, err := calendar.ParseDate(f)
		if err != nil {
			continue
		}
		at := s.now
		if d != calendar.DateOf(s.local()) {
			at = d.In(s.Rules.Location).Add(12 * time.Hour)
		}
		return at, slices.Delete(fields, i, i+1)
	}
	return s.now, fields
}

// measured reads item, value, limit and unit; what is no number stays 0 and is refused.
func measured(fields []string) (item string, value, limit float64, unit string) {
	if len(fields) < 3 {
		return "", 0, 0, ""
	}
	value, _ = strconv.ParseFloat(fields[1], 64)
	limit, _ = strconv.ParseFloat(fields[2], 64)
	return fields[0], value, limit, strings.Join(fields[3:], " ")
}

// docAndWords takes the number of a document, which has a year in brackets or a digit in it, from what follows it.
func docAndWords(fields []string) (doc, words string) {
	if len(fields) > 0 && strings.ContainsAny(fields[0], "0123456789") {
		return fields[0], strings.Join(fields[1:], " ")
	}
	return "", strings.Join(fields, " ")
}

// showFacts lists everything on record, what was struck with the reason; a supervisor may strike what was wrong.
func (s *scene) showFacts(d enterpriseDossier) error {
	var lines texts.Lines
	var strikes []flow.Choice
	for _, f := range slices.Backward(d.e.Facts) {
		line := s.factLine(f)
		if !f.Live() {
			line = texts.Text{Key: "enterprise.fact_struck", Args: texts.Args{"fact": line, "day": s.dayOf(f.Struck), "why": excerpt(f.StruckWhy, 60)}}
		} else if s.inBureau(enterprise.WhoFor(enterprise.Strike)) && len(strikes) < s.Rules.PageSize {
			strikes = append(strikes, flow.Choice{Key: "button.ent_strike", Args: texts.Args{"n": f.N}, Data: enterpriseData("strike", d.e.Number, strconv.Itoa(f.N))})
		}
		if len(lines) < 4*s.Rules.PageSize {
			lines = append(lines, line)
		}
	}
	s.say(flow.Reply{Key: "enterprise.facts", Args: texts.Args{"name": d.site.Name, "n": len(d.e.Facts), "lines": lines}, Rows: inRows(4, strikes), Hide: true})
	return nil
}

// askStrike asks why a fact is struck.
func (s *scene) askStrike(d enterpriseDossier, n string) error {
	return s.askEnterprise(d, enterprise.Strike, "ent_strike", n)
}

func (s *scene) strikeFact(d enterpriseDossier, part, words string) error {
	n, _ := strconv.Atoi(part)
	d, err := s.actEnterprise(d, enterprise.Act{Action: enterprise.Strike, N: n, Words: words})
	if err != nil {
		return err
	}
	s.sayEnterprise(d, texts.Text{Key: "enterprise.done.strike", Args: texts.Args{"n": n}})
	return nil
}

// askPeriod lists the periods of disclosure, the newest last, and offers those of which nothing is recorded.
func (s *scene) askPeriod(d enterpriseDossier) error {
	var lines texts.Lines
	var open []flow.Choice
	all := s.Enterprises.Disclosed(d.e, s.now)
	for _, x := range all[max(0, len(all)-2*s.Rules.PageSize):] {
		lines = append(lines, s.disclosedLine(x))
		if x.Made == nil {
			open = append(open, periodChoice(x.Period, enterpriseData("disclose", d.e.Number, x.Period)))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, texts.Text{Key: "enterprise.no_periods"})
	}
	s.say(flow.Reply{Key: "enterprise.periods", Args: texts.Args{"name": d.site.Name, "lines": lines}, Rows: pairs(open)})
	return nil
}

// disclosedLine says how it stands with a period: published, published late, late, or still open.
func (s *scene) disclosedLine(x enterprise.Disclosed) texts.Text {
	args := texts.Args{"period": texts.Period(x.Period), "due": s.lastDay(x.Due), "day": "", "where": ""}
	key := "enterprise.period.open"
	switch {
	case x.Made != nil:
		args["day"], args["where"] = s.dayOf(x.Made.Day), excerpt(x.Made.Where, 80)
		key = "enterprise.period.made"
		if x.Late {
			key = "enterprise.period.made_late"
		}
	case x.Late:
		key = "enterprise.period.owed"
	}
	return texts.Text{Key: key, Args: args}
}

func (s *scene) askDisclosure(d enterpriseDossier, period string) error {
	return s.askEnterprise(d, enterprise.Disclose, "ent_disclose", period)
}

// noteDisclosure records where and on which day a period was published.
func (s *scene) noteDisclosure(d enterpriseDossier, period, words string) error {
	day, rest := s.dayIn(words)
	d, err := s.actEnterprise(d, enterprise.Act{Action: enterprise.Disclose, Period: period, Day: day, Where: strings.Join(rest, " ")})
	if err != nil {
		return err
	}
	s.sayEnterprise(d, texts.Text{Key: "enterprise.done.disclose", Args: texts.Args{"period": texts.Period(period)}})
	return nil
}
