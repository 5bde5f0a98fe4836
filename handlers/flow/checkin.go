package flow

// checkIn takes a location as proof of presence. A place picked from a list, or forwarded, proves none.
func (t *turn) checkIn() {
	e := t.e
	switch {
	case e.Point == nil:
		t.askPlace("checkin.ask", nil)
	case e.Venue != "":
		t.askPlace("checkin.not_venue", nil)
	case e.Forward:
		t.askPlace("checkin.not_forwarded", nil)
	default:
		c := CheckIn{Point: *e.Point, Accuracy: e.Accuracy, Live: e.Live, Site: t.s.Task.At, At: e.At}
		if late := e.Arrived.Sub(e.At); late > t.rules.LateArrival {
			c.Late = late
		}
		t.do(c)
		t.endStory()
	}
}
