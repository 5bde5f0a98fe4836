package web

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"html/template"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/consultation"
	"github.com/gridwarden/gridwarden/grid/hearing"
	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Vote is what a visitor answered. New says that their browser was given its name just now.
type Vote struct {
	Consultation string
	Voter        string
	New          bool
	Visitor      string
	Choices      map[int][]int
	Words        map[int]string
}

// consultationsData fills pages/consultations.html.
type consultationsData struct {
	Open, Past []consultation.Public
	Hearings   []hearing.Public
	Paging     paging // of those that are over, and of the hearings
}

// consultationsLength is how many of each stand on a page.
const consultationsLength = 50

// counting is what lists are numbered with.
var counting = template.FuncMap{"add": func(a, b int) int { return a + b }}

// mostConsultations is how many are read, the newest.
const mostConsultations = 200

// consultations lists what is put to the public, what came of it, and the hearings.
func (s *Site) consultations(v *visit) (page, error) {
	var d consultationsData
	err := eachRecord(v, s.o.Records, consultation.Kind, consultation.Shown, func(c consultation.Consultation) {
		p, ok := c.Public(v.now)
		switch {
		case !ok:
		case p.Stage == consultation.Open:
			d.Open = append(d.Open, p)
		default:
			d.Past = append(d.Past, p)
		}
	})
	if err == nil {
		err = eachRecord(v, s.o.Records, hearing.Kind, hearing.Shown, func(h hearing.Hearing) {
			if p, ok := h.Public(v.now); ok {
				d.Hearings = append(d.Hearings, p)
			}
		})
	}
	longest := max(len(d.Past), len(d.Hearings))
	n := v.pageOf(longest, consultationsLength)
	d.Past, d.Hearings, d.Paging = cut(d.Past, n, consultationsLength), cut(d.Hearings, n, consultationsLength), v.paging(n, longest, consultationsLength)
	return page{name: "consultations", title: v.t("web.consult.title"), data: d}, err
}

// eachRecord reads what stands on a shelf, the newest first.
func eachRecord[T any](v *visit, records Records, kind ledger.DossierKind, shelf ledger.Shelf, take func(T)) error {
	ids, err := records.Shelf(v.ctx, kind, shelf, 0, math.MaxInt64, math.MaxInt32)
	if err != nil {
		return err
	}
	found, err := records.Dossiers(v.ctx, kind, ids[max(0, len(ids)-mostConsultations):])
	if err != nil {
		return err
	}
	for i := len(found) - 1; i >= 0; i-- {
		var it T
		if err := found[i].Into(&it); err != nil {
			return err
		}
		take(it)
	}
	return nil
}

// consultationData fills pages/consultation.html.
type consultationData struct {
	consultation.Public

	Token  string
	Error  string
	Said   bool           // the visitor's answer was taken
	Paging paging         // of the opinions
	Words  map[int]string // that were not taken, by question
	Most   int            // characters of an answer in words
}

// opinionsLength is how many opinions on each question stand on a page.
const opinionsLength = 30

// turnOpinions leaves of the results those opinions that stand on the page that the visitor asks for.
func (v *visit) turnOpinions(p *consultation.Public) paging {
	if p.Found == nil {
		return paging{}
	}
	longest := 0
	for _, q := range p.Found.Questions {
		longest = max(longest, len(q.Opinions))
	}
	n := v.pageOf(longest, opinionsLength)
	found := *p.Found
	found.Questions = slices.Clone(found.Questions)
	for i := range found.Questions {
		found.Questions[i].Opinions = cut(found.Questions[i].Opinions, n, opinionsLength)
	}
	p.Found = &found
	return v.paging(n, longest, opinionsLength)
}

// consultation shows one, with its form while it is open.
func (s *Site) consultation(v *visit) (page, error) {
	return s.consultationPage(v, "", v.r.URL.Query().Get("said") == "1", 0, nil)
}

func (s *Site) consultationPage(v *visit, wrong string, said bool, status int, words map[int]string) (page, error) {
	p, err := s.findConsultation(v)
	if err != nil {
		return page{}, err
	}
	turning := v.turnOpinions(&p)
	d := consultationData{Public: p, Error: wrong, Said: said, Paging: turning, Words: words, Most: consultation.MaxWords}
	if s.o.Door != nil && p.Stage == consultation.Open {
		d.Token = s.token(v.now)
	}
	return page{name: "consultation", title: p.Title, data: d, status: status, private: d.Token != ""}, nil
}

