package enterprise

import (
	"slices"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
)

// State is where a card stands.
type State string

// The states.
const (
	None     State = ""
	Told     State = "told"     // the enterprise was told facts, basis and its rights (Rule 30 Art 11)
	Dropped  State = "dropped"  // and no decision followed
	Decided  State = "decided"  // the bureau decided; it is not served yet
	Limited  State = "limited"  // production is limited
	Stopped  State = "stopped"  // production is stopped until the work is filed
	Mending  State = "mending"  // an exempt plant puts right what was wrong, without being limited or stopped
	Expired  State = "expired"  // the longest time of limited production is over, and nothing was filed
	Lifted   State = "lifted"   // since the day of filing; a check follows
	Relapsed State = "relapsed" // that check found the same again
	Over     State = "over"     // that check found it right
	Replaced State = "replaced" // by the stop that followed
	Proposed State = "proposed" // a red card, to the government
	Closed   State = "closed"   // by the government: red
)

// States lists them in the order in which a card may go through them.
func States() []State {
	return []State{Told, Dropped, Decided, Limited, Stopped, Mending, Expired, Lifted, Relapsed, Over, Replaced, Proposed, Closed}
}

// Open tells whether somebody still has to do something with the card.
func (s State) Open() bool {
	return s != None && !slices.Contains([]State{Dropped, Over, Replaced, Closed}, s)
}

// InForce tells whether the measure holds.
func (s State) InForce() bool { return s == Limited || s == Stopped || s == Mending }

// Colour is what a card shows in public.
type Colour string

// The colours. A card that is over shows none any more; it stands in the history.
const (
	NoColour Colour = ""
	Yellow   Colour = "yellow"
	Red      Colour = "red"
)

// Measure is what a decision orders.
type Measure string

// The measures.
const (
	Limit Measure = "limit" // production, at most three months and three more (Rule 30 Art 5 and 15)
	Stop  Measure = "stop"  // production, until the work is filed (Art 6 and 15)
	Mend  Measure = "mend"  // others, where production may not be limited or stopped (Art 7)
)

// Measures lists them.
func Measures() []Measure { return []Measure{Limit, Stop, Mend} }

// Ground is the case of law that a measure, or the proposal of a red card, rests on.
type Ground string

// The grounds.
const (
	GroundExceed   Ground = "exceed"   // above the standard or the daily total: limit (Art 5)
	GroundCovert   Ground = "covert"   // stop: hidden outlets, forged data, treatment not run (Art 6.1)
	GroundToxic    Ground = "toxic"    // stop: heavy metals or the like at three times the limit (Art 6.2)
	GroundYear     Ground = "year"     // stop: more than the yearly total (Art 6.3)
	GroundPersists Ground = "persists" // stop: still exceeding while production is limited (Art 6.4)
	GroundIncident Ground = "incident" // stop: an emergency (Art 6.5)
	GroundOther    Ground = "other"    // stop: another case that a law names (Art 6.6)

	RedRepeat   Ground = "red_repeat"   // close: toxic discharge punished twice within two years, and again (Art 8.1)
	RedDefiance Ground = "red_defiance" // close: refused to stop, or began again without leave (Art 8.2)
	RedRelapse  Ground = "red_relapse"  // close: the check after a stop found the same again (Art 8.3)
	RedOther    Ground = "red_other"    // close: another case that a law names (Art 8.4)
)

// Grounds lists the grounds for a measure.
func Grounds(m Measure) []Ground {
	switch m {
	case Limit:
		return []Ground{GroundExceed}
	case Stop:
		return []Ground{GroundPersists, GroundCovert, GroundToxic, GroundYear, GroundIncident, GroundOther}
	case Mend:
		return []Ground{GroundExceed, GroundCovert, GroundToxic, GroundYear, GroundIncident, GroundOther}
	}
	return nil
}

// RedGrounds lists the grounds for proposing a red card.
func RedGrounds() []Ground { return []Ground{RedRepeat, RedDefiance, RedRelapse, RedOther} }

