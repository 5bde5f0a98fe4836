package flow

import (
	"slices"

	"github.com/gridwarden/gridwarden/handlers/texts"
)

// summary shows the report as it will be submitted.
func (t *turn) summary() {
	d := t.s.Draft
	t.s.Step = stepSummary
	r := Reply{Key: "report.summary", Args: texts.Args{
		"words":      clipTo(d.Text(), summaryWords),
		"categories": t.categoryNames(d.Categories),
		"place":      t.placeLine(),
		"cell":       t.cellLine(),
		"files":      t.filesLine(),
		"phone":      texts.Text{Key: "report.summary_anonymous"},
		"warning":    texts.Text{},
	}}
	if phoneForm.MatchString(narrow(d.Text())) {
		r.Args["warning"] = texts.Text{Key: "report.summary_reveals"}
	}
	if d.Phone != "" {
		r.Args["phone"] = texts.Text{Key: "report.summary_phone", Args: args("phone", masked(d.Phone))}
	}
	if d.Name != "" {
		phone := texts.Text{Key: "name.no_phone"}
		if d.Phone != "" {
			phone = texts.Text{Key: "name.phone", Args: args("phone", masked(d.Phone))}
		}
		r.Args["phone"] = texts.Text{Key: "name.summary", Args: args("name", initial(d.Name), "phone", phone)}
	}
	r.Rows = [][]Choice{
		{t.choice("button.submit", "submit", "")},
		{t.choice("button.edit_words", "edit_words", ""), t.choice("button.edit_place", "edit_place", "")},
		{t.choice("button.edit_category", "edit_category", ""), t.choice("button.more_files", "more_files", "")},
		{t.choice("button.phone", "phone", ""), t.choice("button.name", "name", "")},
		{t.choice("button.cancel", "cancel", "")},
	}
	t.say(r)
}

// masked shows the end of a number only: enough to know it again, for others may look over the shoulder.
func masked(phone string) string {
	const shown = 4
	r := []rune(phone)
	return "****" + string(r[max(len(r)-shown, len(r)/2):])
}

// summaryWords is how much of the words the summary repeats: together with the rest it stays below Telegram's 4096
// characters even when each of them is escaped.
const summaryWords = 500

func (t *turn) placeLine() texts.Text {
	d := t.s.Draft
	switch place := d.Place(); {
	case place != "" && d.Pin != nil:
		return texts.Text{Key: "report.summary_place_pin", Args: args("place", clipTo(place, 100))}
	case place != "":
		return texts.Text{Key: "report.summary_place", Args: args("place", clipTo(place, 100))}
	case d.Pin != nil:
		return texts.Text{Key: "report.summary_pin"}
	default:
		return texts.Text{}
	}
}

// cellLine says which cell is responsible, and the part its worker plays; never who it is.
func (t *turn) cellLine() texts.Text {
	d := t.s.Draft
	name := t.cellName(d.Cell)
	role, known := t.book.Responsible(d.Cell, t.now)
	switch {
	case d.OutOfArea:
		return texts.Text{Key: "report.summary_away"}
	case d.Cell == t.book.Unassigned():
		return texts.Text{Key: "report.summary_unassigned"}
	case known:
		return texts.Text{Key: "report.summary_cell_role", Args: args("cell", name, "role", texts.Text{Key: "role." + string(role)})}
	default:
		return texts.Text{Key: "report.summary_cell", Args: args("cell", name)}
	}
}

func (t *turn) filesLine() texts.Text {
	d := t.s.Draft
	switch n := len(d.Files); {
	case n == 0:
		return texts.Text{Key: "report.summary_no_files"}
	case slices.ContainsFunc(d.Files, func(f File) bool { return f.Kind == "video" || f.Kind == "voice" }):
		return texts.Text{Key: "report.summary_sealed", Args: args("n", n)}
	case len(groups(d.Files)) > 0:
		return texts.Text{Key: "report.summary_album", Args: args("n", n)}
	default:
		return texts.Text{Key: "report.summary_files", Args: args("n", n)}
	}
}

// clipTo shortens a text to n characters.
func clipTo(text string, n int) string {
	if r := []rune(text); len(r) > n {
		return string(r[:n]) + "…"
	}
	return text
}

func (t *turn) moreFiles(string) {
	t.s.Step = stepMoreFiles
	t.ask("report.more_files", args("max", t.rules.MaxFiles))
}

// askPhone asks for the contact by Telegram's own button: nobody has to type, and Telegram vouches for the number.
func (t *turn) askPhone(string) {
	t.s.Step = stepPhone
	t.say(Reply{Key: "report.ask_phone", Ask: [][]Request{
		{{Key: "button.contact", Contact: true}},
		{{Key: "button.back"}, {Key: "button.cancel"}},
	}})
}
