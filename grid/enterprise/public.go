package enterprise

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid/site"
)

// Public is what anybody may know of an enterprise: its cards with the decision, the extension and the lifting (Rule 30 Art 4), what was
// measured above the limits, what it disclosed or did not, the lists that it stands on, and its published grades. Never what it said
// when it was heard, what an officer noted, or who they were.
type Public struct {
	Number      site.Number    `json:"number"`
	Code        CreditCode     `json:"code,omitempty"`
	Permit      string         `json:"permit,omitempty"`
	Trade       Trade          `json:"trade"`
	Exempt      Exemption      `json:"exempt,omitempty"`
	Colour      Colour         `json:"colour,omitempty"`
	Cards       []PublicCard   `json:"cards,omitempty"`
	Exceeded    []Exceeded     `json:"exceeded,omitempty"`
	Disclosures []Published    `json:"disclosures,omitempty"`
	Land        *Land          `json:"land,omitempty"`
	Water       *WaterUser     `json:"water,omitempty"`
	Grades      []PublicRating `json:"grades,omitempty"`
}

// PublicCard is a card as the public sees it.
type PublicCard struct {
	N        int       `json:"n"`
	Colour   Colour    `json:"colour,omitempty"` // that it shows now; empty when it is over
	State    State     `json:"state"`
	Measure  Measure   `json:"measure"`
	Ground   Ground    `json:"ground"`
	Doc      string    `json:"doc"`
	Decided  time.Time `json:"decided"`
	Served   time.Time `json:"served,omitzero"`
	Until    time.Time `json:"until,omitzero"` // the end of limited production
	Plan     string    `json:"plan,omitempty"` // where the plan of work is public
	Extended time.Time `json:"extended,omitzero"`
	Months   int       `json:"months,omitempty"`
	ExtDoc   string    `json:"extension_doc,omitempty"`
	Lifted   time.Time `json:"lifted,omitzero"`
	Lapsed   time.Time `json:"lapsed,omitzero"`
	Checked  time.Time `json:"checked,omitzero"`
	Replaced time.Time `json:"replaced,omitzero"` // by a stop, which was served that day
	StopDoc  string    `json:"stop_doc,omitempty"`
	Proposed time.Time `json:"proposed,omitzero"` // a red card, to the government
	Ruled    time.Time `json:"ruled,omitzero"`    // by the government
	Body     string    `json:"body,omitempty"`
	GovDoc   string    `json:"government_doc,omitempty"`
	Closed   bool      `json:"closed,omitempty"`
}

// Exceeded is a value above a limit.
type Exceeded struct {
	Day      time.Time `json:"day"`
	Kind     FactKind  `json:"kind"`
	Source   Source    `json:"source"`
	Item     string    `json:"item"`
	Value    float64   `json:"value"`
	Limit    float64   `json:"limit"`
	Unit     string    `json:"unit,omitempty"`
	Multiple float64   `json:"multiple"`
}

// Published is what became of one period of disclosure.
type Published struct {
	Period string    `json:"period"`
	Due    time.Time `json:"due"`
	Day    time.Time `json:"day,omitzero"`
	Where  string    `json:"where,omitempty"`
	Late   bool      `json:"late,omitempty"`
}

// PublicRating is a published credit grade.
type PublicRating struct {
	Year    int       `json:"year"`
	Score   int       `json:"score"`
	Grade   string    `json:"grade"`
	Reasons []Reason  `json:"reasons"`
	At      time.Time `json:"published"`
}

// Public is the public part of an enterprise; false for one of which there is none.
func (w Work) Public(e Enterprise, now time.Time) (Public, bool) {
	if e.Number == "" || !e.Gone.IsZero() && !slices.ContainsFunc(e.Cards, Card.Public) {
		return Public{}, false
	}
	e = e.clone()
	w.lapse(&e, now)
	out := Public{
		Number: e.Number, Code: e.Code, Permit: e.Permit, Trade: e.Trade, Exempt: e.Exempt, Colour: e.Colour(), Land: e.Land, Water: e.Water,
	}
	for _, c := range e.Cards {
		if c.Public() {
			p := c.public()
			p.Replaced, p.StopDoc = e.replaced(c)
			out.Cards = append(out.Cards, p)
		}
	}
	for _, f := range e.Facts {
		if f.Live() && f.Kind.Measured() {
			out.Exceeded = append(out.Exceeded, Exceeded{
				Day: f.Day, Kind: f.Kind, Source: f.Source, Item: f.Item, Value: f.Value, Limit: f.Limit, Unit: f.Unit, Multiple: f.Multiple(),
			})
		}
	}
	for _, d := range w.Disclosed(e, now) {
		p := Published{Period: d.Period, Due: d.Due, Late: d.Late}
		if d.Made != nil {
			p.Day, p.Where = d.Made.Day, d.Made.Where
		}
		out.Disclosures = append(out.Disclosures, p)
	}
	for _, r := range e.Ratings {
		if !r.Published.IsZero() {
			out.Grades = append(out.Grades, PublicRating{Year: r.Year, Score: r.Score, Grade: r.Grade, Reasons: r.Reasons, At: r.Published})
		}
	}
	return out, true
}

// replaced is the day on which a stop took the place of the card, and the stop's decision; zero when none did.
func (e Enterprise) replaced(c Card) (day time.Time, stop string) {
	if c.State != Replaced || len(c.Steps) == 0 {
		return time.Time{}, ""
	}
	day = c.Steps[len(c.Steps)-1].Day // after Replace nothing happens to a card
	for _, by := range e.Cards {
		if by.N > c.N && by.Served.Equal(day) {
			return day, by.Doc
		}
	}
	return day, ""
}

func (c Card) public() PublicCard {
	p := PublicCard{
		N: c.N, Colour: c.Colour(), State: c.State, Measure: c.Measure, Ground: c.Ground, Doc: c.Doc, Decided: c.Decided, Served: c.Served,
		Until: c.Until, Plan: c.PlanAt, Extended: c.ExtDay, Months: c.Extended, ExtDoc: c.ExtDoc, Lifted: c.Lifted, Lapsed: c.Lapsed, Checked: c.Checked,
	}
	if c.Red != nil {
		p.Proposed, p.Ruled, p.Body, p.GovDoc, p.Closed = c.Red.Proposed, c.Red.Ruled, c.Red.Body, c.Red.GovDoc, c.Red.Closed
	}
	return p
}
