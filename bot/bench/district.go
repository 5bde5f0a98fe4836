package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/seeds"
)

// unlimitedSeeds copies the built-in district into a folder, with Telegram's limits and those against floods out of the
// way: a bench at 30 messages a second would measure the limit.
func unlimitedSeeds(folder string) (string, error) {
	if err := os.CopyFS(folder, seeds.Ledu); err != nil {
		return "", err
	}
	file := filepath.Join(folder, "settings.yaml")
	raw, err := os.ReadFile(file) //nolint:gosec // the bench's own folder
	if err != nil {
		return "", err
	}
	text := string(raw)
	for _, name := range []string{"send_per_second", "send_per_chat", "messages_per_person", "messages_per_chat"} {
		before, after, found := strings.Cut(text, name+":\n  value: ")
		_, rest, ends := strings.Cut(after, "\n")
		if !found || !ends {
			return "", fmt.Errorf("settings.yaml has no %s", name)
		}
		text = before + name + ":\n  value: 1000000\n" + rest
	}
	return folder, os.WriteFile(file, []byte(text), 0o600)
}

// loadDistrict reads a folder of seeds.
func loadDistrict(folder string) (*seeds.District, []grid.Cell, error) {
	d, err := seeds.Load(os.DirFS(folder))
	if err != nil {
		return nil, nil, err
	}
	var towns []grid.Cell
	for _, code := range d.Tree.Children(d.Tree.Root().Code) {
		if c, ok := d.Tree.Cell(code); ok && c.Centre != nil {
			towns = append(towns, c)
		}
	}
	return d, towns, nil
}
