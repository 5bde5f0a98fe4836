package handlers

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/bundle"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/grid/referral"
	"github.com/gridwarden/gridwarden/handlers/flow"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// referralNotes are what the office writes about referrals.
func (s *scene) referralNotes() map[string]func(flow.Worded) error {
	return map[string]func(flow.Worded) error{"refer_propose": s.proposeReferral, "refer_words": s.noteReferral}
}

// beginReferral asks why a case is to be handed over.
func (s *scene) beginReferral(g referral.Ground, id casework.CaseID) error {
	c, err := s.visible(id)
	if err == nil {
		err = s.mayRefer(c)
	}
	if err != nil {
		return err
	}
	return s.askNote("refer_propose", string(g)+":"+string(id))
}

// mayRefer refuses what is not proven, and a second referral beside one that runs.
func (s *scene) mayRefer(c casework.Case) error {
	all, err := s.referralsOf(c)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(x opened[referral.Referral]) bool { return x.it.Running() }) {
		return grid.Fail(grid.Conflict, "error.referral.running", "number", c.Shown())
	}
	return referable(c)
}

// proposeReferral begins a referral; the supervisors decide on it.
func (s *scene) proposeReferral(n flow.Worded) error {
	ground, id, _ := strings.Cut(n.Ref, ":")
	if !s.deskWorker() {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	c, err := s.visible(casework.CaseID(id))
	if err == nil {
		err = s.mayRefer(c)
	}
	if err != nil {
		return err
	}
	x := referral.Referral{ID: s.code(10), Case: c.ID, Number: c.Shown(), Ground: referral.Ground(ground)}
	d := opened[referral.Referral]{read: ledger.Dossier{Kind: referral.Kind, ID: x.ID}, it: x}
	return s.stepReferral(d, referral.Act{Action: referral.Propose, Day: s.localDay(), Words: n.Words})
}

// noteReferral takes a step with the day on which it happened, which stands first.
func (s *scene) noteReferral(n flow.Worded) error {
	id, action, _ := strings.Cut(n.Ref, ".")
	d, err := s.referralOf(id)
	if err != nil {
		return err
	}
	first, rest, _ := strings.Cut(strings.TrimSpace(n.Words), " ")
	day, ok := flow.ReadDay(first, s.local())
	if !ok {
		return grid.Fail(grid.Invalid, "error.referral.day", "said", first)
	}
	return s.stepReferral(d, referral.Act{Action: referral.Action(action), Day: calendar.DateOf(day), Words: strings.TrimSpace(rest)})
}

// stepReferral takes a step, shows the referral as it is then, and tells whose turn it is. Approving, and not approving, is for
// supervisors.
func (s *scene) stepReferral(d opened[referral.Referral], a referral.Act) error {
	supervises := s.roster.Can(s.Work.Tree, s.me, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
	if !s.deskWorker() || !supervises && (a.Action == referral.Approve || a.Action == referral.TurnDown) {
		return grid.Fail(grid.Forbidden, "error.role")
	}
	a.By, a.Via = s.officer.ID, s.via()
	x, event, err := d.it.Apply(a, s.Rules.Referral, s.now)
	if err != nil {
		return err
	}
	if wrong := s.keepReferral(d.read, x, event); wrong != nil {
		return wrong
	}
	s.say(s.referralCard("referral.noted", x))
	c, err := s.load(x.Case)
	if err != nil {
		return err
	}
	switch a.Action {
	case referral.Propose:
		officers, _ := s.roster.Responsible(s.Work.Tree, s.Work.Tree.Root().Code, s.now, grid.Supervisor)
		return s.tellEach(officers, c, func(grid.Officer) flow.Reply { return s.referralCard("referral.proposed", x) })
	case referral.Approve, referral.TurnDown:
		o, _ := s.roster.Officer(x.Steps[0].By)
		return s.tellEach([]grid.Officer{o}, c, func(grid.Officer) flow.Reply { return s.referralCard("referral.decided", x) })
	default:
		return nil
	}
}

// handOver makes the file of the case and the letter that names it by its hash, and hands both to whoever sends them. The file holds
// what officers found: who reported, and what they wrote, is not in it.
func (s *scene) handOver(d opened[referral.Referral]) error {
	c, data, err := s.packed(d.it.Case, bundle.Authority, false)
	if err != nil {
		return err
	}
	names, err := namesIn(data)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	b := referral.Bundle{SHA256: hex.EncodeToString(sum[:]), Files: names}
	proposed, _ := d.it.Of(referral.Propose)
	letter := s.Head.Referral(d.it, c, proposed.Words, b, s.Rules.ReferralBasis[d.it.Ground], ledger.LetterMarker(referral.Series))
	letter.At, letter.By = s.now, s.officer.ID
	doc, err := s.document("gridwarden-"+c.Shown()+".zip", data)
	if err != nil {
		return err
	}
	if err := s.stepReferral(d, referral.Act{Action: referral.HandOver, Day: s.localDay(), Letter: &letter, Bundle: b}); err != nil {
		return err
	}
	s.change.Numbers = append(s.change.Numbers, s.Head.Number(referral.Series, letter.No, s.now))
	s.say(flow.Reply{Key: "referral.paper", Args: texts.Args{"number": letter.No}, Paper: s.Head.Paper(letter, s.now)})
	s.say(flow.Reply{Key: "referral.file", Args: texts.Args{"number": c.Shown(), "hash": b.SHA256, "files": len(names)}, Document: doc})
	return nil
}

// namesIn lists the files of a bundle.
func namesIn(data []byte) ([]string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	names := make([]string, len(z.File))
	for i, f := range z.File {
		names[i] = f.Name
	}
	return names, nil
}
