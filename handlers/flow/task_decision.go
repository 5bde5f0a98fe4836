package flow

// The stories that gather what a decision needs: about a report, about more time, about a review.
const (
	Missing   Story = "missing" // the desk asks for what is missing
	Extending Story = "extend"
	Granting  Story = "grant" // fewer days than were asked for
	Denying   Story = "deny"
	Appealing Story = "appeal" // the reporter asks for a review
	Upholding Story = "uphold"
	Reworking Story = "rework" // the review found it wrong
)

// askDecision is askAgain for these stories.
func (t *turn) askDecision() {
	switch t.s.Story {
	case Missing:
		t.askLacking()
	case Extending, Granting, Denying:
		t.askExtension()
	case Appealing, Upholding, Reworking:
		t.askReview()
	default:
		t.askWho()
	}
}

// decisionMessage is taskMessage for them.
func (t *turn) decisionMessage() {
	switch t.s.Story {
	case Missing:
		t.lackingMessage()
	case Extending, Granting, Denying:
		t.extensionMessage()
	case Appealing, Upholding, Reworking:
		t.reviewMessage()
	default:
		t.whoMessage()
	}
}

func (AcceptLed) command()     {}
func (AskMore) command()       {}
func (AskExtension) command()  {}
func (Extend) command()        {}
func (DenyExtension) command() {}
func (AskReview) command()     {}
func (Uphold) command()        {}
func (Rework) command()        {}

// undecide takes back the last of what was chosen for a decision, and tells whether there was any.
func (task *Task) undecide() bool {
	switch {
	case task.Insists:
		task.Insists = false
	case task.Authority != nil, task.Same != nil:
		task.Authority, task.Same = nil, nil
	case task.Days > 0:
		task.Days = 0
	case task.Percent != "":
		task.Percent = ""
	case task.Disposition != "":
		task.Disposition = ""
	default:
		return false
	}
	return true
}
