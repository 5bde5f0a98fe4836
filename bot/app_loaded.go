package main

import (
	"maps"
	"sync"

	"github.com/gridwarden/gridwarden/grid/sheet"
)

// loaded remembers which versions of the office's books are in force.
type loaded struct {
	mu       sync.Mutex
	versions map[sheet.Kind]int64
}

// same tells whether these are in force. Version 0, nothing was changed, is that of the folder itself.
func (l *loaded) same(versions map[sheet.Kind]int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k, v := range versions {
		if l.versions[k] != v {
			return false
		}
	}
	return true
}

func (l *loaded) set(versions map[sheet.Kind]int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.versions = maps.Clone(versions)
}

// move notes that one book moved on and is in force.
func (l *loaded) move(k sheet.Kind, version int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.versions == nil {
		l.versions = make(map[sheet.Kind]int64)
	}
	l.versions[k] = version
}
