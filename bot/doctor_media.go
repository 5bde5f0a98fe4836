package main

import (
	"os"
	"path/filepath"
)

// checkKeys looks at the keys that seal personal data. It makes none: that is for serve --data.
func (c doctorCmd) checkKeys() []finding {
	if c.Keys == "" && c.KeysFile == "" && c.Data != "" {
		if _, err := os.Stat(filepath.Join(c.Data, keyFile)); os.IsNotExist(err) {
			return []finding{found(good, "keys_later")}
		}
	}
	if _, err := c.keyring(c.Data); err != nil {
		return []finding{found(bad, "keys_none", "error", err.Error())}
	}
	return []finding{found(good, "keys")}
}

// checkMedia looks at the folder of the evidence.
func (c doctorCmd) checkMedia() []finding {
	dir := c.Media
	if dir == "" && c.Data != "" {
		dir = filepath.Join(c.Data, "media")
	}
	if dir == "" {
		return []finding{found(bad, "media_none")}
	}
	for _, err := os.Stat(dir); os.IsNotExist(err) && dir != filepath.Dir(dir); _, err = os.Stat(dir) {
		dir = filepath.Dir(dir) // serve makes the folder itself
	}
	probe, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return []finding{found(bad, "media_closed", "folder", dir)}
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	return []finding{found(good, "media")}
}
