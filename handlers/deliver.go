package handlers

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/gridwarden/gridwarden/grid/ledger"
)

// Pictures gives the showing copy of a piece of evidence by its hash: the one without metadata.
type Pictures interface {
	Show(ctx context.Context, sha256 string) ([]byte, error)
}

// BotDeliverer sends messages with go-telegram/bot. Files are built anew for every attempt.
type BotDeliverer struct {
	Bot      *bot.Bot
	Pictures Pictures
}

const telegramFile = "tg:" // marks a photo that Telegram has already, by its file id

// Deliver makes the one or two calls that the message needs.
func (d *BotDeliverer) Deliver(ctx context.Context, m ledger.Message, chat int64) error {
	switch {
	case m.Edit != 0:
		return d.edit(ctx, m, chat)
	case len(m.Image) > 0:
		return d.picture(ctx, m, chat, &models.InputFileUpload{Filename: "chart.png", Data: bytes.NewReader(m.Image)})
	case m.Point != nil:
		return d.location(ctx, m, chat)
	case len(m.Photos) == 1:
		file, err := d.photo(ctx, m.Photos[0])
		if err != nil {
			return err
		}
		return d.picture(ctx, m, chat, file)
	case len(m.Photos) > 1:
		if err := d.album(ctx, m, chat); err != nil {
			return err
		}
	}
	return d.text(ctx, m, chat)
}

func (d *BotDeliverer) text(ctx context.Context, m ledger.Message, chat int64) error {
	off := true
	_, err := d.Bot.SendMessage(ctx, &bot.SendMessageParams{
		ChatID: chat, Text: m.Text, ParseMode: models.ParseModeHTML, ReplyMarkup: markup(m),
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &off},
	})
	return err
}

func (d *BotDeliverer) edit(ctx context.Context, m ledger.Message, chat int64) error {
	off := true
	_, err := d.Bot.EditMessageText(ctx, &bot.EditMessageTextParams{
		ChatID: chat, MessageID: m.Edit, Text: m.Text, ParseMode: models.ParseModeHTML, ReplyMarkup: markup(m),
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: &off},
	})
	return err
}

// picture sends one photo with the text as its caption; a text too long for a caption follows on its own.
func (d *BotDeliverer) picture(ctx context.Context, m ledger.Message, chat int64, file models.InputFile) error {
	params := &bot.SendPhotoParams{ChatID: chat, Photo: file, ParseMode: models.ParseModeHTML}
	fits := len(m.Text) <= captionLimit
	if fits {
		params.Caption, params.ReplyMarkup = m.Text, markup(m)
	}
	if _, err := d.Bot.SendPhoto(ctx, params); err != nil || fits {
		return err
	}
	return d.text(ctx, m, chat)
}

// captionLimit is Telegram's 1024 characters counted in bytes, the safe side of it.
const captionLimit = 1024

func (d *BotDeliverer) album(ctx context.Context, m ledger.Message, chat int64) error {
	media := make([]models.InputMedia, 0, len(m.Photos))
	for i, name := range m.Photos {
		if i == 10 { // Telegram takes ten at once
			break
		}
		if id, ok := strings.CutPrefix(name, telegramFile); ok {
			media = append(media, &models.InputMediaPhoto{Media: id})
			continue
		}
		raw, err := d.Pictures.Show(ctx, name)
		if err != nil {
			return fmt.Errorf("evidence to show: %w", err)
		}
		media = append(media, &models.InputMediaPhoto{
			Media: fmt.Sprintf("attach://photo%d.jpg", i), MediaAttachment: bytes.NewReader(raw),
		})
	}
	_, err := d.Bot.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: chat, Media: media})
	return err
}

func (d *BotDeliverer) photo(ctx context.Context, name string) (models.InputFile, error) {
	if id, ok := strings.CutPrefix(name, telegramFile); ok {
		return &models.InputFileString{Data: id}, nil
	}
	raw, err := d.Pictures.Show(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("evidence to show: %w", err)
	}
	return &models.InputFileUpload{Filename: "photo.jpg", Data: bytes.NewReader(raw)}, nil
}

// location sends the point, and the text, if there is one, as a reply-free message behind it.
func (d *BotDeliverer) location(ctx context.Context, m ledger.Message, chat int64) error {
	_, err := d.Bot.SendLocation(ctx, &bot.SendLocationParams{ChatID: chat, Latitude: m.Point.Lat, Longitude: m.Point.Lon})
	if err != nil || m.Text == "" {
		return err
	}
	return d.text(ctx, m, chat)
}
