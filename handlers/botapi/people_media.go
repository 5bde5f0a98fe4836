package botapi

import "github.com/go-telegram/bot/models"

// SendsPhoto sends a picture the way phones do: re-encoded in several sizes, without any metadata. Bytes that are no
// picture are passed on untouched as a single size.
func (p *Person) SendsPhoto(picture []byte, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) { m.Photo = p.e.photo(picture) }, options)
}

// SendsAlbum sends several pictures as one album: one update for each, with the same media_group_id; the caption is
// the first one's.
func (p *Person) SendsAlbum(pictures [][]byte, options ...Sending) []models.Message {
	p.e.mu.Lock()
	defer p.e.mu.Unlock()
	group := p.e.nextAlbum()
	album := make([]models.Message, 0, len(pictures))
	for i, picture := range pictures {
		album = append(album, p.send(func(m *models.Message) {
			m.Photo, m.MediaGroupID = p.e.photo(picture), group
			if i > 0 {
				m.Caption, m.CaptionEntities = "", nil
			}
		}, options))
	}
	return album
}

// SendsToAlbum sends one more picture into an album that was begun before: a late photo.
func (p *Person) SendsToAlbum(group string, picture []byte, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) { m.Photo, m.MediaGroupID = p.e.photo(picture), group }, options)
}

func (e *Emulator) photo(picture []byte) []models.PhotoSize {
	sizes, err := e.files.addPhoto(picture)
	if err != nil {
		return e.files.rawPhoto(picture)
	}
	return sizes
}

// SendsDocument sends a file untouched: a photo sent so keeps its EXIF data.
func (p *Person) SendsDocument(name, mimeType string, data []byte, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) { p.e.files.add("document", name, mimeType, data).fill(m) }, options)
}

// SendsVideo sends a video of so many seconds.
func (p *Person) SendsVideo(data []byte, seconds int, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		p.e.files.add("video", "", "video/mp4", data).fill(m)
		m.Video.Duration = seconds
	}, options)
}

// SendsVoice sends a voice message of so many seconds.
func (p *Person) SendsVoice(data []byte, seconds int, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		p.e.files.add("voice", "", "audio/ogg", data).fill(m)
		m.Voice.Duration = seconds
	}, options)
}

// SendsHugeDocument sends a file that is said to have size bytes, for limits that no test wants to fill: it has none.
func (p *Person) SendsHugeDocument(name, mimeType string, size int64, options ...Sending) models.Message {
	return p.sends(func(m *models.Message) {
		f := p.e.files.add("document", name, mimeType, nil)
		f.claimed = size
		f.fill(m)
		m.Document.FileSize = size
	}, options)
}
