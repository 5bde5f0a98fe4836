package papers

import (
	"archive/zip"
	_ "embed"
	"encoding/xml"
	"strconv"
	"strings"
)

// numbering is how the lists of a Word document are numbered, by list and level.
type numbering map[string][]level

// level is how one level of a list is numbered: %1 in its text is the number of the first level.
type level struct {
	format, text string
	start        int
}

// xmlNumbering is word/numbering.xml.
type xmlNumbering struct {
	Abstract []struct {
		ID     string `xml:"abstractNumId,attr"`
		Levels []struct {
			Start  val `xml:"start"`
			Format val `xml:"numFmt"`
			Text   val `xml:"lvlText"`
		} `xml:"lvl"`
	} `xml:"abstractNum"`
	Lists []struct {
		ID       string `xml:"numId,attr"`
		Abstract val    `xml:"abstractNumId"`
	} `xml:"num"`
}

type val struct {
	Val string `xml:"val,attr"`
}

// readNumbering reads how the lists are numbered; a document without lists has none.
func readNumbering(z *zip.Reader) numbering {
	data, err := member(z, "word/numbering.xml")
	if err != nil {
		return nil
	}
	var x xmlNumbering
	if xml.Unmarshal(data, &x) != nil {
		return nil // the text itself can be read all the same
	}
	out := make(numbering)
	for _, l := range x.Lists {
		for _, a := range x.Abstract {
			if a.ID != l.Abstract.Val {
				continue
			}
			levels := make([]level, len(a.Levels))
			for i, v := range a.Levels {
				start, err := strconv.Atoi(v.Start.Val)
				if err != nil {
					start = 1
				}
				levels[i] = level{format: v.Format.Val, text: v.Text.Val, start: start}
			}
			out[l.ID] = levels
		}
	}
	return out
}

// print is the number of a paragraph, from the counts of its level and those above.
func (l level) print(at []int, all []level) string {
	if l.format == "bullet" || l.format == "none" {
		return ""
	}
	out := l.text
	for i, n := range at {
		out = strings.ReplaceAll(out, "%"+strconv.Itoa(i+1), all[i].number(n+all[i].start-1))
	}
	return out
}

//go:embed digits.txt
var digitsFile string

// digits are those of Chinese from zero to nine, and ten.
var digits = []rune(strings.TrimSpace(digitsFile))

// number writes one number in the level's format.
func (l level) number(n int) string {
	if !strings.Contains(strings.ToLower(l.format), "chinese") && l.format != "japaneseCounting" && l.format != "taiwaneseCountingThousand" ||
		n < 1 || n > 99 {
		return strconv.Itoa(n)
	}
	out := ""
	if n >= 20 {
		out = string(digits[n/10])
	}
	if n >= 10 {
		out += string(digits[10])
	}
	if n%10 > 0 {
		out += string(digits[n%10])
	}
	return out
}
