// Package hearing is a meeting to which the public is invited (听证会, 座谈会): announced with place, hour and seats, signed up for until
// it is full and with a waiting list after that, with minutes that are published. It is pure: the store keeps a Hearing as a dossier. Who
// sits on a seat stands under a name of its own, made for this hearing; what they are called lies sealed under that name.
package hearing
