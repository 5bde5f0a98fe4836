package seeds

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// WithPlan is the district with another plan, and with the items that its departments lead and support by it.
func (d *District) WithPlan(p plan.Plan) *District {
	out := *d
	out.Plan, out.Measures = p, p.Measures
	out.Departments = make([]Department, len(d.Departments))
	for i, x := range d.Departments {
		x.Leads, x.Supports = p.Duties(grid.Department(x.Name))
		out.Departments[i] = x
	}
	return &out
}

// WritePlan writes a plan as the folder of a district has it.
func WritePlan(p plan.Plan) ([]byte, error) {
	root := block()
	root.put("title", p.Title)
	root.put("number", p.Number)
	root.day("issued", p.Issued)
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, m := range p.Measures {
		list.Content = append(list.Content, measureNode(m).Node)
	}
	root.add("measures", list)
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := e.Encode(root.Node); err != nil {
		return nil, fmt.Errorf("plan: %w", err)
	}
	return out.Bytes(), nil
}

func measureNode(m plan.Measure) writer {
	b := block()
	b.value("item", m.Item)
	b.put("label", m.Label)
	b.put("title", m.Title)
	b.put("chapter", m.Chapter)
	b.put("text", m.Text)
	b.put("lead", string(m.Lead))
	listOf(b, "joint", m.Joint)
	listOf(b, "supports", m.Supports)
	listOf(b, "others", m.Others)
	listOf(b, "responsible", m.Responsible)
	if len(m.Milestones) > 0 {
		list := &yaml.Node{Kind: yaml.SequenceNode}
		for _, x := range m.Milestones {
			list.Content = append(list.Content, milestoneNode(x))
		}
		b.add("milestones", list)
	}
	listOf(b, "covers", m.Covers)
	return b
}

func milestoneNode(m plan.Milestone) *yaml.Node {
	b := block()
	b.Style = yaml.FlowStyle
	b.put("words", m.Words)
	b.day("from", m.From)
	b.day("by", m.By)
	b.put("every", string(m.Every))
	if t := m.Target; t != nil {
		x := block()
		x.put("relation", string(t.Relation))
		x.value("value", t.Value)
		x.put("unit", t.Unit)
		if t.Against != 0 {
			x.value("against", t.Against)
		}
		b.add("target", x.Node)
	}
	return b.Node
}

// writer is a block of keys that is being written.
type writer struct{ *yaml.Node }

func block() writer { return writer{&yaml.Node{Kind: yaml.MappingNode}} }

func (w writer) add(key string, n *yaml.Node) {
	w.Content = append(w.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, n)
}

// put adds a text, unless it is empty.
func (w writer) put(key, text string) {
	if text == "" {
		return
	}
	n := &yaml.Node{}
	n.SetString(text)
	w.add(key, n)
}

// value adds a number.
func (w writer) value(key string, v any) {
	w.add(key, &yaml.Node{Kind: yaml.ScalarNode, Value: fmt.Sprint(v)})
}

// day adds a date, unless there is none.
func (w writer) day(key string, d calendar.Date) {
	if d != (calendar.Date{}) {
		w.value(key, d)
	}
}

// listOf adds a list in one line, unless it is empty.
func listOf[T ~string](w writer, key string, list []T) {
	if len(list) == 0 {
		return
	}
	n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, s := range list {
		x := &yaml.Node{}
		x.SetString(string(s))
		n.Content = append(n.Content, x)
	}
	w.add(key, n)
}
