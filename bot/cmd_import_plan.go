package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/plan"
	"github.com/gridwarden/gridwarden/grid/plan/read"
	"github.com/gridwarden/gridwarden/handlers/papers"
	"github.com/gridwarden/gridwarden/handlers/texts"
	"github.com/gridwarden/gridwarden/seeds"
)

// importPlanCmd reads an official work plan, shows what it holds and what is unsure, and puts it into force when told to.
type importPlanCmd struct {
	recordFlags
	File string `arg:"" type:"existingfile" help:"The plan: text (UTF-8 or GB18030), docx, a web page, or a PDF with text in it."`
	Out  string `type:"path" help:"Write the plan as the YAML of a district's folder to this file, and store nothing."`
	JSON bool   `name:"json" help:"Print what was read as JSON."`
	Dry  bool   `name:"dry-run" help:"Only show what was read."`
	Yes  bool   `help:"Put the plan into force without asking."`
}

// errNoPlan means that a document holds nothing to put into force.
var errNoPlan = errors.New("no measure was found in the file; nothing was changed")

// Run reads, shows, asks and stores.
func (c importPlanCmd) Run(ctx context.Context, s streams) error {
	district, err := c.load()
	if err != nil {
		return fmt.Errorf("seeds: %w", err)
	}
	words, err := texts.New()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	got, err := readPlanFile(filepath.Base(c.File), data, district)
	if err != nil {
		return err
	}
	show := planLines{words, words.Match(c.Lang)}
	lost := keepCovers(&got.Plan, district.Plan)
	if c.JSON {
		err = json.NewEncoder(s.out).Encode(got)
	} else {
		_, err = io.WriteString(s.out, show.all(got))
		if err == nil && len(lost) > 0 {
			err = show.say(s.out, "planimport.unmapped", texts.Args{"n": len(lost), "items": lost})
		}
	}
	switch {
	case err != nil:
		return err
	case len(got.Plan.Measures) == 0:
		return errNoPlan
	case c.Dry:
		return nil
	case c.Out != "":
		return c.write(s, show, got.Plan)
	}
	return c.store(ctx, s, show, got.Plan)
}

// readPlanFile reads the document of a plan as the district knows its bodies.
func readPlanFile(name string, data []byte, d *seeds.District) (read.Result, error) {
	paper, err := papers.Read(data)
	if err != nil {
		return read.Result{}, fmt.Errorf("import: %s: %w", name, err)
	}
	lines := make([]read.Line, 0, len(paper))
	for _, l := range paper {
		lines = append(lines, read.Line(l))
	}
	return read.Document(lines, knownTo(d)), nil
}

// knownTo is what a district knows of itself: its names, with and without those of what it lies in, and its departments.
func knownTo(d *seeds.District) read.Known {
	k := read.Known{}
	full := d.Names[string(texts.Reference)]
	k.Names = append(k.Names, full)
	for i := range full { // 海东市乐都区 is called 乐都区, too
		if short := full[i:]; i > 0 && len([]rune(short)) == 3 {
			k.Names = append(k.Names, short)
		}
	}
	for _, x := range d.Departments {
		k.Bodies = append(k.Bodies, read.Body{Name: x.Name, Aliases: x.Aliases})
	}
	return k
}

// keepCovers leaves to each measure the kinds of reports that evidenced the one of the same title in the plan before, and lists
// the measures of that plan whose kinds evidence nothing any more.
func keepCovers(p *plan.Plan, before plan.Plan) texts.List {
	var lost texts.List
	for _, b := range before.Measures {
		i := slices.IndexFunc(p.Measures, func(m plan.Measure) bool { return b.Title == m.Title && b.Chapter == m.Chapter })
		switch {
		case i >= 0:
			p.Measures[i].Covers = b.Covers
		case len(b.Covers) > 0:
			lost = append(lost, b.Title)
		}
	}
	return lost
}

// write makes a file of a district's folder.
func (c importPlanCmd) write(s streams, show planLines, p plan.Plan) error {
	data, err := seeds.WritePlan(p)
	if err != nil {
		return err
	}
	if err = os.WriteFile(c.Out, data, 0o600); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return show.say(s.out, "planimport.written", texts.Args{"file": c.Out, "n": len(p.Measures)})
}

// store puts the plan into force once somebody agrees.
func (c importPlanCmd) store(ctx context.Context, s streams, show planLines, p plan.Plan) error {
	if !c.Yes {
		asked, agreed := ask(s, show.words.Plain(show.lang, "planimport.ask", texts.Args{"n": len(p.Measures)}))
		if !asked {
			return show.say(s.out, "planimport.add_yes", nil)
		}
		if !agreed {
			return show.say(s.out, "planimport.not_done", nil)
		}
	}
	r, err := c.open(ctx)
	if errors.Is(err, errNowhere) {
		err = fmt.Errorf("%w; or --out FILE", err)
	}
	if err != nil {
		return err
	}
	defer r.close()
	was, err := readPlan(ctx, r.store)
	if err != nil {
		return err
	}
	keepCovers(&p, was.plan)
	p = named(p, r.district.Plan, was)
	if err := storePlan(ctx, r.store, was, p, filepath.Base(c.File), time.Now()); err != nil {
		return err
	}
	return show.say(s.out, "planimport.done", texts.Args{"title": p.Title, "n": len(p.Measures)})
}

// ask asks at a terminal; where there is none nobody is asked.
func ask(s streams, question string) (asked, agreed bool) {
	if f, ok := s.in.(*os.File); ok {
		if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
			return false, false
		}
	}
	_, _ = fmt.Fprint(s.err, question+" [y/N] ")
	answer, err := bufio.NewReader(s.in).ReadString('\n')
	if err != nil && answer == "" {
		return false, false // nobody is there
	}
	answer = strings.ToLower(strings.TrimSpace(answer))
	return true, answer == "y" || answer == "yes"
}
