package botapi

import (
	"strings"

	"github.com/go-telegram/bot/models"
)

// maxPhoto is the largest photo a bot may send (Bot API, "Sending files").
const maxPhoto = 10 << 20

// maxBotFile is the largest other file a bot may send.
const maxBotFile = 50 << 20

// sendMedia is sendPhoto, sendDocument, sendVideo, sendVoice and sendAudio.
func (e *Emulator) sendMedia(c *call, kind string) (any, error) {
	m, err := e.post(c, func(m *stored) error {
		var err error
		if m.Caption, m.CaptionEntities, err = c.caption(); err != nil {
			return err
		}
		m.ShowCaptionAboveMedia = c.flag("show_caption_above_media")
		return e.attach(c, m, kind, c.params[kind], kind)
	})
	if err != nil {
		return nil, err
	}
	return m.wire(), nil
}

// attach puts a file into a message: the upload under a field's name, one that the media string points to with
// attach://, or one known by its file_id.
func (e *Emulator) attach(c *call, m *stored, kind, media, field string) error {
	if name, ok := strings.CutPrefix(media, "attach://"); ok {
		field, media = name, ""
	}
	if up, ok := c.files[field]; ok {
		return e.attachUpload(m, kind, up)
	}
	switch {
	case media == "":
		return badRequest("there is no %s in the request", kind)
	case strings.HasPrefix(media, "http://"), strings.HasPrefix(media, "https://"):
		return badRequest("failed to get HTTP URL content") // the emulator never dials out
	}
	f := e.files.byID[media]
	if f == nil {
		return badRequest("wrong file identifier/HTTP URL specified")
	}
	if f.kind != kind {
		return badRequest("can't use file of type %s as %s", title(f.kind), title(kind))
	}
	f.fill(&m.Message)
	return nil
}

func (e *Emulator) attachUpload(m *stored, kind string, up upload) error {
	switch {
	case len(up.data) == 0:
		return badRequest("file must be non-empty")
	case kind == "photo" && len(up.data) > maxPhoto:
		return badRequest("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(up.data), maxPhoto)
	case len(up.data) > maxBotFile:
		return errTooLarge
	}
	if kind == "photo" {
		sizes, err := e.files.addPhoto(up.data)
		if err != nil {
			return err
		}
		m.Photo = sizes
		return nil
	}
	e.files.add(kind, up.name, "", up.data).fill(&m.Message)
	return nil
}

// fill writes the file's description into the field of a message that belongs to its kind.
func (f *file) fill(m *models.Message) {
	switch f.kind {
	case "photo":
		m.Photo = f.sizes
	case "video":
		m.Video = &models.Video{
			FileID: f.id, FileUniqueID: f.unique, Width: 640, Height: 360, Duration: 5,
			FileName: f.name, MimeType: f.mime, FileSize: int64(len(f.data)),
		}
	case "voice":
		m.Voice = &models.Voice{FileID: f.id, FileUniqueID: f.unique, Duration: 3, MimeType: f.mime, FileSize: int64(len(f.data))}
	case "audio":
		m.Audio = &models.Audio{FileID: f.id, FileUniqueID: f.unique, Duration: 3, FileName: f.name, MimeType: f.mime, FileSize: int64(len(f.data))}
	default:
		m.Document = &models.Document{
			FileID: f.id, FileUniqueID: f.unique, FileName: f.name, MimeType: f.mime, FileSize: int64(len(f.data)),
		}
	}
}
