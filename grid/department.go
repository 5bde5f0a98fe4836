package grid

import (
	"crypto/sha256"
	"encoding/hex"
)

// Code is a short name of the department for callback data, which has room for 64 bytes: it stays the same as long as the
// department is called the same.
func (d Department) Code() string {
	sum := sha256.Sum256([]byte(d))
	return hex.EncodeToString(sum[:5])
}
