package phones

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Step is one step of a scene. Who is a phone, or several separated by "|": the first that is there. Does and Arg:
//
//	"say"       the text
//	"photo"     a built-in picture, or several separated by ",", then perhaps "|" and the caption
//	"location"  latitude and longitude in degrees, separated by ","
//	"press"     the callback data of a button, "*" standing for any text ("f1:*:submit:*"); the newest such button
//	"contact"   nothing: shares the person's number
//	"advance"   how far the clock moves on ("24h"); Who may be empty
//	"note"      nothing: only the caption
//
// {case} in a press is the case that the scene is about: the one of the first button pressed so, and no other from then on
// ("c:take:{case}"), whatever else is going on.
//
// After a step the bot's answer is waited for; a press waits for its button. An Optional step is left out when its
// button does not appear.
type Step struct {
	Who      string `json:"who,omitempty"`
	Does     string `json:"does"`
	Arg      string `json:"arg,omitempty"`
	Optional bool   `json:"optional,omitempty"`
	Caption  Words  `json:"caption,omitempty"`
}

// checks tell what is wrong with the argument of each thing that a step may do.
var checks = map[string]func(Step) error{
	"say":      checkSay,
	"photo":    checkPhoto,
	"location": checkLocation,
	"press":    checkPress,
	"advance":  checkAdvance,
	"contact":  checkNothing,
	"note":     checkNothing,
}

func (s Step) check() error {
	check := checks[s.Does]
	switch {
	case check == nil:
		return fmt.Errorf("unknown %q; known are %s", s.Does, strings.Join(slices.Sorted(maps.Keys(checks)), ", "))
	case s.Who == "" && s.Does != "advance" && s.Does != "note":
		return fmt.Errorf("nobody is named to do %q", s.Does)
	}
	return check(s)
}

func checkNothing(Step) error { return nil }

func checkSay(s Step) error {
	if strings.TrimSpace(s.Arg) == "" {
		return errors.New("nothing is said")
	}
	return nil
}

func checkPhoto(s Step) error {
	names, _ := s.pictures()
	for _, name := range names {
		if sample(name) == nil {
			return fmt.Errorf("no built-in picture %q; there are %s", name, strings.Join(sampleNames(), ", "))
		}
	}
	return nil
}

func checkLocation(s Step) error {
	_, _, err := s.point()
	return err
}

func checkPress(s Step) error {
	if _, err := path.Match(s.Arg, ""); err != nil || s.Arg == "" {
		return fmt.Errorf("%q is no pattern of callback data", s.Arg)
	}
	return nil
}

func checkAdvance(s Step) error {
	if d, err := time.ParseDuration(s.Arg); err != nil || d <= 0 || d > longest {
		return fmt.Errorf("%q is no duration up to %s, such as 24h", s.Arg, longest)
	}
	return nil
}

// point reads the argument of a location.
func (s Step) point() (lat, lon float64, err error) {
	a, b, _ := strings.Cut(s.Arg, ",")
	lat, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	lon, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if err1 != nil || err2 != nil || !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) { // NaN is neither
		return 0, 0, fmt.Errorf("%q is no point: expected latitude,longitude", s.Arg)
	}
	return lat, lon, nil
}

// pictures reads the argument of a photo.
func (s Step) pictures() (names []string, caption string) {
	list, caption, _ := strings.Cut(s.Arg, "|")
	return strings.Split(list, ","), caption
}
