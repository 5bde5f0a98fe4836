package botapi

import (
	"math"

	"github.com/go-telegram/bot/models"
)

// location reads latitude, longitude and what goes with them (Bot API, sendLocation).
func (c *call) location() (*models.Location, error) {
	var at models.Location
	for name, into := range map[string]*float64{
		"latitude": &at.Latitude, "longitude": &at.Longitude, "horizontal_accuracy": &at.HorizontalAccuracy,
	} {
		n, err := c.number(name)
		if err != nil {
			return nil, err
		}
		*into = n
	}
	if !within(at.Latitude, 90) || !within(at.Longitude, 180) {
		return nil, badRequest("wrong latitude or longitude")
	}
	if !(at.HorizontalAccuracy >= 0 && at.HorizontalAccuracy <= 1500) {
		return nil, badRequest("horizontal_accuracy must be 0-1500 metres")
	}
	period, err := c.integer("live_period")
	if err != nil {
		return nil, err
	}
	if period != 0 && period != math.MaxInt32 && (period < 60 || period > 86400) {
		return nil, badRequest("wrong live period specified")
	}
	at.LivePeriod = int(period)
	return &at, nil
}

// within is false for NaN too.
func within(n, limit float64) bool { return n >= -limit && n <= limit }

func (e *Emulator) sendLocation(c *call) (any, error) {
	m, err := e.post(c, func(m *stored) (err error) {
		m.Location, err = c.location()
		return err
	})
	if err != nil {
		return nil, err
	}
	return m.wire(), nil
}

func (e *Emulator) sendVenue(c *call) (any, error) {
	m, err := e.post(c, func(m *stored) error {
		at, err := c.location()
		if err != nil {
			return err
		}
		m.Location = at
		m.Venue = &models.Venue{Location: *at, Title: c.params["title"], Address: c.params["address"]}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m.wire(), nil
}

func (e *Emulator) sendContact(c *call) (any, error) {
	m, err := e.post(c, func(m *stored) error {
		m.Contact = &models.Contact{
			PhoneNumber: c.params["phone_number"], FirstName: c.params["first_name"],
			LastName: c.params["last_name"], VCard: c.params["vcard"],
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m.wire(), nil
}
