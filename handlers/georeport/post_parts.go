package georeport

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
)

const (
	maxWords  = 1 << 20 // bytes of a form without its photos
	maxFields = 1000
)

// readParts reads a form with parts, one after the other and in memory alone: photos lie sealed or not at all. A photo is read
// only when the key is good, so the key stands in the address or before the first photo. It answers itself when it cannot.
func (c *call) readParts() bool {
	err := c.r.ParseForm() // what stands in the address
	if err != nil {
		c.unread(err)
		return false
	}
	parts, err := c.r.MultipartReader()
	if err != nil {
		c.unread(err)
		return false
	}
	left := int64(maxWords)
	for range maxFields {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return true
		case err != nil:
			c.unread(err)
			return false
		case part.FormName() == "": // it is no field
		case part.FileName() != "":
			if !c.admitted() || !c.readPhoto(part) {
				return false
			}
		default:
			value, err := io.ReadAll(io.LimitReader(part, left+1))
			if left -= int64(len(value)); err != nil || left < 0 {
				c.unread(err)
				return false
			}
			c.r.Form.Add(part.FormName(), string(value))
		}
	}
	c.unread(nil)
	return false
}

// readPhoto reads a photo, whatever its field is called: clients call them media, media[], photo.
func (c *call) readPhoto(part *multipart.Part) bool {
	if len(c.photos) >= c.d.Rules.Photos {
		c.fail(c.tooLarge())
		return false
	}
	data, err := io.ReadAll(io.LimitReader(part, c.d.Rules.PhotoSize+1))
	if err != nil {
		c.unread(err)
		return false
	}
	if int64(len(data)) > c.d.Rules.PhotoSize {
		c.fail(c.tooLarge())
		return false
	}
	c.photos = append(c.photos, Photo{Name: short(clean(part.FileName())), Data: data})
	return true
}

// noPictures tells which files are no pictures.
func (c *call) noPictures() []fault {
	for _, p := range c.photos {
		if kind := http.DetectContentType(p.Data); kind != "image/jpeg" && kind != "image/png" && kind != "image/webp" {
			return []fault{wrong(p.Name, "image/jpeg, image/png, image/webp")}
		}
	}
	return nil
}
