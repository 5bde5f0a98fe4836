// Package picture draws charts as PNG for the chat: wide enough for a phone held upright, with Chinese labels in a font
// of its own, value axes that start at zero, and the same bytes for the same numbers.
//
// Every word in a picture is an argument: the caller passes texts in the reader's language. Runes that the font lacks
// are replaced (see Printable), so that no picture shows an empty box.
package picture
