package staff

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers"
	"github.com/gridwarden/gridwarden/handlers/saying"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// frame is what every page within a session is given.
type frame struct {
	CSRF    string
	Officer string
	Lists   []handlers.PageList
	Data    any
}

// desktop asks who the officer is by now and what waits, with the cases of one list.
func (s *Site) desktop(v *visit, which string, offset int) (handlers.Desktop, error) {
	return s.o.Desk.Desktop(v.r.Context(), v.session.who, which, offset)
}

// page shows a page within the session, in the officer's language.
func (s *Site) page(v *visit, d handlers.Desktop, status int, name string, data any) {
	s.render(v.w, d.Lang, status, name, frame{CSRF: v.session.csrf, Officer: d.Officer, Lists: d.Lists, Data: data})
}

// render fills the template before anything is sent.
func (s *Site) render(w http.ResponseWriter, lang texts.Lang, status int, name string, data any) {
	t, ok := s.pages[lang]
	if !ok {
		t = s.pages[texts.Reference]
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name+".html", data); err != nil {
		s.o.Log.Error("staff page not shown", slog.String("page", name), slog.Any("error", err))
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// knock asks whoever follows a link to press: what only looks at links, a scanner or a preview, uses none up.
func (s *Site) knock(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := s.read(r.PathValue("token"), s.o.Clock()); !ok {
		s.closed(w, r, "page.link_old")
		return
	}
	s.render(w, texts.Reference, http.StatusOK, "knock", nil)
}

// open uses a link up and begins the session.
func (s *Site) open(w http.ResponseWriter, r *http.Request) {
	now := s.o.Clock()
	who, once, ok := s.read(r.PathValue("token"), now)
	if !ok {
		s.closed(w, r, "page.link_old")
		return
	}
	if err := s.o.Desk.OpenPage(r.Context(), who, once, s.o.Limits().Link); err != nil {
		var known *grid.Error
		if errors.As(err, &known) && known.Code != grid.Internal {
			s.closed(w, r, known.Key)
			return
		}
		s.o.Log.ErrorContext(r.Context(), "staff page not opened", slog.Any("error", err))
		s.closed(w, r, "page.failed")
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: s.sessions.open(who, now), Path: "/staff/", MaxAge: int(s.o.Limits().Longest.Seconds()),
		HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, "/staff/", http.StatusSeeOther)
}

// list shows the worklists and one of them.
func (s *Site) list(v *visit) error {
	q := v.r.URL.Query()
	offset, _ := strconv.Atoi(q.Get("offset"))
	d, err := s.desktop(v, q.Get("list"), offset)
	if err != nil {
		return err
	}
	s.page(v, d, http.StatusOK, "list", d)
	return nil
}

// talk is what was said, with room for an answer.
type talk struct {
	Said    []saying.Saying
	Asks    bool
	Case    string // that it is about, if it is about one
	History []saying.Saying
	CSRF    string
}

// within gives a saying the session's token, for its buttons.
func within(csrf, id string, one saying.Saying) map[string]any {
	return map[string]any{"CSRF": csrf, "Case": id, "Saying": one}
}

// caseForm is a case's id as the store makes them.
var caseForm = regexp.MustCompile(`^[0-9a-z]{1,32}$`)

// caseOf shows a case: its card with what may be done, its pictures, its timeline. Each is what the chat would show this officer.
func (s *Site) caseOf(v *visit) error {
	id := v.r.PathValue("id")
	if !caseForm.MatchString(id) {
		return grid.Fail(grid.NotFound, "error.not_found")
	}
	var said [3][]saying.Saying
	for i, verb := range []string{"open", "photos", "history"} {
		answer, err := s.o.Desk.Act(v.r.Context(), v.session.who, handlers.PageDeed{Data: "c:" + verb + ":" + id})
		if err != nil {
			return err
		}
		said[i] = saying.All(answer.Said)
		s.show(v.session, said[i])
	}
	t := talk{Said: said[0], Case: id, CSRF: v.session.csrf}
	t.Said = append(t.Said, more(said[0], said[1])...)
	t.History = said[2]
	return s.answer(v, "talk", t)
}

// more are the pictures of the second that the first does not show.
func more(first, second []saying.Saying) []saying.Saying {
	var shown, pictures []string
	for _, one := range first {
		shown = append(shown, one.Pictures...)
	}
	for _, one := range second {
		for _, p := range one.Pictures {
			if !slices.Contains(shown, p) {
				pictures = append(pictures, p)
			}
		}
	}
	if len(pictures) == 0 {
		return nil
	}
	return []saying.Saying{{Pictures: pictures}}
}

// answer shows what came of something that was done or opened.
func (s *Site) answer(v *visit, name string, data any) error {
	d, err := s.desktop(v, "", 0)
	if err != nil {
		return err
	}
	s.page(v, d, http.StatusOK, name, data)
	return nil
}

// act presses a button or says something, and shows what is said in answer.
func (s *Site) act(v *visit) error {
	form := v.r.PostForm
	deed := handlers.PageDeed{Data: form.Get("data"), Words: form.Get("words"), Files: v.files}
	if number := strings.TrimSpace(form.Get("number")); number != "" {
		deed.Words = "/find " + number
	}
	answer, err := s.o.Desk.Act(v.r.Context(), v.session.who, deed)
	if err != nil {
		return err
	}
	t := talk{Said: saying.All(answer.Said), Asks: answer.Asks, CSRF: v.session.csrf}
	if id := form.Get("case"); caseForm.MatchString(id) {
		t.Case = id
	}
	s.show(v.session, t.Said)
	return s.answer(v, "talk", t)
}

// result is what became of one of several cases.
type result struct {
	Case   string
	Number string // as the list showed it
	Said   []saying.Saying
}

// severalVerbs are what may be done to several cases at once: what needs no words.
var severalVerbs = map[string]bool{"accept": true, "take": true, "assign_plan": true}

// maxSeveral is how many cases are done at once.
const maxSeveral = 50

// several does one thing to several cases, each as if its own button were pressed, and says of each what became of it.
func (s *Site) several(v *visit) error {
	form := v.r.PostForm
	verb, ids := form.Get("verb"), form["case"]
	if !severalVerbs[verb] || len(ids) == 0 || len(ids) > maxSeveral {
		return grid.Fail(grid.Invalid, "error.page.several")
	}
	out := make([]result, 0, len(ids))
	for _, id := range ids {
		if !caseForm.MatchString(id) {
			continue
		}
		answer, err := s.o.Desk.Act(v.r.Context(), v.session.who, handlers.PageDeed{Data: "c:" + verb + ":" + id})
		if err != nil {
			return err
		}
		said := saying.All(answer.Said)
		s.show(v.session, said)
		out = append(out, result{Case: id, Number: form.Get("number_" + id), Said: said})
	}
	return s.answer(v, "several", out)
}

// mapPage shows the map with the lists beside it.
func (s *Site) mapPage(v *visit) error {
	d, err := s.desktop(v, v.r.URL.Query().Get("list"), 0)
	if err != nil {
		return err
	}
	s.page(v, d, http.StatusOK, "map", d)
	return nil
}

func (s *Site) mapPicture(v *visit) error {
	data, err := s.o.Desk.PageMap(v.r.Context(), v.session.who)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "image/png")
	_, err = v.w.Write(data)
	return err
}

// picture brings a picture that this session was shown.
func (s *Site) picture(v *visit) error {
	sha := v.r.PathValue("sha")
	if shown, _ := s.may(v.session, sha); !shown {
		return grid.Fail(grid.NotFound, "error.not_found")
	}
	if _, err := s.desktop(v, "", 0); err != nil { // in office no more
		return err
	}
	data, err := s.o.Evidence.Show(v.r.Context(), sha)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", http.DetectContentType(data))
	_, err = v.w.Write(data)
	return err
}

// file brings a file that a message of this session brought.
func (s *Site) file(v *visit) error {
	sha := v.r.PathValue("sha")
	if _, shown := s.may(v.session, sha); !shown {
		return grid.Fail(grid.NotFound, "error.not_found")
	}
	if _, err := s.desktop(v, "", 0); err != nil {
		return err
	}
	data, err := s.o.Evidence.Parcel(v.r.Context(), sha)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/octet-stream")
	v.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": v.r.URL.Query().Get("name")}))
	_, err = v.w.Write(data)
	return err
}

// leave ends the session.
func (s *Site) leave(v *visit) error {
	s.End(v.session.who)
	s.closed(v.w, v.r, "page.left")
	return nil
}

// formOf reads a form and tells whether it carries the session's token. Files stay in memory.
func (s *Site) formOf(v *visit) bool {
	kind, _, _ := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return v.r.ParseForm() == nil && v.session.owns(v.r.PostForm.Get("token"))
	}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return false
	}
	v.r.PostForm = make(url.Values)
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return v.session.owns(v.r.PostForm.Get("token"))
		}
		if err != nil {
			return false
		}
		if part.FileName() != "" && !v.session.owns(v.r.PostForm.Get("token")) { // it stands before all files
			return false
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return false
		}
		switch {
		case part.FileName() == "":
			v.r.PostForm.Add(part.FormName(), string(data))
		case len(data) > 0:
			v.files = append(v.files, handlers.DoorFile{Name: part.FileName(), Data: data})
		}
	}
}

// caseOf is the case that a button opens; empty for any other button.
func caseOf(data string) string {
	id, ok := strings.CutPrefix(data, "c:open:")
	if !ok || !caseForm.MatchString(id) {
		return ""
	}
	return id
}
