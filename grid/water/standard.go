package water

import "slices"

// Standard is a standard of surface water as data, item by item.
type Standard struct {
	ID         string
	Names      map[string]string // by language tag
	Source     string
	Status     string              // how far it can be trusted, as in settings
	Undetected []string            // words for "not detected"
	Headings   map[string][]string // of tables of readings, by FormColumns
	Units      map[string]int      // by how much values in them are divided, folded
	Items      []Item
	Basin      BasinRule
	Main       int // how many main pollutants are named at most
}

// BasinRule is how whole rivers and basins are judged.
type BasinRule struct {
	ByShares        int // from how many sections on the shares of classes count, instead of the means
	Excellent, Good int // percent of the sections that reach III, from which on a river is called so
	Moderate, Heavy int // percent that are worse than V, from which on it is called so polluted
}

// Item is one thing that is measured.
type Item struct {
	No      int // in the standard's table
	Code    string
	Names   map[string]string
	Aliases []string // as offices write it
	Most    Amount   // no measurement gives more; 0: not known
	Unit    string   // empty for pH
	Judged  bool     // counts for the class: not temperature, total nitrogen, faecal coliforms
	Least   bool     // more is better: dissolved oxygen
	Metal   bool     // comes first among the main pollutants: cyanide and heavy metals
	Rated   bool     // by how many times a limit is passed can be said of it: not of temperature, pH, dissolved oxygen
	Rivers  []Amount
	Lakes   []Amount // where they differ from those of rivers
	Low     Amount   // pH: every class lies between Low and High, and what does not has no class
	High    Amount
}

// Item finds an item by its code.
func (s Standard) Item(code string) (Item, bool) {
	i := slices.IndexFunc(s.Items, func(x Item) bool { return x.Code == code })
	if i < 0 {
		return Item{}, false
	}
	return s.Items[i], true
}

// Judged lists the items by which a class is judged.
func (s Standard) Judged() []Item {
	return slices.DeleteFunc(slices.Clone(s.Items), func(i Item) bool { return !i.Judged })
}

// Body is what kind of water it is: their limits of phosphorus are not the same.
type Body string

// The kinds of water.
const (
	River Body = "river"
	Lake  Body = "lake"
)

// Bodies lists the kinds.
func Bodies() []Body { return []Body{River, Lake} }

// limits are those of the classes I to V; none for what is judged by a range, or not at all.
func (i Item) limits(b Body) []Amount {
	if b == Lake && len(i.Lakes) > 0 {
		return i.Lakes
	}
	return i.Rivers
}

// Limit is the limit of a class; false where there is none.
func (i Item) Limit(b Body, c Class) (Amount, bool) {
	l := i.limits(b)
	if c < I || c > V || len(l) != classes {
		return 0, false
	}
	return l[c-I], true
}

// Class is the best class that an amount reaches; an amount at a limit reaches it.
func (i Item) Class(b Body, a Amount) Class {
	if i.High > 0 {
		if a >= i.Low && a <= i.High {
			return I
		}
		return Worse
	}
	for n, limit := range i.limits(b) {
		if i.Least && a >= limit || !i.Least && a <= limit {
			return I + Class(n)
		}
	}
	return Worse
}

// NonDetect is the office's practice of counting what was not detected in means.
type NonDetect string

// The practices.
const (
	HalfLimit  NonDetect = "half"
	WholeLimit NonDetect = "limit"
)

// NonDetects lists the practices.
func NonDetects() []NonDetect { return []NonDetect{HalfLimit, WholeLimit} }

// Rules are what a verdict is made by.
type Rules struct {
	Standard  Standard
	NonDetect NonDetect
}
