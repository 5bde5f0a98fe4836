package web

import (
	"net/http"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/hearing"
)

// SignUp is a visitor who wants to come to a hearing.
type SignUp struct {
	Hearing string
	Visitor string // whose quota it counts to
	Once    string // the same form sent twice is one sign-up
	Lang    string
	Name    string
	Phone   string
}

// SeatCode is a visitor who comes back with the code that they were given.
type SeatCode struct {
	Hearing string
	Visitor string
	Code    string
	Leave   bool // they do not come
}

// Seat is how somebody who signed up stands.
type Seat struct {
	Code     string // the way back
	Door     string // the part of it that is shown at the door
	Standing hearing.Standing
	Waits    int // place on the waiting list, from 1
	MayLeave bool
}

// hearingData fills pages/hearing.html.
type hearingData struct {
	hearing.Public

	Token string // of the form to sign up; empty: nobody can
	Codes bool   // codes are asked for
	Error string
	Name  string // as the visitor wrote it
	Phone string
	Mine  *Seat
	New   bool // just now
}

// hearing shows one hearing, with a form for whoever wants to come and one for whoever has a code.
func (s *Site) hearing(v *visit) (page, error) { return s.hearingPage(v, hearingData{}, 0) }

func (s *Site) findHearing(v *visit) (hearing.Public, error) {
	return asked[hearing.Hearing, hearing.Public](s, v, hearing.Kind)
}

func (s *Site) hearingPage(v *visit, d hearingData, status int) (page, error) {
	p, err := s.findHearing(v)
	if err != nil {
		return page{}, err
	}
	d.Public, d.Codes = p, s.o.Door != nil
	if s.o.Door != nil && p.Open() && d.Mine == nil {
		d.Token = s.token(v.now)
	}
	return page{name: "hearing", title: p.Title, data: d, status: status, private: d.Codes}, nil
}

// signUp takes a seat for a visitor, or tells one who has a code how they stand. The code comes with every form of the page and stands
// in no address.
func (s *Site) signUp(v *visit) (page, error) {
	f, err := s.readForm(v.w, v.r)
	if err != nil {
		return s.hearingPage(v, hearingData{Error: v.words(err)}, http.StatusBadRequest)
	}
	p, err := s.findHearing(v)
	if err != nil {
		return page{}, err
	}
	id := p.ID
	if f.Get("code") != "" {
		seat, wrong := s.o.Door.Seat(v.ctx, SeatCode{Hearing: id, Visitor: s.visitor(v.r), Code: f.Get("code"), Leave: f.Get("leave") != ""})
		return s.hearingAnswer(v, hearingData{Mine: &seat}, wrong)
	}
	d := hearingData{Name: f.Get("name"), Phone: f.Get("phone")}
	state, nonce := s.checkToken(f.Get("token"), v.now)
	if state != tokenGood || f.Get("website") != "" { // a field that nobody sees
		d.Error = v.t("web.hearing.again")
		return s.hearingPage(v, d, http.StatusUnprocessableEntity)
	}
	seat, err := s.o.Door.SignUp(v.ctx, SignUp{Hearing: id, Visitor: s.visitor(v.r), Once: nonce, Lang: string(v.lang), Name: d.Name, Phone: d.Phone})
	d.Mine, d.New = &seat, true
	return s.hearingAnswer(v, d, err)
}

// hearingAnswer shows what became of a form, or the page with what is wrong.
func (s *Site) hearingAnswer(v *visit, d hearingData, err error) (page, error) {
	if err == nil {
		return s.hearingPage(v, d, 0)
	}
	if grid.CodeOf(err) == grid.Internal {
		return page{}, err
	}
	d.Mine, d.New, d.Error = nil, false, v.words(err)
	return s.hearingPage(v, d, http.StatusUnprocessableEntity)
}
