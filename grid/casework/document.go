package casework

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// WriteDocument writes docs/casework.md: the state table, its diagram, and the limits and ladders of a district, made
// from the very values that the program works by.
func WriteDocument(out io.Writer, rules Rules) error {
	var b bytes.Buffer
	b.WriteString("# How a report moves\n\n" +
		"Made from `grid/casework` by `make golden`; a test keeps it true. What has no row here is refused as a conflict.\n\n")
	writeDiagram(&b)
	writeTable(&b)
	writeLadders(&b, rules)
	_, err := b.WriteTo(out)
	return err
}

// writeDiagram draws every action that changes the state.
func writeDiagram(b *bytes.Buffer) {
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	for _, r := range Table() {
		for _, from := range r.From {
			if r.To != None && r.To != from {
				fmt.Fprintf(b, "    %s --> %s: %s\n", node(from), r.To, r.Action)
			}
			if r.Back {
				fmt.Fprintf(b, "    %s --> accepted: %s, or to another state that it had\n", node(from), r.Action)
			}
		}
	}
	for _, s := range States() {
		if s.Final() {
			fmt.Fprintf(b, "    %s --> [*]\n", s)
		}
	}
	b.WriteString("```\n\n")
}

// node is how the diagram calls a state.
func node(s State) string {
	if s == None {
		return "[*]"
	}
	return string(s)
}

func writeTable(b *bytes.Buffer) {
	b.WriteString("## Actions\n\nA role counts when it is held in the case's cell or above it, at the moment of the act.\n\n" +
		"| action | from | to | who | starts | stops |\n|---|---|---|---|---|---|\n")
	for _, r := range Table() {
		from := make([]string, len(r.From))
		for i, s := range r.From {
			from[i] = string(s)
			if s == None {
				from[i] = "(new)"
			}
		}
		to := string(r.To)
		switch {
		case r.Back:
			to = "(as before)"
		case r.To == None:
			to = "(stays)"
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n",
			r.Action, strings.Join(from, ", "), to, whoMay(r), list(r.Starts), list(r.Stops))
	}
	b.WriteString("\nThe seat of a case is its cell, or a cell above it once it was raised: because somebody is kept from it, or because it\n" +
		"was found wrong after its answer. A case can be reassigned only to a cell that one answers for, too: to others' cells\n" +
		"goes `not_mine`, and the desk decides, who may let a department lead instead; after too many moves the common superior. The reporter's rows hold for followers\n" +
		"in `add_words`. Clerks of the lead department may do what inspectors may. Nobody approves their own. A clock that runs\n" +
		"already is not started anew, and moving a case stops none of its finish clocks; merging holds clocks, and taking apart\n" +
		"lets them go on.\n")
}

// whoMay says who may do it.
func whoMay(r Rule) string {
	who := string(r.Who)
	switch r.Who {
	case "":
		who = list(r.Roles)
	case AnOfficer:
		who = list(r.Roles) + " of any cell"
	case Certified:
		who = list(r.Roles) + " with a certificate"
	case TheReceiver:
		who = list(r.Roles) + ", clerk of the department that it went to"
	case TheLead:
		who = list(r.Roles) + ", clerk of the department that leads"
	case ThePayer:
		who = list(r.Roles) + " of the district, clerk of the department that pays; not who works on the case"
	default:
	}
	if r.System {
		who += ", system"
	}
	return who
}

// list joins names with commas.
func list[T ~string](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}

func writeLadders(b *bytes.Buffer, rules Rules) {
	b.WriteString("\n## Clocks\n\nNumbers are settings of the district with their sources beside them. A limit in days ends with its last day, at\n" +
		"24:00; from that instant on it is late. Hours are counted from the limit.\n")
	for _, name := range ClockNames() {
		fmt.Fprintf(b, "\n### %s: %s\n\n| stage | when | tells | copies to | rung | does |\n|---|---|---|---|---|---|\n", name, rules.Limits[name])
		for _, s := range rules.Stages[name] {
			fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", s.Name, when(s)+again(s.Every), list(s.Tell), list(s.Copy), s.Rung, s.Does)
		}
		if name != FinishClock {
			continue
		}
		for _, kind := range slices.Sorted(maps.Keys(rules.FinishBy)) {
			fmt.Fprintf(b, "\nOf the kind `%s`: %s.\n", kind, rules.FinishBy[kind])
		}
	}
	b.WriteString("\nFrom `urge` on a stage is to be acknowledged; `order`, `press` and `summon` bring a numbered document each, `circulate` a place\n" +
		"in the next bulletin.")
	if rules.Receipt > 0 {
		fmt.Fprintf(b, " Without \"received\" after %s the level above is told, once.", hours(rules.Receipt))
	}
	b.WriteString("\n")
	if quiet := rules.Quiet.String(); quiet != "" {
		fmt.Fprintf(b, "\nWhat falls into the quiet hours, %s, waits for their end, unless the case is urgent.\n", quiet)
	}
}

// when says when a stage is reached.
func when(s StageRule) string {
	if s.Later.Valid() {
		return s.Later.String() + " after"
	}
	return relative(s.After)
}

// again says how often a stage comes again.
func again(every time.Duration) string {
	if every == 0 {
		return ""
	}
	return ", then every " + hours(every)
}

// relative says when a stage is reached, seen from the limit.
func relative(d time.Duration) string {
	switch {
	case d < 0:
		return hours(-d) + " before"
	case d > 0:
		return hours(d) + " after"
	default:
		return "at the limit"
	}
}

// hours writes a length of time in hours where it is whole hours.
func hours(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return fmt.Sprintf("%d h", d/time.Hour)
	case d%time.Minute == 0:
		return fmt.Sprintf("%d min", d/time.Minute)
	}
	return d.String()
}
