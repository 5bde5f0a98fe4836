package web

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/handlers/answer"
	"github.com/gridwarden/gridwarden/handlers/saying"
)

// followData fills pages/follow.html.
type followData struct {
	Number string
	Code   string
	Error  string
	Found  bool
	Own    bool
	Asks   bool
	Said   []saying.Saying
	Status saying.Saying
	Mail   []saying.Saying // the newest first
}

// follow asks for number and code.
func (s *Site) follow(v *visit) (page, error) {
	return s.followPage(v, followData{Number: v.r.URL.Query().Get("number")}, 0), nil
}

// lookUp shows a report to whoever has its number and its code, and does what is asked for there. Number and code come with
// every form of the page, so nothing has to be remembered in between, and no other site can ask in the visitor's name.
func (s *Site) lookUp(v *visit) (page, error) {
	f, err := s.readForm(v.w, v.r)
	if err != nil {
		return s.followPage(v, followData{Error: v.words(err)}, http.StatusBadRequest), nil
	}
	d := followData{Number: f.Get("number"), Code: f.Get("code")}
	found, err := s.o.Door.Visit(v.ctx, Visit{
		Lang: string(v.lang), Visitor: s.visitor(v.r), Number: d.Number, Code: d.Code, Data: f.Get("data"), Words: f.Get("words"), Files: f.files,
	})
	if err != nil {
		if grid.CodeOf(err) == grid.Internal {
			return page{}, err
		}
		d.Error = v.words(err)
		return s.followPage(v, d, http.StatusUnprocessableEntity), nil
	}
	d.Number, d.Found, d.Own, d.Asks = found.Number, true, found.Own, found.Asks
	d.Said, d.Status = saying.All(found.Said), saying.Of(found.Status)
	for i := len(found.Mail) - 1; i >= 0; i-- {
		d.Mail = append(d.Mail, saying.Of(found.Mail[i]))
	}
	return s.followPage(v, d, 0), nil
}

func (s *Site) followPage(v *visit, d followData, status int) page {
	title := v.t("web.follow.title")
	if d.Found {
		title = v.t("web.follow.of", map[string]any{"number": d.Number})
	}
	return page{name: "follow", title: title, data: d, status: status, private: true}
}

// answered is a saying with what it takes to answer it.
type answered struct {
	Saying       saying.Saying
	Own          bool
	Number, Code string
}

func answering(d followData, said saying.Saying) answered {
	return answered{Saying: said, Own: d.Own, Number: d.Number, Code: d.Code}
}

// pictureFor is how long the address of a picture is good.
const pictureFor = 15 * time.Minute

// pictureAddress is where the page that is shown at now finds a picture: an address that nobody can make up, for a while.
func (s *Site) pictureAddress(sha string, now time.Time) string {
	until := strconv.FormatInt(now.Add(pictureFor).Unix(), 10)
	return "/follow/picture/" + sha + "?until=" + until + "&sign=" + base64.RawURLEncoding.EncodeToString(s.signPicture(sha, until))
}

func (s *Site) signPicture(sha, until string) []byte {
	n, _ := strconv.ParseInt(until, 10, 64)
	return s.sign("picture", binary.BigEndian.AppendUint64([]byte(sha), uint64(n))) //nolint:gosec // any bits
}

var shaForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// picture shows a picture to whoever was given its address.
func (s *Site) picture(w http.ResponseWriter, r *http.Request) {
	sha, q := r.PathValue("sha"), r.URL.Query()
	until, err := strconv.ParseInt(q.Get("until"), 10, 64)
	given, bad := base64.RawURLEncoding.DecodeString(q.Get("sign"))
	if err != nil || bad != nil || !shaForm.MatchString(sha) || s.o.Clock().Unix() > until || !hmac.Equal(given, s.signPicture(sha, q.Get("until"))) {
		http.NotFound(w, r)
		return
	}
	data, err := s.o.Door.Picture(r.Context(), sha)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", http.DetectContentType(data))
	w.Header().Set("Cache-Control", "private, max-age=900")
	answer.Whole(w, r, http.StatusOK, data)
}
