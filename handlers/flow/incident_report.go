package flow

import (
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/incident"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// What a report needs besides the fields of Art 13 (Art 14).
const (
	signerField  incident.Field = "signer"
	contactField incident.Field = "contact"
)

const maxField = 1200 // characters of one field: a report of fourteen fits into a few messages

// askReportUp asks for what the report still lacks, one thing at a time, and shows the whole of it then.
func (t *turn) askReportUp() {
	task := t.s.Task
	r := task.Report
	if r == nil {
		t.endStory()
		return
	}
	missing := r.Missing()
	switch {
	case task.Field != "":
		t.askField(task.Field)
	case len(missing) > 0:
		t.askField(missing[0])
	case strings.TrimSpace(r.Signer) == "":
		t.askField(signerField)
	case strings.TrimSpace(r.Contact) == "":
		t.askField(contactField)
	default:
		t.previewReport()
	}
}

func fieldName(f incident.Field) texts.Text { return texts.Text{Key: "incident.field." + string(f)} }

// askField asks for one field. What is not known yet may be said to be so; who signs is chosen or typed.
func (t *turn) askField(f incident.Field) {
	task := t.s.Task
	task.Field = f
	a := args("kind", texts.Text{Key: "incident.kind." + string(task.Report.Kind)}, "field", fieldName(f),
		"said", task.Report.Says[f], "left", len(task.Report.Missing()))
	var rows [][]Choice
	key := "incident.ask_field"
	switch {
	case f == signerField:
		key = "incident.ask_signer"
		for i, name := range task.Signers {
			rows = append(rows, []Choice{t.named(texts.Name(name), "signer", strconv.Itoa(i))})
		}
	case f == contactField:
		key = "incident.ask_contact"
	case task.Report.Says[f] != "":
		key = "incident.ask_again"
		rows = append(rows, []Choice{t.choice("button.keep", "keep", "")})
	default:
		rows = append(rows, []Choice{t.choice("button.verifying", "verifying", ""), t.choice("button.verifying_all", "verifying", "all")})
	}
	t.ask(key, a, rows...)
}

// reportUpMessage takes words as the field that was asked for.
func (t *turn) reportUpMessage() {
	task := t.s.Task
	if t.e.Text == "" || task.Field == "" {
		t.sayKey("flow.lost")
		t.askAgain()
		return
	}
	text, all := fitting(t.e.Text, maxField)
	if !all {
		t.sayOnce("officer.too_long", args("max", maxField))
	}
	switch f := task.Field; f {
	case signerField:
		task.Report.Signer = text
	case contactField:
		task.Report.Contact = text
	default:
		task.Report.Says[f] = text
	}
	task.Field = ""
	t.askAgain()
}

// verifying says of a field, or of all that are missing, that it is being verified: a first report says what is known at
// first (初步情况), and what is not.
func (t *turn) verifying(arg string) {
	task := t.s.Task
	if task.Story != Reporting || task.Field == "" {
		t.stale()
		return
	}
	fields := []incident.Field{task.Field}
	if arg == "all" {
		fields = task.Report.Missing()
	}
	for _, f := range fields {
		if f != signerField && f != contactField {
			task.Report.Says[f] = t.book.Incidents().Unit.Verifying
		}
	}
	task.Field = ""
	t.askAgain()
}

// chooseField opens one field again.
func (t *turn) chooseField(arg string) {
	task, f := t.s.Task, incident.Field(arg)
	if task.Story != Reporting || !contains(append(incident.Fields(task.Report.Kind), signerField, contactField), f) {
		t.stale()
		return
	}
	task.Field = f
	t.askAgain()
}

func (t *turn) keepField(string) {
	if t.s.Task.Story != Reporting {
		t.stale()
		return
	}
	t.s.Task.Field = ""
	t.askAgain()
}

func (t *turn) chooseSigner(arg string) {
	task := t.s.Task
	i, err := strconv.Atoi(arg)
	if task.Story != Reporting || err != nil || i < 0 || i >= len(task.Signers) {
		t.stale()
		return
	}
	task.Report.Signer, task.Field = task.Signers[i], ""
	t.askAgain()
}

// previewReport shows the whole report, with a button for each thing that may be mended.
func (t *turn) previewReport() {
	task := t.s.Task
	r := task.Report
	var lines texts.Text
	fields := incident.Fields(r.Kind)
	edit := make([]Choice, 0, len(fields)+2)
	for i := len(fields) - 1; i >= 0; i-- {
		lines = texts.Text{Key: "incident.line", Args: args("field", fieldName(fields[i]), "said", excerptOf(r.Says[fields[i]]), "rest", lines)}
	}
	for _, f := range append(fields, signerField, contactField) {
		edit = append(edit, t.choice("incident.field."+string(f), "field", string(f)))
	}
	rows := append([][]Choice{{t.choice("button.issue", "issue", "")}}, inRows(3, edit)...)
	t.ask("incident.preview", args("kind", texts.Text{Key: "incident.kind." + string(r.Kind)}, "number", task.Number,
		"lines", lines, "unit", r.Unit, "signer", r.Signer, "contact", r.Contact), rows...)
}

// excerptOf keeps a preview of fourteen fields within one message.
func excerptOf(text string) string { return clipTo(text, 160) }

// issue gives the report out.
func (t *turn) issue(string) {
	task := t.s.Task
	if task.Story != Reporting || len(task.Report.Missing()) > 0 || task.Report.Unsigned() {
		t.stale()
		return
	}
	t.do(ReportUp{Case: task.Case, Report: *task.Report, At: t.e.At})
	t.endStory()
}

// tellingMessage takes who told the neighbour, whom and how.
func (t *turn) tellingMessage() {
	if strings.TrimSpace(t.e.Text) == "" {
		t.askAgain()
		return
	}
	t.do(TellNeighbour{Case: t.s.Task.Case, Words: t.clipTask(t.e.Text, maxField), At: t.e.At})
	t.endStory()
}

type (
	// ReportUp gives out a report of the chain.
	ReportUp struct {
		Case   casework.CaseID
		Report incident.Report
		At     time.Time
	}

	// TellNeighbour records that a neighbour was told, by whom and how.
	TellNeighbour struct {
		Case  casework.CaseID
		Words string
		At    time.Time
	}
)

func (ReportUp) command()      {}
func (TellNeighbour) command() {}
