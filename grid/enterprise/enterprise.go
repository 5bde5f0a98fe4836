package enterprise

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Trade is what sort of enterprise it is.
type Trade string

// The trades. Some of them may be exempt from being limited or stopped (Rule 30 Art 7), by decision, not by themselves.
const (
	Food     Trade = "food"     // farm products, food, slaughter, brewing
	Metal    Trade = "metal"    // non-ferrous metals
	Building Trade = "building" // cement, stone
	Works    Trade = "works"    // sewage works
	Waste    Trade = "waste"    // waste, hazardous waste
	Power    Trade = "power"
	Mining   Trade = "mining"
	Fuel     Trade = "fuel" // petrol stations, stores of oil
	Farm     Trade = "farm"
	Other    Trade = "other"
)

// Trades lists them.
func Trades() []Trade {
	return []Trade{Food, Metal, Building, Works, Waste, Power, Mining, Fuel, Farm, Other}
}

// Exemption is why production there may not be limited or stopped (Rule 30 Art 7); empty where it may.
type Exemption string

// The exemptions.
const (
	ExemptSewage    Exemption = "sewage"    // an urban sewage works
	ExemptGarbage   Exemption = "garbage"   // treats garbage
	ExemptHazardous Exemption = "hazardous" // treats hazardous waste
	ExemptPublic    Exemption = "public"    // people's daily life depends on it
	ExemptSafety    Exemption = "safety"    // stopping would endanger safety in production
)

// Exemptions lists them.
func Exemptions() []Exemption {
	return []Exemption{ExemptSewage, ExemptGarbage, ExemptHazardous, ExemptPublic, ExemptSafety}
}

// Enterprise is the dossier of one enterprise. Its number is that of its site, which has its name, cell and place.
type Enterprise struct {
	Number site.Number `json:"no"`
	Code   CreditCode  `json:"cc,omitempty"`
	Permit string      `json:"pm,omitempty"` // to discharge
	Trade  Trade       `json:"tr"`
	Exempt Exemption   `json:"ex,omitempty"`
	Key    bool        `json:"ky,omitzero"` // its discharge is monitored as a key source

	Duty  *Duty      `json:"du,omitempty"` // to disclose what it monitors itself
	Land  *Land      `json:"la,omitempty"` // it is on the list of contaminated sites (plan item 25)
	Water *WaterUser `json:"wa,omitempty"` // it is on the list of key water users (plan item 19)

	Facts       []Fact       `json:"fa,omitempty"` // in the order in which they came on record; fact N stands at N-1
	Disclosures []Disclosure `json:"di,omitempty"`
	Cards       []Card       `json:"ca,omitempty"` // card N stands at N-1
	Pressings   []Pressing   `json:"pr,omitempty"`
	Ratings     []Rating     `json:"ra,omitempty"`

	Added time.Time `json:"at"`
	Gone  time.Time `json:"go,omitzero"` // taken off the register; what was stays
}

// Land is an entry of the list of contaminated sites.
type Land struct {
	Risk  Risk   `json:"r"`
	Since string `json:"s,omitempty"` // year or day, as it was found
	Words string `json:"w,omitempty"` // what is in it and what is done
}

// Risk is how much a contaminated site endangers.
type Risk string

// The risks.
const (
	High   Risk = "high"
	Middle Risk = "middle"
	Low    Risk = "low"
)

// Risks lists them, the gravest first.
func Risks() []Risk { return []Risk{High, Middle, Low} }

// WaterUser is an entry of the list of key water users.
type WaterUser struct {
	Permit string  `json:"p,omitempty"` // to take water
	Quota  float64 `json:"q,omitzero"`  // m3 a year, by the plan of use
	Used   float64 `json:"u,omitzero"`  // m3 in the last year that is known
}

// Over tells whether more was used than the plan of use allows.
func (w WaterUser) Over() bool { return w.Quota > 0 && w.Used > w.Quota }

// Duty is how often the enterprise has to disclose what it monitors itself.
type Duty struct {
	Every plan.Period `json:"e"`
	From  string      `json:"f"`           // the first day, 2026-01-01
	Told  []string    `json:"t,omitempty"` // late periods of which the bureau was told
}

// Card finds a card by its number.
func (e Enterprise) Card(n int) (Card, bool) {
	if n < 1 || n > len(e.Cards) {
		return Card{}, false
	}
	return e.Cards[n-1], true
}

// Running is the card that is not over, the newest where a stop is being prepared while production is limited; false for none.
func (e Enterprise) Running() (Card, bool) {
	for _, c := range slices.Backward(e.Cards) {
		if c.State.Open() {
			return c, true
		}
	}
	return Card{}, false
}

// Colour is what stands against the enterprise in public: that of its gravest card that counts; empty for none.
func (e Enterprise) Colour() Colour {
	out := NoColour
	for _, c := range e.Cards {
		switch c.Colour() {
		case Red:
			return Red
		case Yellow:
			out = Yellow
		case NoColour:
		}
	}
	return out
}

// clone copies everything that an act may write to.
func (e Enterprise) clone() Enterprise {
	e.Facts, e.Disclosures, e.Cards = slices.Clone(e.Facts), slices.Clone(e.Disclosures), slices.Clone(e.Cards)
	e.Pressings, e.Ratings = slices.Clone(e.Pressings), slices.Clone(e.Ratings)
	for i := range e.Cards {
		c := &e.Cards[i]
		c.Clocks, c.Steps = slices.Clone(c.Clocks), slices.Clone(c.Steps)
		for j := range c.Clocks {
			c.Clocks[j].Told = slices.Clone(c.Clocks[j].Told)
		}
	}
	return e
}

// Event is a line of the history of an enterprise; nobody ever alters one.
type Event struct {
	At     time.Time      `json:"at"`
	By     grid.OfficerID `json:"by,omitempty"` // empty: the program
	Via    string         `json:"via,omitempty"`
	Did    Action         `json:"did"`
	Card   int            `json:"card,omitempty"`
	State  State          `json:"state,omitempty"` // of the card, after it
	Fact   int            `json:"fact,omitempty"`
	Period string         `json:"period,omitempty"`
	Clock  ClockName      `json:"clock,omitempty"`
	Day    time.Time      `json:"day,omitzero"` // when it happened, as recorded
	Doc    string         `json:"doc,omitempty"`
	Words  string         `json:"words,omitempty"`
	Fields []site.Field   `json:"fields,omitempty"`
}
