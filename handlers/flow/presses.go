package flow

import (
	"github.com/gridwarden/gridwarden/grid/casework"
)

// What each button does. Buttons of a draft or task are good only with its nonce; open ones at any time.
var (
	openPresses = map[string]func(*turn, string){
		PressReport:    func(t *turn, _ string) { t.startReport() },
		PressSite:      func(t *turn, _ string) { t.startTask(Task{Story: Siting}) },
		PressMine:      func(t *turn, _ string) { t.do(ShowMine{}) },
		PressStatus:    func(t *turn, _ string) { t.startStatus("") },
		PressHelp:      func(t *turn, _ string) { t.do(ShowHelp{}) },
		PressLanguage:  func(t *turn, _ string) { t.askLanguage() },
		PressMore:      func(t *turn, arg string) { t.startTask(Task{Story: More, Case: casework.CaseID(arg)}) },
		PressWithdraw:  (*turn).askWithdraw,
		PressReview:    func(t *turn, arg string) { t.startTask(Task{Story: Appealing, Case: casework.CaseID(arg)}) },
		PressAnswer:    func(t *turn, arg string) { t.startTask(Task{Story: Answering, Case: casework.CaseID(arg)}) },
		PressName:      func(t *turn, arg string) { t.startTask(Task{Story: Naming, Case: casework.CaseID(arg)}) },
		PressUnname:    (*turn).askUnname,
		"unname_yes":   func(t *turn, arg string) { t.do(TakeNameBack{Case: casework.CaseID(arg)}) },
		"withdraw_yes": func(t *turn, arg string) { t.do(Withdraw{Case: casework.CaseID(arg)}) },
		"withdraw_no":  func(t *turn, _ string) { t.say(Reply{Key: "withdraw.kept", Edit: true}) },
		"lang":         (*turn).setLanguage,
		"cancel":       func(t *turn, _ string) { t.cancel() },
		"restore":      func(t *turn, _ string) { t.restore() },
		"belongs":      func(t *turn, _ string) { t.belongsPressed() },
		"fresh":        func(t *turn, _ string) { t.freshPressed() },
	}
	draftPresses = map[string]func(*turn, string){
		"continue":      func(t *turn, _ string) { t.advance() },
		"resume":        func(t *turn, _ string) { t.advance() },
		"back":          func(t *turn, _ string) { t.back() },
		"cancel":        func(t *turn, _ string) { t.cancel() },
		"anyway":        (*turn).anyway,
		"category":      (*turn).chooseCategory,
		"toggle":        (*turn).toggle,
		"cell":          (*turn).chooseCell,
		"none":          (*turn).noneOfThese,
		"away":          (*turn).keepAway,
		"exif_use":      (*turn).exifUse,
		"exif_no":       (*turn).exifNo,
		"same":          (*turn).same,
		"another":       (*turn).another,
		"edit_words":    (*turn).editWords,
		"edit_place":    (*turn).editPlace,
		"edit_category": (*turn).editCategory,
		"more_files":    (*turn).moreFiles,
		"phone":         (*turn).askPhone,
		"name":          (*turn).askName,
		"no_photo":      (*turn).noPhoto,
		"submit":        (*turn).submitPressed,
	}
	taskPresses = map[string]func(*turn, string){
		"back":        func(t *turn, _ string) { t.back() },
		"cancel":      func(t *turn, _ string) { t.cancel() },
		"before":      func(t *turn, _ string) { t.stageFiles(casework.Before) },
		"after":       func(t *turn, _ string) { t.stageFiles(casework.After) },
		"done":        func(t *turn, _ string) { t.handInDone() },
		"add":         func(t *turn, _ string) { t.evidenceDone() },
		"object":      func(t *turn, _ string) { t.sendUnsolved() },
		"score":       (*turn).chooseScore,
		"verdict":     (*turn).chooseVerdict,
		"violation":   (*turn).chooseViolation,
		"reason":      (*turn).chooseReason,
		"target":      (*turn).chooseTarget,
		"department":  (*turn).chooseDepartment,
		"lead":        (*turn).chooseLead,
		"support":     (*turn).toggleSupport,
		"assign":      func(t *turn, _ string) { t.assignPressed() },
		"reply":       func(t *turn, _ string) { t.replyPressed() },
		"disposition": (*turn).chooseDisposition,
		"send":        func(t *turn, _ string) { t.sendNotice() },
		"authority":   (*turn).chooseAuthority,
		"insist":      func(t *turn, _ string) { t.insist() },
		"accept_led":  func(t *turn, _ string) { t.acceptLed() },
		"ask_first":   func(t *turn, _ string) { t.askFirst() },
		"earlier":     (*turn).chooseEarlier,
		"lacking":     (*turn).toggleLacking,
		"ask_more":    func(t *turn, _ string) { t.sendLacking() },
		"add_days":    (*turn).extendBy,
		"appeal":      func(t *turn, _ string) { t.sendAppeal() },
		"ask":         func(t *turn, _ string) { t.sendQuestion() },
		"first_day":   (*turn).chooseFirstDay,
		"for_days":    (*turn).chooseDays,
		"deputy":      (*turn).chooseDeputy,
		"site_kind":   (*turn).chooseSiteKind,
		"zone":        (*turn).chooseZone,
		"no_picture":  (*turn).noPicture,
		"note_done":   (*turn).noteDone,
		"leave":       func(t *turn, _ string) { t.leave() },
		"why":         (*turn).chooseWhy,
		"unseal":      func(t *turn, _ string) { t.unsealPressed() },
		"press_why":   (*turn).choosePressReason,
		"press_now":   func(t *turn, _ string) { t.superviseNow() },
		"tier":        (*turn).chooseTier,
		"no_same":     (*turn).noSame,
		"vouch":       (*turn).vouch,
		"level":       (*turn).chooseLevel,
		"because":     (*turn).because,
		"sensitive":   (*turn).sensitive,
		"grade":       (*turn).gradeCounted,
		"verifying":   (*turn).verifying,
		"keep":        (*turn).keepField,
		"field":       (*turn).chooseField,
		"signer":      (*turn).chooseSigner,
		"issue":       (*turn).issue,
		"muster_cell": (*turn).musterCell,
		"muster_role": (*turn).musterRole,
		"muster_whom": (*turn).musterWhom,
		"muster_in":   (*turn).musterIn,
		"muster_send": (*turn).musterSend,
		"excuse":      (*turn).excuse,
		"percent":     (*turn).choosePercent,

		"send_milestone": func(t *turn, _ string) { t.sendMilestone() },
		"assess":         func(t *turn, _ string) { t.sendRemark() },
	}
)

