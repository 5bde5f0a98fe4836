package muster

import "github.com/gridwarden/gridwarden/grid/ledger"

// Write makes the write of a muster, with its events and its places: always on All, on Open while it runs, on Due while a reminder is to come.
func Write(read ledger.Dossier, m Muster, r Reminding, events ...any) (ledger.DossierWrite, error) {
	w, err := ledger.WriteDossier(read, m, events...)
	w.On = map[ledger.Shelf]float64{All: float64(m.At.UnixMilli())}
	if m.Running() {
		w.On[Open] = float64(m.At.UnixMilli())
	} else {
		w.Off = append(w.Off, Open)
	}
	if due, ok := m.Next(r); ok {
		w.On[Due] = float64(due.UnixMilli())
	} else {
		w.Off = append(w.Off, Due)
	}
	return w, err
}
