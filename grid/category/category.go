// Package category sorts a complaint's words into kinds of pollution and tells what is not an environmental matter.
// The words themselves are data: every district may add its own.
package category

// Category codes as the national statistics and Open311 services of this program use them (rules: water, air, noise,
// solid waste, ecology and radiation are counted nationally; soil appears as its own type in inspection lists).
const (
	Air        = "air"
	Water      = "water"
	Noise      = "noise"
	SolidWaste = "solid_waste"
	Soil       = "soil"
	Ecology    = "ecology"
	Radiation  = "radiation"
	Other      = "other"
)

// Kind is a sub-kind of a category: livestock, oil fumes, an outfall.
type Kind struct {
	Code  string            // unique over all categories
	Names map[string]string // by language tag
	Words []string          // everyday words that mean it
	Lead  string            // the department that handles this kind where it is not the category's
}

// Category is one kind of pollution with its sub-kinds and everyday words.
type Category struct {
	Code     string
	Names    map[string]string
	Lead     string // the department in the lead, as the district's plan names it
	Words    []string
	Kinds    []Kind
	Evidence []string // what must be shown to close a case of this category: before, after, onsite
}

// Scopes of a complaint.
const (
	Environment = "environment" // an environmental matter
	Elsewhere   = "elsewhere"   // somebody else's matter; Verdict.Authority says whose
	Unclear     = "unclear"     // the words do not tell
)

// Matter is something people report that is no environmental matter, and who is in charge of it.
type Matter struct {
	Code      string
	Names     map[string]string
	Words     []string
	Authority string // department or line in charge
	Phone     string
}

// Verdict is what the words of a complaint say.
type Verdict struct {
	Categories []string // main one first; empty when the words do not tell
	Kinds      []string
	Scope      string
	Matter     string // code of the Matter when Scope is Elsewhere
}
