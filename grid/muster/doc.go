// Package muster is the calling up of officers (集结): who is called to which place by when, what each may answer, and how it
// stands. It is one table of states and pure: the store keeps a Muster as a dossier, the handlers say it.
package muster
