package botapi

import "github.com/go-telegram/bot/models"

// SendsLocation sends a point of the map, in degrees of WGS-84. An accuracy of zero metres is a point that was picked
// by hand; a fix of the device has one.
func (p *Person) SendsLocation(latitude, longitude, accuracy float64, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		m.Location = &models.Location{Latitude: latitude, Longitude: longitude, HorizontalAccuracy: accuracy}
	}, options)
}

// SharesLive begins to share the place where the person is for so many seconds.
func (p *Person) SharesLive(latitude, longitude, accuracy float64, seconds int, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		m.Location = &models.Location{
			Latitude: latitude, Longitude: longitude, HorizontalAccuracy: accuracy, LivePeriod: seconds,
		}
	}, options)
}

// Moves goes on with a live location: the bot gets edited_message. It reports whether there is such a message.
func (p *Person) Moves(messageID int, latitude, longitude float64, options ...Sending) bool {
	return p.edit(messageID, options, func(m *models.Message) {
		if m.Location != nil {
			at := *m.Location
			at.Latitude, at.Longitude = latitude, longitude
			m.Location = &at
		}
	})
}

// StopsSharing ends a live location: its last edit has no live_period.
func (p *Person) StopsSharing(messageID int, options ...Sending) bool {
	return p.edit(messageID, options, func(m *models.Message) {
		if m.Location != nil {
			at := *m.Location
			at.LivePeriod = 0
			m.Location = &at
		}
	})
}

// SendsVenue sends a named place.
func (p *Person) SendsVenue(latitude, longitude float64, name, address string, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		at := models.Location{Latitude: latitude, Longitude: longitude}
		m.Location = &at
		m.Venue = &models.Venue{Location: at, Title: name, Address: address}
	}, options)
}

// SendsContact sends a card from the address book; userID is zero for somebody without Telegram.
func (p *Person) SendsContact(phone, firstName string, userID int64, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		m.Contact = &models.Contact{PhoneNumber: phone, FirstName: firstName, UserID: userID}
	}, options)
}
