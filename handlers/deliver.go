package handlers

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/letterhead"
)

// Pictures gives the showing copy of a piece of evidence by its hash: the one without metadata.
type Pictures interface {
	Show(ctx context.Context, sha256 string) ([]byte, error)
}

// Parcels keeps files that wait to be sent, by their hash; media.Store does.
type Parcels interface {
	KeepParcel(ctx context.Context, data []byte, now time.Time) (sha256 string, err error)
	Parcel(ctx context.Context, sha256 string) ([]byte, error)
}

// BotDeliverer sends messages with go-telegram/bot. Files are built anew for every attempt.
type BotDeliverer struct {
	Bot      *bot.Bot
	Pictures Pictures
	Parcels  Parcels

	papers letterhead.Drawer
}

const telegramFile = "tg:" // marks a photo that Telegram has already, by its file id

// missingFileError means that what is to be shown or sent is not in the evidence folder.
type missingFileError struct{ err error }

func (e *missingFileError) Error() string { return "file to send: " + e.err.Error() }
func (e *missingFileError) Unwrap() error { return e.err }

// Deliver makes the next call that the message needs, most often the only one, and returns what is still to be said.
func (d *BotDeliverer) Deliver(ctx context.Context, m ledger.Message, chat int64) (*ledger.Message, error) {
	rest := m
	var err error
	switch {
	case m.Edit != 0:
		return nil, d.edit(ctx, m, chat)
	case m.Point != nil:
		rest.Point = nil
		err = d.location(ctx, m, chat)
	case len(m.Image) > 0:
		rest = captionless(rest)
		rest.Image = nil
		err = d.picture(ctx, m, chat, &models.InputFileUpload{Filename: "chart.png", Data: bytes.NewReader(m.Image)})
	case m.Paper != nil:
		rest = captionless(rest)
		rest.Paper = nil
		err = d.paper(ctx, m, chat)
	case len(m.Photos) == 1:
		rest = captionless(rest)
		rest.Photos = nil
		var file models.InputFile
		if file, err = d.photo(ctx, m.Photos[0]); err == nil {
			err = d.picture(ctx, m, chat, file)
		}
	case len(m.Photos) > 1:
		rest.Photos = m.Photos[min(albumLimit, len(m.Photos)):]
		err = d.album(ctx, m, chat)
	case m.Document != nil:
		rest = captionless(rest)
		rest.Document = nil
		err = d.document(ctx, m, chat)
	default:
		return nil, d.text(ctx, m, chat)
	}
	if rest.Text == "" && !filed(rest) {
		return nil, err
	}
	return &rest, err
}

// captioned tells whether the text goes below the picture or the file.
func captioned(m ledger.Message) bool { return seen(m.Text) <= captionLimit }

// captionless is the message without what goes below its picture or file: text and keys.
func captionless(m ledger.Message) ledger.Message {
	if captioned(m) {
		m.Text, m.Rows, m.Ask, m.Hide = "", nil, nil, false
	}
	return m
}

// filed tells whether the message has pictures or a file.
func filed(m ledger.Message) bool {
	return len(m.Photos) > 0 || len(m.Image) > 0 || m.Document != nil || m.Paper != nil
}

// cost is how many messages the next call is to Telegram.
func cost(m ledger.Message) int {
	if m.Edit != 0 || m.Point != nil || len(m.Image) > 0 || m.Paper != nil {
		return 1
	}
	return min(max(1, len(m.Photos)), albumLimit)
}

const albumLimit = 10 // pictures that Telegram takes at once

func (d *BotDeliverer) text(ctx context.Context, m ledger.Message, chat int64) error {
	off := true
	_, err := d.Bot.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: chat, Text: fit(m.Text, textLimit), ParseMode: models.ParseModeHTML, ReplyMarkup: markup(m),
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &off}, ProtectContent: m.Secret,
	})
	return err
}

func (d *BotDeliverer) edit(ctx context.Context, m ledger.Message, chat int64) error {
	if m.Shown {
		_, err := d.Bot.EditMessageCaption(ctx, &bot.EditMessageCaptionParams{
			ChatID: chat, MessageID: m.Edit, Caption: fit(m.Text, captionLimit), ParseMode: models.ParseModeHTML, ReplyMarkup: markup(m),
		})
		return err
	}
	off := true
	_, err := d.Bot.EditMessageText(ctx, &bot.EditMessageTextParams{
		ChatID: chat, MessageID: m.Edit, Text: fit(m.Text, textLimit), ParseMode: models.ParseModeHTML, ReplyMarkup: markup(m),
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &off},
	})
	return err
}

