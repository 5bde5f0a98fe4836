package main

import (
	"context"
	"slices"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/handlers/phones"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// cases lists every case of the demonstration, the newest first, for the table in which one watches them move.
func (d *demo) cases(ctx context.Context) ([]phones.Case, error) {
	all := []casework.Case{}
	for c, err := range d.app.store.EachCase(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b casework.Case) int { return b.CreatedAt.Compare(a.CreatedAt) })
	out := make([]phones.Case, 0, len(all))
	for _, c := range all {
		name := d.app.work.Tree.PathName(c.Cell)
		row := phones.Case{
			Number: c.Shown(), State: d.inEveryLanguage("state." + string(c.State)), Late: c.Late(d.clock.Now()),
			Cell: phones.Words{"zh-CN": name, "en": name}, Code: string(d.app.work.Tree.Township(c.Cell)), Done: !c.State.Underway(),
		}
		if c.CaseNo != "" { // two numbers: the registration and the case
			row.Report = c.Number
		}
		row.Due, _ = c.Due()
		out = append(out, row)
	}
	return out, nil
}

func (d *demo) inEveryLanguage(key string) phones.Words {
	out := make(phones.Words)
	for _, lang := range texts.Langs() {
		out[string(lang)] = d.app.desk.Texts.Plain(lang, key, nil)
	}
	return out
}
