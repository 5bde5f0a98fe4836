package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
)

// pseudonymBytes of the MAC make 16 base32 characters: 80 bits, far from any collision among a district's people.
const pseudonymBytes = 10

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Pseudonym names a person without telling who it is: the same kind and id always give the same 16 characters (a-z, 2-7),
// and without the key nobody can go back, not even by trying all Telegram ids. It is an HMAC-SHA256 under the root, which
// outlives the keys: rotation does not change it, and dropping the oldest key does not either, where the root was kept
// (Keyring.WithRoot). Whoever has the root or the key it came from can name a person whose Telegram id they guess, for ever.
func (r *Keyring) Pseudonym(kind string, id int64) string {
	mac := hmac.New(sha256.New, r.root[:KeySize])
	mac.Write([]byte(kind))
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(id))) //nolint:gosec // the bits are wanted, not the number
	return lowerBase32.EncodeToString(mac.Sum(nil)[:pseudonymBytes])
}
