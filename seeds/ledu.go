package seeds

import (
	"embed"
	"io/fs"
)

//go:embed ledu
var embedded embed.FS

// Ledu is the folder of 乐都区, the district that the program was written for, as it was when the program was built.
var Ledu, _ = fs.Sub(embedded, "ledu") // the name is a constant that is valid
