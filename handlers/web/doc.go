// Package web is the public site: pages that a citizen, a journalist or a clerk of another office can read, print and link to,
// rendered on the server, usable without JavaScript, asking nothing of other hosts. Chinese stands at /…, English at /en/….
//
// A page is a method on [Site] in a file named after it, a template in pages/ and a line in routes.go. Privacy is built in and
// not watched over: the site is given package public's view of cases and, of everything else, what the domain calls public;
// it cannot import casework.
package web
