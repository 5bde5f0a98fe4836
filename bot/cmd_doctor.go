package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// doctorCmd checks what the program needs and says how to mend what is wrong. It changes nothing.
type doctorCmd struct {
	seedsFlags
	redisFlags
	keyFlags
	telegramFlags
	Data    string `env:"GRIDWARDEN_DATA" type:"path" help:"Folder of serve --data."`
	Media   string `env:"GRIDWARDEN_MEDIA" type:"path" help:"Folder of the evidence."`
	Offline bool   `help:"Check the district's data only."`
	Lang    string `default:"zh-CN" env:"GRIDWARDEN_LANG" help:"Language of the findings: zh-CN or en."`
}

// grade of a finding.
type grade string

const (
	good grade = "ok  "
	warn grade = "warn"
	bad  grade = "BAD "
)

// finding is one thing that was looked at. Its key in the catalogue says how it is; the key with .mend behind it says
// what to do about it.
type finding struct {
	grade grade
	key   string
	args  texts.Args
}

// found makes a finding; pairs are alternating names and values.
func found(g grade, key string, pairs ...any) finding {
	f := finding{grade: g, key: "doctor." + key, args: make(texts.Args)}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		f.args[name] = pairs[i+1]
	}
	return f
}

// errUnwell is the doctor's result when something is bad.
var errUnwell = errors.New("something must be mended first")

// Run prints every finding. It fails when one of them keeps the program from working safely.
func (c doctorCmd) Run(ctx context.Context, s streams) error {
	words, err := texts.New()
	if err != nil {
		return err
	}
	district, err := c.load()
	if err != nil {
		_, _ = fmt.Fprintf(s.out, "%s %v\n", bad, err)
		return errUnwell
	}
	findings := checkDistrict(district, time.Now())
	if !c.Offline {
		findings = append(findings, c.checkKeys()...)
		findings = append(findings, c.checkRedis(ctx, district)...)
		findings = append(findings, c.checkTelegram(ctx)...)
		findings = append(findings, c.checkMedia()...)
	}
	return report(s, words, words.Match(c.Lang), findings)
}

func report(s streams, words *texts.Catalogue, lang texts.Lang, findings []finding) error {
	var err error
	for _, f := range findings {
		_, _ = fmt.Fprintf(s.out, "%s %s\n", f.grade, words.Plain(lang, f.key, f.args))
		if mend := f.key + ".mend"; f.grade != good && words.Has(mend) {
			_, _ = fmt.Fprintf(s.out, "     → %s\n", words.Plain(lang, mend, f.args))
		}
		if f.grade == bad {
			err = errUnwell
		}
	}
	return err
}