// press answers a button. One of an older draft gets a kind sentence; one of the report that was just submitted, too.
func (t *turn) press() {
	p, err := ParsePress(t.e.Data)
	if err != nil {
		t.stale()
		return
	}
	switch s := &t.s; {
	case p.Nonce == "":
		t.run(openPresses[p.Verb], p.Arg)
	case s.Task != nil && p.Nonce == s.Task.Nonce:
		t.run(taskPresses[p.Verb], p.Arg)
	case s.Draft != nil && p.Nonce == s.Draft.Nonce && p.Verb == "anew":
		t.anew()
	case s.Draft != nil && p.Nonce == s.Draft.Nonce:
		t.reopen()
		t.run(draftPresses[p.Verb], p.Arg)
	case s.Last != nil && p.Nonce == s.Last.Nonce:
		t.say(Reply{Key: "flow.already_sent", Toast: true})
	default:
		t.stale()
	}
}

func (t *turn) run(do func(*turn, string), arg string) {
	if do == nil {
		t.stale()
		return
	}
	do(t, arg)
}

// reopen goes back to the draft that a button belongs to, with what was held meanwhile.
func (t *turn) reopen() {
	if t.s.Story != Report {
		t.s.Story, t.s.Step, t.s.Task = Report, t.s.Draft.Step, nil
	}
	t.replay()
}

// stale answers a button that is good for nothing any more.
func (t *turn) stale() { t.say(Reply{Key: "flow.old_button", Toast: true}) }

func (t *turn) belongsPressed() {
	if len(t.s.Held) == 0 {
		t.stale()
		return
	}
	t.belongs()
}

func (t *turn) freshPressed() {
	if len(t.s.Held) == 0 {
		t.stale()
		return
	}
	t.anew()
}

// askWithdraw asks once more before a report is taken back.
func (t *turn) askWithdraw(id string) {
	t.say(Reply{Key: "withdraw.ask", Rows: [][]Choice{{
		open("button.withdraw_yes", "withdraw_yes", id), open("button.withdraw_no", "withdraw_no", ""),
	}}})
}

func (t *turn) noPhoto(string) {
	t.s.Draft.NoPhoto = true
	t.advance()
}