// Card is one warning and what became of it. Days are those on which things happened, as recorded; Steps say when each came on record.
type Card struct {
	N       int     `json:"n"`
	State   State   `json:"s"`
	Measure Measure `json:"m"`
	Ground  Ground  `json:"g"`
	Facts   []int   `json:"f"` // that it rests on
	Before  State   `json:"b,omitempty"`

	Told     time.Time      `json:"tl"`
	Heard    string         `json:"h,omitempty"` // what the enterprise said, or that it said nothing
	Decided  time.Time      `json:"d,omitzero"`
	Doc      string         `json:"dn,omitempty"` // number of the decision
	Served   time.Time      `json:"sv,omitzero"`
	Plan     string         `json:"pl,omitempty"` // what is going to be done
	PlanAt   string         `json:"pa,omitempty"` // where it was made public
	Planned  time.Time      `json:"pd,omitzero"`
	Until    time.Time      `json:"u,omitzero"`  // limited production: the end of its last day
	Extended int            `json:"em,omitzero"` // months
	ExtDoc   string         `json:"ed,omitempty"`
	ExtDay   time.Time      `json:"xd,omitzero"`
	Finished time.Time      `json:"fi,omitzero"`
	Filed    string         `json:"fd,omitempty"` // the monitoring report and the comparison
	Lifted   time.Time      `json:"li,omitzero"`  // the day of filing
	Lapsed   time.Time      `json:"la,omitzero"`  // the longest time of limited production was over
	Checked  time.Time      `json:"ck,omitzero"`
	Result   string         `json:"re,omitempty"` // of the check
	Red      *RedCard       `json:"r,omitempty"`
	By       grid.OfficerID `json:"by"`

	Clocks []Clock `json:"c,omitempty"`
	Steps  []Step  `json:"st,omitempty"`
}

// RedCard is the proposal to close, and what the government decided.
type RedCard struct {
	Ground   Ground    `json:"g"`
	Words    string    `json:"w,omitempty"`
	Doc      string    `json:"d"` // of the proposal
	Proposed time.Time `json:"p"`
	Body     string    `json:"bo,omitempty"` // which government decided
	GovDoc   string    `json:"gd,omitempty"` // its document
	Ruled    time.Time `json:"ru,omitzero"`
	Closed   bool      `json:"cl,omitzero"`
}

// Step is an act on a card, for its timeline.
type Step struct {
	Did Action    `json:"a"`
	Day time.Time `json:"d"`
}

// Clock is a limit that runs.
type Clock struct {
	Name  ClockName      `json:"n"`
	From  time.Time      `json:"f"`
	Limit calendar.Limit `json:"l,omitzero"`
	Due   time.Time      `json:"d"`           // the first instant that is too late
	Told  []int          `json:"t,omitempty"` // days before it that were reminded of
	Late  time.Time      `json:"x,omitzero"`  // when it was found broken
	Met   time.Time      `json:"m,omitzero"`  // the day on which it was met
	Over  bool           `json:"o,omitzero"`  // it runs no more
}

// Broken tells whether the limit was not kept.
func (c Clock) Broken(now time.Time) bool {
	if c.Over {
		return !c.Met.IsZero() && !c.Met.Before(c.Due)
	}
	return !now.Before(c.Due)
}

// ClockName names a limit.
type ClockName string

// The limits of a card.
const (
	HearClock  ClockName = "hear"  // for the enterprise to ask for a hearing (Administrative Penalty Law Art 64)
	ServeClock ClockName = "serve" // to serve a decision (Rule 30 Art 14)
	PlanClock  ClockName = "plan"  // to file a plan of work and make it public (Art 16)
	LimitClock ClockName = "limit" // of limited production (Art 15)
	FileClock  ClockName = "file"  // to file that the work is finished (Art 17)
	CheckClock ClockName = "check" // to check what was lifted (Art 20)
)

// ClockNames lists them.
func ClockNames() []ClockName {
	return []ClockName{HearClock, ServeClock, PlanClock, LimitClock, FileClock, CheckClock}
}

// Colour is what the card shows in public: yellow from the decision until the check that follows lifting, red when the government
// has closed the enterprise.
func (c Card) Colour() Colour {
	switch {
	case c.State == Closed:
		return Red
	case c.State.Open() && c.State != Told:
		return Yellow
	}
	return NoColour
}

// Public tells whether the card stands on the public lists, or in their history: whatever was decided (Rule 30 Art 4).
func (c Card) Public() bool { return !c.Decided.IsZero() }

// running finds a clock that runs.
func (c Card) running(n ClockName) int {
	return slices.IndexFunc(c.Clocks, func(k Clock) bool { return k.Name == n && !k.Over })
}

// Clock finds the last clock of that name.
func (c Card) Clock(n ClockName) (Clock, bool) {
	for _, k := range slices.Backward(c.Clocks) {
		if k.Name == n {
			return k, true
		}
	}
	return Clock{}, false
}
