package web

import "testing"

func TestBare(t *testing.T) {
	for path, want := range map[string]string{
		"/": "/", "/cases": "/cases", "/en": "/", "/en/": "/", "/en/cases/1": "/cases/1", "/entry": "/entry",
	} {
		if got := bare(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
