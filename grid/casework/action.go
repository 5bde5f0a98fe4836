package casework

import "slices"

// Action is something done to a case.
type Action string

// The actions, in the order of a case's life.
const (
	Submit      Action = "submit"       // a citizen reports
	SubmitAway  Action = "submit_away"  // a citizen reports something outside the district
	File        Action = "file"         // an inspector reports from the field: a case at once
	AskMore     Action = "ask_more"     // the clue does not suffice: the reporter is asked once for what is missing
	Unanswered  Action = "unanswered"   // the reporter did not answer in time
	Accept      Action = "accept"       // the desk accepts
	Refuse      Action = "refuse"       // the desk refuses, with a disposition
	Bar         Action = "bar"          // officers are kept from it (回避), and it goes one level up
	HandOn      Action = "hand_on"      // it reached somebody responsible (转办)
	Assign      Action = "assign"       // a lead department and those that support it
	AnswerTask  Action = "answer_task"  // a supporting department answers
	DeclineTask Action = "decline_task" // it says that it is not its matter; it stays asked meanwhile
	KeepTask    Action = "keep_task"    // it has to answer all the same
	DropTask    Action = "drop_task"    // it was asked by mistake and is let go
	Take        Action = "take"         // an officer of the cell begins
	AddEvidence Action = "add_evidence" // a photo, a video, a document
	AddWords    Action = "add_words"    // the reporter or a follower says more
	NotMine     Action = "not_mine"     // the cell objects; the clocks go on
	Reassign    Action = "reassign"     // to another cell
	Investigate Action = "investigate"  // a certified officer was on the spot

	AskExtension  Action = "ask_extension" // of the time to finish
	Extend        Action = "extend"
	DenyExtension Action = "deny_extension"

	Supervise   Action = "supervise"   // a supervisor presses by hand (督办)
	Acknowledge Action = "acknowledge" // "received": by whoever was pressed

	HandIn         Action = "hand_in"         // the officer reports the result
	Return         Action = "return"          // the result does not suffice
	ApproveFinding Action = "approve_finding" // the internal finding stands
	Close          Action = "close"           // the reply is approved and sent
	DraftNotice    Action = "draft_notice"    // what the public would read
	PublishNotice  Action = "publish_notice"  // and that it may

	Confirm   Action = "confirm"    // the reporter agrees
	Rate      Action = "rate"       // and afterwards how satisfied they are
	Object    Action = "object"     // the reporter says what is still wrong
	Settle    Action = "settle"     // there is nobody to ask
	Lapse     Action = "lapse"      // the reporter kept silent: somebody else looks
	Draw      Action = "draw"       // the lot fell on it (回访)
	Pass      Action = "pass"       // the spot check found it right
	Reopen    Action = "reopen"     // the spot check, or the review, found it wrong
	AskReview Action = "ask_review" // same facts, against the answer: review, then re-review (复查, 复核)
	Uphold    Action = "uphold"     // the review found it right

	Merge      Action = "merge"       // the same matter as another case
	Unmerge    Action = "unmerge"     // it was not
	Adopt      Action = "adopt"       // on that other case
	Release    Action = "release"     // likewise
	CloseWith  Action = "close_with"  // with the case it goes with
	RefuseWith Action = "refuse_with" // likewise
	Gather     Action = "gather"      // many report the same in a short time (集中举报)

	Raise         Action = "raise"          // what somebody tells calls for the officers on duty
	Hear          Action = "hear"           // an officer on duty has the alarm
	StandDown     Action = "stand_down"     // it is no incident
	Grade         Action = "grade"          // the level of the incident
	ReportUp      Action = "report_up"      // a report of the incident goes to whoever has to be told
	WriteLetter   Action = "write_letter"   // a letter to a neighbour whom the incident may reach
	TellNeighbour Action = "tell_neighbour" // the neighbour was told

	Withdraw Action = "withdraw" // the reporter takes it back
	Follow   Action = "follow"   // somebody else reports the same matter
	Unfollow Action = "unfollow" // and does not want to hear of it any more
	Remind   Action = "remind"   // a clock's stage was reached

	SealEvidence Action = "seal_evidence" // a file was fetched: its SHA-256 goes on record
)

// Public tells whether the action is the public's: whoever does it, does it as a citizen, officers too.
func (a Action) Public() bool {
	return slices.Contains([]Action{Raise, Submit, SubmitAway, AddWords, Withdraw, Follow, Unfollow, Answer, Confirm, Rate, Object, AskReview, GiveName, TakeNameBack, Forget, ClaimReward}, a)
}

// Told tells whether the public hears of the action, or sees the case otherwise afterwards: package public says how.
func (a Action) Told() bool {
	return slices.Contains([]Action{
		Submit, SubmitAway, File, AskMore, Unanswered, Accept, Refuse, RefuseWith, Assign, Take, Reassign, Investigate, Extend, Supervise, Close,
		Bar, Recuse, DraftNotice, PublishNotice, Object, Reopen, AskReview, Uphold, Confirm, Settle, Pass, Merge, Unmerge, CloseWith, Withdraw, MoveOut, ClearAbuse,
	}, a)
}
