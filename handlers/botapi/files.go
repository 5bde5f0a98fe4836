package botapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"image"
	_ "image/gif" // photos may come as GIF or PNG too
	"image/jpeg"
	_ "image/png" // see above
	"mime"
	"net/http"
	"path"
	"strconv"

	"github.com/go-telegram/bot/models"
	"golang.org/x/image/draw"
)

// file is what Telegram keeps of an upload.
type file struct {
	id, unique, path string
	kind             string // photo, document, video, voice, audio
	name, mime       string
	data             []byte
	claimed          int64              // the size it is said to have, when larger than its bytes
	sizes            []models.PhotoSize // of the photo that this is one size of
}

// fileStore keeps every file of the emulator in memory; its lock is the emulator's.
type fileStore struct {
	byID   map[string]*file
	byPath map[string]*file
	links  map[string]int64 // path → until when (Unix seconds) the link from getFile holds
	photos map[[sha256.Size]byte][]models.PhotoSize
	last   int
}

func newFileStore() *fileStore {
	return &fileStore{
		byID: map[string]*file{}, byPath: map[string]*file{}, links: map[string]int64{},
		photos: map[[sha256.Size]byte][]models.PhotoSize{},
	}
}

// folders and endings are how Telegram lays out file_path.
var folders = map[string]string{
	"photo": "photos", "document": "documents", "video": "videos", "voice": "voice", "audio": "music",
}

var endings = map[string]string{"photo": ".jpg", "video": ".mp4", "voice": ".oga", "audio": ".mp3"}

// add stores a file. Without a MIME type it is told from the name, then from the bytes.
func (s *fileStore) add(kind, name, mimeType string, data []byte) *file {
	s.last++
	sum := sha256.Sum256(data)
	if mimeType == "" {
		mimeType = mime.TypeByExtension(path.Ext(name))
	}
	if mimeType == "" {
		mimeType = http.DetectContentType(data)
	}
	ending := endings[kind]
	if ending == "" {
		ending = path.Ext(name)
	}
	number := strconv.Itoa(s.last)
	f := &file{
		id:     "BQACAgUAAxkB" + base64.RawURLEncoding.EncodeToString(sum[:12]) + number,
		unique: "AgAD" + base64.RawURLEncoding.EncodeToString(sum[:9]),
		path:   folders[kind] + "/file_" + number + ending,
		kind:   kind, name: name, mime: mimeType, data: data,
	}
	s.byID[f.id], s.byPath[f.path] = f, f
	return f
}

// photoSides are the longer sides of the sizes that Telegram makes of a photo (core.telegram.org/api/files, types
// s, m, x and y).
var photoSides = []int{90, 320, 800, 1280}

// addPhoto stores a photo in several sizes, re-encoded, so that nothing but pixels is left of it. The same picture
// again is not stored again.
func (s *fileStore) addPhoto(data []byte) ([]models.PhotoSize, error) {
	sum := sha256.Sum256(data)
	if sizes, ok := s.photos[sum]; ok {
		return sizes, nil
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	}
	w, h := config.Width, config.Height
	if w <= 0 || h <= 0 || w+h > 10000 || w > 20*h || h > 20*w { // Bot API, sendPhoto
		return nil, badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	}
	sizes := make([]models.PhotoSize, 0, len(photoSides))
	stored := make([]*file, 0, len(photoSides))
	for i, side := range photoSides {
		small := shrink(picture, side)
		f := s.add("photo", "", "image/jpeg", encode(small))
		bounds := small.Bounds()
		sizes = append(sizes, models.PhotoSize{
			FileID: f.id, FileUniqueID: f.unique, Width: bounds.Dx(), Height: bounds.Dy(), FileSize: len(f.data),
		})
		stored = append(stored, f)
		if i == len(photoSides)-1 || max(w, h) <= side {
			break
		}
	}
	for _, f := range stored {
		f.sizes = sizes
	}
	s.photos[sum] = sizes
	return sizes, nil
}

// rawPhoto stores bytes that are no picture as the single size of a photo, for tests that need a photo but no pixels.
func (s *fileStore) rawPhoto(data []byte) []models.PhotoSize {
	f := s.add("photo", "", "image/jpeg", data)
	f.sizes = []models.PhotoSize{{FileID: f.id, FileUniqueID: f.unique, Width: 1280, Height: 960, FileSize: len(data)}}
	return f.sizes
}

func encode(picture image.Image) []byte {
	var out bytes.Buffer
	_ = jpeg.Encode(&out, picture, &jpeg.Options{Quality: 87}) // into memory, of a checked size: cannot fail
	return out.Bytes()
}

// shrink scales a picture down until its longer side fits, taking the nearest pixel: what it shows matters here, not
// how smoothly.
func shrink(picture image.Image, side int) image.Image {
	from := picture.Bounds()
	w, h := from.Dx(), from.Dy()
	longest := max(w, h)
	if longest <= side {
		return picture
	}
	to := image.NewRGBA(image.Rect(0, 0, max(1, w*side/longest), max(1, h*side/longest)))
	draw.NearestNeighbor.Scale(to, to.Rect, picture, from, draw.Src, nil)
	return to
}
