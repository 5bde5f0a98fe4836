package browsertest

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe/axe.min.js
var axe string

// finding is a rule of accessibility that a page breaks.
type finding struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"`
}

// What axe is asked: everything of WCAG 2.2 at A and AA, and what is good practice besides; or the colours alone.
const (
	all     = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	colours = `{type: 'rule', values: ['color-contrast', 'link-in-text-block']}`
)

// checks asks axe; %s is what.
const checks = `axe.run(document, {runOnly: %s, resultTypes: ['violations']}).then((r) => JSON.stringify(r.violations.map((v) => ({
	id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + ' ' + (n.any[0]?.message ?? '')),
}))))`

// Accessible fails the test for every rule of accessibility that the page breaks; where names the page.
func (t *Tab) Accessible(where string) {
	t.tb.Helper()
	t.accessible(where, all)
}

// Readable is Accessible for colours alone: for a page that was checked and is shown in others.
func (t *Tab) Readable(where string) {
	t.tb.Helper()
	t.accessible(where, colours)
}

func (t *Tab) accessible(where, what string) {
	t.tb.Helper()
	for _, f := range t.findings(where, what) {
		t.tb.Errorf("%s: %s: %s: %q", where, f.ID, f.Help, f.Nodes)
	}
}

func (t *Tab) findings(where, what string) []finding {
	t.tb.Helper()
	if !Tell[bool](t, `typeof axe === 'object'`) {
		Tell[bool](t, axe+"\n;true")
	}
	text, err := chromedp.Run(t.ctx, chromedp.Evaluate[string](fmt.Sprintf(checks, what), func(p *runtime.EvaluateParams) { p.AwaitPromise = new(true) }))
	if err != nil {
		t.tb.Fatalf("%s: axe: %v", where, err)
	}
	var found []finding
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.tb.Fatal(err)
	}
	return found
}
