package muster

import "github.com/gridwarden/gridwarden/grid/ledger"

// Write makes the write of a muster, with its events and its places: always on All, on Open while it runs, on Due while a reminder is to come.
func Write(read ledger.Dossier, m Muster, r Reminding, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, m, events...)
	w.Stand(true, All, float64(m.At.UnixMilli()))
	w.Stand(m.Running(), Open, float64(m.At.UnixMilli()))
	due, ok := m.Next(r)
	w.Stand(ok, Due, float64(due.UnixMilli()))
	return w, err
}
