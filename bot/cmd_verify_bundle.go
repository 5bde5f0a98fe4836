package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/gridwarden/gridwarden/grid/bundle"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// verifyBundleCmd checks a bundle. It needs no store and no key.
type verifyBundleCmd struct {
	File string `arg:"" type:"existingfile" help:"A ZIP file made by gridwarden export case."`
	Lang string `default:"zh-CN" env:"GRIDWARDEN_LANG" help:"Language of the answers: zh-CN or en."`
}

// errBundleBroken is the result of a check that found something.
var errBundleBroken = errors.New("the bundle is not whole")

// Run prints everything that is wrong and where; one line when all is well.
func (c verifyBundleCmd) Run(s streams) error {
	words, err := texts.New()
	if err != nil {
		return err
	}
	f, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	defer func() { _ = f.Close() }()
	st, err := f.Stat()
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	r, err := bundle.Check(f, st.Size())
	if err != nil {
		return err
	}
	for _, fault := range r.Faults {
		_, _ = fmt.Fprintln(s.out, "✗ "+fault)
	}
	key := "verify.bundle_whole"
	if len(r.Faults) > 0 {
		key = "verify.bundle_broken"
	}
	_, _ = fmt.Fprintln(s.out, words.Plain(words.Match(c.Lang), key, texts.Args{
		"number": r.Number, "events": r.Events, "withheld": r.Withheld, "files": r.Files, "copies": r.Copies, "faults": len(r.Faults),
		"anchors": strings.Join(r.Anchors, " "),
	}))
	if len(r.Faults) > 0 {
		return errBundleBroken
	}
	return nil
}
