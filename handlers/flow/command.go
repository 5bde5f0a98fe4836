package flow

import (
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/category"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/site"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Command is something that a conversation wants done. The handlers execute it, and authorise it when they do: a
// command says what the person asked for, not what the person may do.
type Command interface{ command() }

// What anybody may ask for.
type (
	// FindSimilar looks for open cases like the draft. Its answer is an Event of kind SimilarFound in the same turn,
	// empty when there are none.
	FindSimilar struct {
		Categories []string
		Point      *geo.Point
		Cell       grid.CellCode
		Text       string
	}

	// Submit registers a citizen's report. The handlers tell number and query code, and answer with an Event of kind
	// Sent, so that late photos of an album find their case.
	Submit struct{ Draft Draft }

	// Follow makes the person a follower of a case instead of reporting the same matter again. What the draft holds
	// (words, files) goes to the case.
	Follow struct {
		Case  casework.CaseID
		Draft Draft
	}

	// ShowStatus tells the stage of a report to whoever knows its query code.
	ShowStatus struct{ Number, Code string }

	// ShowMine lists the person's own reports.
	ShowMine struct{}

	// ShowHelp tells the person what they can do, by their roles.
	ShowHelp struct{}

	// Withdraw takes the person's own report back.
	Withdraw struct{ Case casework.CaseID }

	// AddWords adds what the reporter or a follower says, and sends, to a case. Words may be empty: late photos. Point is
	// where the reporter says it is.
	AddWords struct {
		Case     casework.CaseID
		Words    string
		Files    []File
		Point    *geo.Point
		Accuracy float64 // metres; 0 when not given
		Picked   bool
		At       time.Time
	}

	// AskReview asks for a review, or a re-review, of the answer to the person's own case.
	AskReview struct {
		Case  casework.CaseID
		Words string
		Files []File
		At    time.Time
	}

	// Answer gives what the reporter says, and sends, to whoever asked. Words may be empty: a photo.
	Answer struct {
		Case  casework.CaseID
		Words string
		Files []File
		At    time.Time
	}

	// Object says what is still wrong with a case that was answered. Files may be none.
	Object struct {
		Case  casework.CaseID
		Words string
		Files []File
		At    time.Time
	}

	// SetLanguage is executed before the replies of the turn are rendered.
	SetLanguage struct{ Lang texts.Lang }

	// SavePhone keeps the person's phone number and real name, sealed; what is empty stays as it was. It comes with the
	// report that was just submitted, by the contact button or typed.
	SavePhone struct{ Phone, Name string }

	// GiveName keeps name and phone, sealed, and marks the case as reported under a real name (实名).
	GiveName struct {
		Case        casework.CaseID
		Name, Phone string
	}

	// TakeNameBack makes the case anonymous again.
	TakeNameBack struct{ Case casework.CaseID }

	// ShowData shows the person what is kept of them.
	ShowData struct{}

	// AskForget asks, with all that follows from it, whether it shall be removed.
	AskForget struct{}

	// TakeInvite redeems the code of a link t.me/<bot>?start=code.
	TakeInvite struct{ Code string }
)

// What officers ask for.
type (
	// CheckIn is a proof of presence. Late is how much later than written it arrived, zero when that is not worth
	// mentioning.
	CheckIn struct {
		Point    geo.Point
		Accuracy float64 // metres; 0 when not given
		Live     bool
		Site     site.Number // at which it was asked for; empty for none
		At       time.Time
		Late     time.Duration
	}

	// FileReport makes a case at once from what an inspector found. It is answered like Submit.
	FileReport struct{ Draft Draft }

	// AddEvidence adds an officer's files to a case.
	AddEvidence struct {
		Case  casework.CaseID
		Words string // a caption
		Files []File // each with its stage
		At    time.Time
	}

	// HandIn reports the result of the work on a case.
	HandIn struct {
		Case      casework.CaseID
		Finding   string
		Verdict   casework.Verdict
		Violation bool   // what was found needs certified officers
		Files     []File // each with its stage
		At        time.Time
	}

	// NotMine objects that the case is another cell's, or another department's.
	NotMine struct {
		Case       casework.CaseID
		Reason     string // one of casework.ObjectionReasons
		Target     grid.CellCode
		Department grid.Department
		At         time.Time
	}

	// Refuse decides that a report is not accepted. The reporter is told Reply, in the desk's own words, or Notice in
	// their own language when the desk sent the template as it is.
	Refuse struct {
		Case        casework.CaseID
		Disposition casework.Disposition
		Authority   *category.Option // NotEnvironment: to whom it is moved
		Away        string           // OtherArea: likewise
		Same        *Earlier         // SameMatter, AfterReply
		Reply       string
		Notice      *texts.Text
		At          time.Time
	}

	// AcceptLed accepts a report that another department leads.
	AcceptLed struct {
		Case casework.CaseID
		Lead grid.Department
	}

	// AskMore asks the reporter for what is missing: codes, the desk's own words, or both.
	AskMore struct {
		Case    casework.CaseID
		Lacking []string
		Words   string
		At      time.Time
	}

	// AskExtension asks for more time to finish.
	AskExtension struct {
		Case   casework.CaseID
		Days   int
		Reason string
		At     time.Time
	}

	// Extend grants it, or fewer days.
	Extend struct {
		Case casework.CaseID
		Days int // 0: what was asked for
	}

	// DenyExtension turns it down.
	DenyExtension struct {
		Case   casework.CaseID
		Reason string
		At     time.Time
	}

	// Uphold answers a review: the case stands. Reply and Notice are as with Refuse.
	Uphold struct {
		Case   casework.CaseID
		Reply  string
		Notice *texts.Text
		At     time.Time
	}

	// Rework answers a review: the case is worked on anew.
	Rework struct {
		Case   casework.CaseID
		Reason string
		At     time.Time
	}

	// Close closes a case. Reply and Notice are as with Refuse.
	Close struct {
		Case   casework.CaseID
		Reply  string
		Notice *texts.Text
		At     time.Time
	}

	// Return gives a result back because it does not suffice.
	Return struct {
		Case   casework.CaseID
		Reason string
		At     time.Time
	}

	// Unseal reads who reported, for a reason that goes on record.
	Unseal struct {
		Case   casework.CaseID
		Reason string // of casework.UnsealReasons
		Words  string
		At     time.Time
	}

	// DraftNotice writes what the public would read; Reply and Notice are as with Refuse.
	DraftNotice struct {
		Case   casework.CaseID
		Reply  string
		Notice *texts.Text
		At     time.Time
	}

	// Pass tells that a spot check found the case right, how that was checked, and what the reporter said; Score is 0 when
	// they were not reached.
	Pass struct {
		Case   casework.CaseID
		Reason string
		Score  int
		At     time.Time
	}

	// Reopen tells what a spot check found wrong.
	Reopen struct {
		Case   casework.CaseID
		Reason string
		At     time.Time
	}

	// Supervise presses whoever has the case, for one of casework.PressReasons. Words may be empty.
	Supervise struct {
		Case   casework.CaseID
		Reason string
		Words  string
		At     time.Time
	}

	// AskReporter asks who reported, by relay.
	AskReporter struct {
		Case  casework.CaseID
		Words string
		Files []File // photos
		At    time.Time
	}

	// Assign names who leads and who supports; no lead leaves it as it is.
	Assign struct {
		Case     casework.CaseID
		Lead     grid.Department
		Supports []grid.Department
		At       time.Time
	}

	// AnswerTask answers for a department that supports.
	AnswerTask struct {
		Case  casework.CaseID
		Reply string
		Files []File
		At    time.Time
	}

	// DeclineTask says that it is not the department's matter.
	DeclineTask struct {
		Case   casework.CaseID
		Reason string
		At     time.Time
	}

	// DropTask lets a department go that was asked by mistake.
	DropTask struct {
		Case       casework.CaseID
		Department grid.Department
		Reason     string
		At         time.Time
	}

	// SetAway enters that the officer will be absent from the first day to the last, both as 2006-01-02, and who stands
	// in; nobody when Deputy is empty.
	SetAway struct {
		From, Until string
		Deputy      grid.OfficerID
	}

	// Reassign moves a case to another cell, or to a department that leads from now on.
	Reassign struct {
		Case casework.CaseID
		Cell grid.CellCode
		Lead grid.Department
		At   time.Time
	}
)

func (FindSimilar) command()  {}
func (Submit) command()       {}
func (Follow) command()       {}
func (ShowStatus) command()   {}
func (ShowMine) command()     {}
func (ShowHelp) command()     {}
func (Withdraw) command()     {}
func (AddWords) command()     {}
func (SetLanguage) command()  {}
func (SavePhone) command()    {}
func (TakeInvite) command()   {}
func (CheckIn) command()      {}
func (FileReport) command()   {}
func (AddEvidence) command()  {}
func (HandIn) command()       {}
func (Assign) command()       {}
func (AnswerTask) command()   {}
func (DeclineTask) command()  {}
func (DropTask) command()     {}
func (NotMine) command()      {}
func (Refuse) command()       {}
func (Close) command()        {}
func (Return) command()       {}
func (Reassign) command()     {}
func (AskReporter) command()  {}
func (Answer) command()       {}
func (SetAway) command()      {}
func (GiveName) command()     {}
func (TakeNameBack) command() {}
func (Supervise) command()    {}
func (ShowData) command()     {}
func (AskForget) command()    {}
func (Unseal) command()       {}
func (Object) command()       {}
func (DraftNotice) command()  {}
func (Pass) command()         {}
func (Reopen) command()       {}
