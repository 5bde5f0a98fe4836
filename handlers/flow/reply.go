package flow

import (
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/handlers/texts"
)

// Reply is something to be said: a key of the catalogue with what goes into its places.
type Reply struct {
	Key    string
	Args   texts.Args
	Rows   [][]Choice  // buttons under the message
	Ask    [][]Request // keys in place of the keyboard
	Hide   bool        // take such keys away
	Edit   bool        // edit the message whose button was pressed instead of sending a new one
	Secret bool        // may not be passed on or kept; goes to nobody else
	Toast  bool        // only a notice over the chat, in answer to a button
	Photos []string    // as in ledger.Message
	Point  *geo.Point
	Image  []byte // a picture made by us, PNG

	Document *ledger.Document // a file to bring
	Paper    *ledger.Paper    // a numbered document to show
}

// Choice is an inline button: a key of the catalogue, or a label that is a name.
type Choice struct {
	Key   string
	Args  texts.Args
	Label texts.Names // instead of Key
	Data  string
}

// Request is a key of the reply keyboard. One that asks for nothing sends its own text.
type Request struct {
	Key      string
	Location bool
	Contact  bool
}
