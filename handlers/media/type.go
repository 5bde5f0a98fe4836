package media

import (
	"bytes"
	"encoding/binary"
)

// Type is what a file is by its content, as a MIME type.
type Type string

// The accepted types.
const (
	JPEG      Type = "image/jpeg"
	PNG       Type = "image/png"
	WebP      Type = "image/webp"
	HEIF      Type = "image/heif" // HEIC too
	MP4       Type = "video/mp4"
	QuickTime Type = "video/quicktime"
	OGG       Type = "audio/ogg"
	MP3       Type = "audio/mpeg"
	M4A       Type = "audio/mp4"
	PDF       Type = "application/pdf"
)

// TypeOf tells what the bytes are, and false when they are nothing that is accepted. Names and declared types do not
// count: a text named photo.jpg is a text.
func TypeOf(data []byte) (Type, bool) {
	switch {
	case has(data, 0, "\xff\xd8\xff"):
		return JPEG, true
	case has(data, 0, "\x89PNG\r\n\x1a\n"):
		return PNG, true
	case has(data, 0, "RIFF") && has(data, 8, "WEBPVP8"):
		return WebP, true
	case has(data, 0, "%PDF-"):
		return PDF, true
	case has(data, 4, "ftyp"):
		return typeOfBrands(data)
	case has(data, 0, "OggS"):
		return OGG, isOggSound(data)
	case has(data, 0, "ID3"), isMP3(data):
		return MP3, true
	default:
		return "", false
	}
}

func has(data []byte, at int, magic string) bool {
	return len(data) >= at+len(magic) && string(data[at:at+len(magic)]) == magic
}

// brands of ISO/IEC 14496-12 files, by what they say about the content.
var brands = map[string]Type{
	"heic": HEIF, "heix": HEIF, "heim": HEIF, "heis": HEIF, "hevc": HEIF, "hevx": HEIF, "mif1": HEIF, "msf1": HEIF,
	"M4A ": M4A, "M4B ": M4A,
	"qt  ": QuickTime,
	"isom": MP4, "iso2": MP4, "iso3": MP4, "iso4": MP4, "iso5": MP4, "iso6": MP4, "iso7": MP4, "iso8": MP4, "iso9": MP4,
	"mp41": MP4, "mp42": MP4, "avc1": MP4, "M4V ": MP4, "MSNV": MP4, "dash": MP4, "XAVC": MP4,
	"3gp4": MP4, "3gp5": MP4, "3gp6": MP4, "3gp7": MP4, "3g2a": MP4, "3g2b": MP4, "3g2c": MP4,
}

// typeOfBrands goes by the major brand, and by the first known compatible one when that is unknown. AVIF calls itself
// mif1 too; it is refused, since nothing here could even measure it.
func typeOfBrands(data []byte) (Type, bool) {
	size := int(binary.BigEndian.Uint32(data))
	if size < 16 || size > len(data) || size > 1024 {
		return "", false
	}
	if bytes.Contains(data[8:size], []byte("avif")) || bytes.Contains(data[8:size], []byte("avis")) {
		return "", false
	}
	if t, ok := brands[string(data[8:12])]; ok {
		return t, true
	}
	for at := 16; at+4 <= size; at += 4 {
		if t, ok := brands[string(data[at:at+4])]; ok {
			return t, true
		}
	}
	return "", false
}

// isOggSound looks into the first page (RFC 3533): its first packet names the codec, and only sound is accepted.
func isOggSound(data []byte) bool {
	if len(data) < 27 {
		return false
	}
	at := 27 + int(data[26])
	return has(data, at, "OpusHead") || has(data, at, "\x01vorbis") || has(data, at, "\x7fFLAC") || has(data, at, "Speex   ")
}

// isMP3 wants two MPEG audio layer III frames in a row: eleven bits of sync alone are found in any noise.
func isMP3(data []byte) bool {
	n := mp3Frame(data)
	return n > 0 && len(data) > n && mp3Frame(data[n:]) > 0
}

// mp3Frame is the length in bytes of the layer III frame that data begins with, 0 when it does not (ISO/IEC 11172-3).
func mp3Frame(data []byte) int {
	if len(data) < 4 || data[0] != 0xff || data[1]&0xe6 != 0xe2 {
		return 0
	}
	version, rate, hz := data[1]>>3&3, data[2]>>4, data[2]>>2&3
	if version == 1 || rate == 0 || rate == 15 || hz == 3 {
		return 0
	}
	kbps := [...]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
	perSecond, factor := [...]int{44100, 48000, 32000}[hz], 144
	if version != 3 { // MPEG-2 and 2.5: lower rates, half the samples
		kbps = [...]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
		perSecond, factor = perSecond/2, 72
	}
	if version == 0 {
		perSecond /= 2
	}
	return factor*kbps[rate]*1000/perSecond + int(data[2]>>1&1)
}
