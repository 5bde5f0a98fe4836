package botapi

import (
	"encoding/json"
	"strconv"

	"github.com/go-telegram/bot/models"
)

// inputMedia is one item of an album or the new content of editMessageMedia.
type inputMedia struct {
	Type            string          `json:"type"`
	Media           string          `json:"media"`
	Caption         string          `json:"caption"`
	ParseMode       string          `json:"parse_mode"`
	CaptionEntities json.RawMessage `json:"caption_entities"`
	CaptionAbove    bool            `json:"show_caption_above_media"`
}

// message makes an unsent message of the item. It takes its file from the call.
func (e *Emulator) fromMedia(c *call, item inputMedia) (*stored, error) {
	switch item.Type {
	case "photo", "video", "document", "audio":
	default:
		return nil, badRequest("can't parse InputMedia: media must be a photo, video, document or audio")
	}
	m := &stored{}
	text := &call{params: map[string]string{"caption": item.Caption, "parse_mode": item.ParseMode, "caption_entities": string(item.CaptionEntities)}}
	var err error
	if m.Caption, m.CaptionEntities, err = text.caption(); err != nil {
		return nil, err
	}
	m.ShowCaptionAboveMedia = item.CaptionAbove
	return m, e.attach(c, m, item.Type, item.Media, "")
}

// sendMediaGroup sends 2-10 items as one album; documents and audio stay among their own kind.
func (e *Emulator) sendMediaGroup(c *call) (any, error) {
	ch, err := e.target(c)
	if err != nil {
		return nil, err
	}
	var items []inputMedia
	if json.Unmarshal([]byte(c.params["media"]), &items) != nil {
		return nil, badRequest("can't parse media JSON object")
	}
	if len(items) < 2 || len(items) > 10 {
		return nil, badRequest("wrong number of media in the album: %d, must be 2-10", len(items))
	}
	reply, err := c.repliedTo(ch)
	if err != nil {
		return nil, err
	}
	album := make([]*stored, 0, len(items))
	for _, item := range items {
		if item.Type != items[0].Type && (separate(item.Type) || separate(items[0].Type)) {
			return nil, badRequest("%ss can't be mixed with other media types", title(item.Type))
		}
		m, err := e.fromMedia(c, item)
		if err != nil {
			return nil, err
		}
		album = append(album, m)
	}
	if err := e.sends.take(e.clock(), ch, len(album)); err != nil {
		return nil, err
	}
	group := e.nextAlbum()
	sent := make([]*wireMessage, 0, len(album))
	for _, m := range album {
		m.From, m.Date, m.MediaGroupID, m.ReplyToMessage = e.bot(), int(e.clock().Unix()), group, reply
		e.deliver(ch, m, nil)
		sent = append(sent, m.wire())
	}
	return sent, nil
}

func separate(kind string) bool { return kind == "document" || kind == "audio" }

func (e *Emulator) nextAlbum() string {
	e.lastAlbum++
	return strconv.FormatInt(13000000000000000+e.lastAlbum, 10)
}

// editMessageMedia replaces the file of a message, or puts one in the place of a text.
func (e *Emulator) editMessageMedia(c *call) (any, error) {
	m, keys, err := e.edited(c)
	if err != nil {
		return nil, err
	}
	var item inputMedia
	if json.Unmarshal([]byte(c.params["media"]), &item) != nil {
		return nil, badRequest("can't parse InputMedia JSON object")
	}
	fresh, err := e.fromMedia(c, item)
	if err != nil {
		return nil, err
	}
	return e.change(m, func(n *stored) {
		n.Text, n.Entities = "", nil
		n.Photo, n.Video, n.Document, n.Audio = fresh.Photo, fresh.Video, fresh.Document, fresh.Audio
		n.Caption, n.CaptionEntities = fresh.Caption, fresh.CaptionEntities
		n.setKeys(keys)
	})
}

// fileID names the file in a message, to tell whether an edit changed it.
func fileID(m *models.Message) string {
	switch {
	case len(m.Photo) > 0:
		return m.Photo[len(m.Photo)-1].FileUniqueID
	case m.Video != nil:
		return m.Video.FileUniqueID
	case m.Document != nil:
		return m.Document.FileUniqueID
	case m.Audio != nil:
		return m.Audio.FileUniqueID
	}
	return ""
}
