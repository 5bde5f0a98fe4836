package paper

// Table is a table that runs on: its head stands again on every page that it reaches.
type Table struct {
	Heads  []string  // none: no head
	Widths []float64 // shares of the width, one for each column; all alike when nil
	Rows   [][]string
	Size   float64 // of the text, in points; 10 when 0
}

const cellPad = 4

// Table writes the table. A row is as high as its highest cell and stays on one page unless it is higher than that; a cell too
// many is left out.
func (d *Doc) Table(t Table) {
	s := Style{Size: t.Size, Lead: 1.35}
	if s.Size == 0 {
		s.Size = 10
	}
	columns := len(t.Heads)
	for _, r := range t.Rows {
		columns = max(columns, len(r))
	}
	widths := d.columns(t.Widths, columns)
	if len(t.Heads) > 0 {
		first := 0.0
		if len(t.Rows) > 0 {
			first = d.rowHeight(t.Rows[0], widths, s)
		}
		d.room(d.rowHeight(t.Heads, widths, s) + min(first, d.bottom()/2))
		d.row(t.Heads, widths, s, true)
	}
	for _, r := range t.Rows {
		high := d.rowHeight(r, widths, s)
		page := d.pages
		d.room(high)
		if d.pages != page && page > 0 && len(t.Heads) > 0 {
			d.row(t.Heads, widths, s, true)
		}
		d.row(r, widths, s, false)
		if d.err != nil {
			return
		}
	}
	d.Space(cellPad)
}

func (d *Doc) columns(shares []float64, n int) []float64 {
	sum := 0.0
	out := make([]float64, n)
	for i := range out {
		out[i] = 1
		if i < len(shares) {
			out[i] = shares[i]
		}
		sum += out[i]
	}
	for i := range out {
		out[i] *= d.Width() / sum
	}
	return out
}

func (d *Doc) rowHeight(cells []string, widths []float64, s Style) float64 {
	high := s.lead()
	for i, c := range cells[:min(len(cells), len(widths))] {
		high = max(high, d.Height(c, s, widths[i]-2*cellPad))
	}
	return high + 2*cellPad
}

func (d *Doc) row(cells []string, widths []float64, s Style, head bool) {
	high := min(d.rowHeight(cells, widths, s), d.bottom()-d.y)
	x := float64(marginSide)
	for i, w := range widths {
		fill := White
		if head {
			fill = Pale
		}
		d.Box(x, d.y, w, high, fill, Gray)
		if i < len(cells) {
			d.cell(x+cellPad, d.y+cellPad, w-2*cellPad, high-2*cellPad, cells[i], s)
		}
		x += w
	}
	d.y += high
}

// cell writes what fits; what does not ends with an ellipsis.
func (d *Doc) cell(x, y, width, high float64, text string, s Style) {
	all, err := s.lines(text, width)
	d.do(err)
	var lines []string
	for _, p := range all {
		if len(p) == 0 {
			p = []string{""}
		}
		lines = append(lines, p...)
	}
	if most := max(int(high/s.lead()+0.01), 1); len(lines) > most {
		lines = lines[:most]
		lines[most-1] += "…"
	}
	for _, line := range lines {
		d.line(x, y, width, line, s)
		y += s.lead()
	}
}

// Box draws a filled rectangle with an edge.
func (d *Doc) Box(x, y, width, high float64, fill, edge Color) {
	if d.err != nil {
		return
	}
	d.pdf.SetLineWidth(0.5)
	d.pdf.SetFillColor(fill.R, fill.G, fill.B)
	d.pdf.SetStrokeColor(edge.R, edge.G, edge.B)
	d.pdf.RectFromUpperLeftWithStyle(x, y, width, high, "FD")
}

// Line draws a straight line.
func (d *Doc) Line(x1, y1, x2, y2, thick float64, c Color) {
	if d.err != nil {
		return
	}
	d.pdf.SetLineWidth(thick)
	d.pdf.SetStrokeColor(c.R, c.G, c.B)
	d.pdf.Line(x1, y1, x2, y2)
}

// Rule draws a line from margin to margin.
func (d *Doc) Rule(thick float64, c Color) {
	d.room(3 * thick)
	d.Line(marginSide, d.y, marginSide+d.Width(), d.y, thick, c)
	d.y += 2 * thick
}
