package web

// aboutData fills pages/about.html.
type aboutData struct {
	Sources []Source
	Square  int // metres
}

// about says what is public and what is not, how places are coarsened, how accessible the pages are and where data comes from.
func (s *Site) about(v *visit) (page, error) {
	return page{name: "about", title: v.t("web.about.title"), data: aboutData{Sources: s.o.Sources, Square: int(s.o.Square)}}, nil
}
