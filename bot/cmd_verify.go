package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// verifyCmd checks the record, or a bundle that was made of one case of it.
type verifyCmd struct {
	Record verifyRecordCmd `cmd:"" default:"withargs" help:"Check histories, evidence, indexes and anchors; the program may be at work meanwhile."`
	Bundle verifyBundleCmd `cmd:"" help:"Check a bundle of one case; needs no store."`
}

// verifyRecordCmd checks the record.
type verifyRecordCmd struct {
	recordFlags
	Numbers []string `arg:"" optional:"" name:"number" help:"Report or case numbers; everything when none is given."`
	All     bool     `help:"Everything, which is what happens without numbers."`
	Anchor  string   `placeholder:"N:HASH" help:"What a daily digest said of anchor N."`
}

// errBroken is the result of a check that found something.
var errBroken = errors.New("the record is not whole")

// Run prints everything that is wrong and where; one line when all is well.
func (c verifyRecordCmd) Run(ctx context.Context, s streams) error {
	words, err := texts.New()
	if err != nil {
		return err
	}
	r, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer r.close()
	a := &audit{store: r.store, vault: r.vault, tree: r.district.Tree, now: time.Now()}
	if c.Anchor != "" {
		err = c.expected(ctx, a)
	}
	switch {
	case err != nil:
	case len(c.Numbers) > 0 && !c.All:
		err = a.some(ctx, c.Numbers)
	default:
		err = a.whole(ctx)
	}
	if err != nil {
		return err
	}
	return c.tell(s, words, a)
}

// expected compares an anchor with what a digest said of it.
func (c verifyRecordCmd) expected(ctx context.Context, a *audit) error {
	seq, hash, _ := strings.Cut(c.Anchor, ":")
	n, err := strconv.Atoi(seq)
	if err != nil || hash == "" {
		return fmt.Errorf("--anchor %q: expected the number and the hash of a digest, such as 12:kJx0…", c.Anchor)
	}
	return a.expect(ctx, n, hash)
}

// tell prints what was found, and what was looked at.
func (c verifyRecordCmd) tell(s streams, words *texts.Catalogue, a *audit) error {
	lang := words.Match(c.Lang)
	for _, f := range a.faults {
		_, _ = fmt.Fprintln(s.out, words.Plain(lang, "verify."+f.what, texts.Args{"number": f.number, "event": f.event, "detail": f.detail}))
	}
	if a.vault == nil {
		_, _ = fmt.Fprintln(s.out, words.Plain(lang, "verify.no_folder", nil))
	}
	summary := texts.Args{
		"cases": a.cases, "events": a.events, "files": a.files, "anchors": a.anchors, "hash": a.last, "faults": len(a.faults),
	}
	if a.assessed > 0 {
		_, _ = fmt.Fprintln(s.out, words.Plain(lang, "verify.assessed", texts.Args{"n": a.assessed}))
	}
	if a.published > 0 {
		_, _ = fmt.Fprintln(s.out, words.Plain(lang, "verify.published", texts.Args{"n": a.published}))
	}
	if len(a.faults) > 0 {
		_, _ = fmt.Fprintln(s.out, words.Plain(lang, "verify.broken", summary))
		return errBroken
	}
	_, _ = fmt.Fprintln(s.out, words.Plain(lang, "verify.whole", summary))
	return nil
}