// paper draws the document, which has its number now, and sends it.
func (d *BotDeliverer) paper(ctx context.Context, m ledger.Message, chat int64) error {
	drawn, err := d.papers.Draw(*m.Paper)
	if err != nil {
		return &missingFileError{err}
	}
	return d.picture(ctx, m, chat, &models.InputFileUpload{Filename: "numbered-document.png", Data: bytes.NewReader(drawn)})
}

// picture sends one photo with the text as its caption, unless it is too long for one.
func (d *BotDeliverer) picture(ctx context.Context, m ledger.Message, chat int64, file models.InputFile) error {
	params := &bot.SendPhotoParams{ChatID: chat, Photo: file, ParseMode: models.ParseModeHTML}
	if captioned(m) {
		params.Caption, params.ReplyMarkup = m.Text, markup(m)
	}
	_, err := d.Bot.SendPhoto(ctx, params)
	return err
}

// album sends the pictures, as far as they are there to be shown.
func (d *BotDeliverer) album(ctx context.Context, m ledger.Message, chat int64) error {
	names := m.Photos[:min(albumLimit, len(m.Photos))]
	media := make([]models.InputMedia, 0, len(names))
	var missing error
	var one string
	for i, name := range names {
		if id, ok := strings.CutPrefix(name, telegramFile); ok {
			media, one = append(media, &models.InputMediaPhoto{Media: id}), name
			continue
		}
		raw, err := d.Pictures.Show(ctx, name)
		if err != nil {
			missing = &missingFileError{err}
			continue
		}
		one = name
		media = append(media, &models.InputMediaPhoto{
			Media: fmt.Sprintf("attach://photo%d.jpg", i), MediaAttachment: bytes.NewReader(raw),
		})
	}
	switch len(media) {
	case 0:
		return missing
	case 1: // Telegram takes no album of one
		return d.lone(ctx, one, chat)
	}
	_, err := d.Bot.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: chat, Media: media})
	return err
}

// lone sends the one picture of an album that is there.
func (d *BotDeliverer) lone(ctx context.Context, name string, chat int64) error {
	file, err := d.photo(ctx, name)
	if err != nil {
		return err
	}
	_, err = d.Bot.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: chat, Photo: file})
	return err
}

func (d *BotDeliverer) photo(ctx context.Context, name string) (models.InputFile, error) {
	if id, ok := strings.CutPrefix(name, telegramFile); ok {
		return &models.InputFileString{Data: id}, nil
	}
	raw, err := d.Pictures.Show(ctx, name)
	if err != nil {
		return nil, &missingFileError{err}
	}
	return &models.InputFileUpload{Filename: "photo.jpg", Data: bytes.NewReader(raw)}, nil
}

// location sends the point, with the keyboard when no text follows that could carry it.
func (d *BotDeliverer) location(ctx context.Context, m ledger.Message, chat int64) error {
	params := &bot.SendLocationParams{ChatID: chat, Latitude: m.Point.Lat, Longitude: m.Point.Lon}
	if m.Text == "" && !filed(m) {
		params.ReplyMarkup = markup(m)
	}
	_, err := d.Bot.SendLocation(ctx, params)
	return err
}

// document sends a file with the text as its caption, unless it is too long for one. Telegram is to leave it a file: a
// chart or a film that is evidence must not be made into something else.
func (d *BotDeliverer) document(ctx context.Context, m ledger.Message, chat int64) error {
	data, err := d.Parcels.Parcel(ctx, m.Document.SHA256)
	if err != nil {
		return &missingFileError{err}
	}
	params := &bot.SendDocumentParams{
		ChatID: chat, ParseMode: models.ParseModeHTML, DisableContentTypeDetection: true,
		Document: &models.InputFileUpload{Filename: m.Document.Name, Data: bytes.NewReader(data)},
	}
	if captioned(m) {
		params.Caption, params.ReplyMarkup = m.Text, markup(m)
	}
	_, err = d.Bot.SendDocument(ctx, params)
	return err
}
