package casework

// Disposition is the decision on a report (受理决定): accepted, or one of the kinds of refusal, each with its own onward
// notice (环保部令15号 Art 8).
type Disposition string

// Dispositions.
const (
	AcceptIt       Disposition = "accept"
	NotEnvironment Disposition = "not_environment" // another authority's matter: say whose
	InCourt        Disposition = "in_court"        // litigation, arbitration or review: go to that organ
	SameMatter     Disposition = "same_matter"     // same person, same matter: status and how to query
	AfterReply     Disposition = "after_reply"     // same facts after a reply: review
	TooUnclear     Disposition = "unclear"         // the clue does not suffice
	OtherArea      Disposition = "other_area"      // not in this district: where to report instead
)

// Refusals lists the kinds of refusal in the order in which the desk is shown them.
func Refusals() []Disposition {
	return []Disposition{NotEnvironment, InCourt, SameMatter, AfterReply, TooUnclear, OtherArea}
}