func (s *Site) findConsultation(v *visit) (consultation.Public, error) {
	return asked[consultation.Consultation, consultation.Public](s, v, consultation.Kind)
}

// consultationFile is a document that is put to the public, counted from 1: nobody comes to one of a consultation that is not shown.
func (s *Site) consultationFile(v *visit) (page, error) {
	p, err := s.findConsultation(v)
	if err != nil {
		return page{}, err
	}
	n, err := strconv.Atoi(v.r.PathValue("n"))
	if err != nil || n < 1 || n > len(p.Files) || s.o.Documents == nil {
		return s.notThere(v), nil //nolint:nilerr // there is no such file
	}
	f := p.Files[n-1]
	data, err := s.o.Documents(v.ctx, f.Unique)
	if err != nil {
		return page{}, err
	}
	return page{file: &download{name: f.Name, kind: http.DetectContentType(data), data: data}}, nil
}

// vote takes a visitor's answer. The form's token says that they have read it; their browser is known again by a signed cookie that holds
// a random name for this consultation and nothing else. Whoever deletes it counts as somebody else, up to the quota of their network.
func (s *Site) vote(v *visit) (page, error) {
	f, err := s.readForm(v.w, v.r)
	if err != nil {
		return page{}, err
	}
	p, err := s.findConsultation(v)
	if err != nil {
		return page{}, err
	}
	words := wordsIn(f, len(p.Questions))
	if state, _ := s.checkToken(f.Get("token"), v.now); state != tokenGood {
		return s.consultationPage(v, v.t("web.consult.again"), false, http.StatusUnprocessableEntity, words)
	}
	voter, known := s.voter(v.r, p.ID)
	if !known {
		voter = newVoter()
	}
	err = s.o.Door.Vote(v.ctx, Vote{
		Consultation: p.ID, Voter: voter, New: !known, Visitor: s.visitor(v.r), Choices: choicesIn(f, len(p.Questions)), Words: words,
	})
	if err != nil {
		if grid.CodeOf(err) == grid.Internal {
			return page{}, err
		}
		return s.consultationPage(v, v.words(err), false, http.StatusUnprocessableEntity, words)
	}
	http.SetCookie(v.w, &http.Cookie{
		Name: voterCookie(p.ID), Value: voter + "." + s.signVoter(p.ID, voter), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(s.o.Base, "https://"), Expires: p.Closes.Add(24 * time.Hour),
	})
	return page{to: "/consultations/" + p.ID + "?said=1"}, nil
}

func voterCookie(id string) string { return "answer-" + id }

// voter reads the name that this browser was given for a consultation.
func (s *Site) voter(r *http.Request, id string) (string, bool) {
	c, err := r.Cookie(voterCookie(id))
	if err != nil {
		return "", false
	}
	voter, sign, _ := strings.Cut(c.Value, ".")
	return voter, hmac.Equal([]byte(sign), []byte(s.signVoter(id, voter)))
}

func (s *Site) signVoter(id, voter string) string {
	return base64.RawURLEncoding.EncodeToString(s.sign("voter/"+id, []byte(voter)))
}

func newVoter() string {
	raw := make([]byte, 12)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

// choicesIn reads the options that were chosen, by question.
func choicesIn(f form, questions int) map[int][]int {
	out := make(map[int][]int)
	for q := range questions {
		for _, o := range f.Values["q"+strconv.Itoa(q)] {
			if n, err := strconv.Atoi(o); err == nil {
				out[q] = append(out[q], n)
			}
		}
	}
	return out
}

// wordsIn reads what was written, by question. A browser sends each end of a line as two characters, and counts it as one.
func wordsIn(f form, questions int) map[int]string {
	out := make(map[int]string)
	for q := range questions {
		if w := strings.TrimSpace(strings.ReplaceAll(f.Get("w"+strconv.Itoa(q)), "\r\n", "\n")); w != "" {
			out[q] = w
		}
	}
	return out
}
