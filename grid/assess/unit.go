package assess

import (
	"github.com/gridwarden/gridwarden/grid"
)

// Kind is what sort of unit is assessed.
type Kind string

// The kinds.
const (
	Township   Kind = "township"
	Department Kind = "department"
)

// Kinds lists the kinds in the order in which people are shown them.
func Kinds() []Kind { return []Kind{Township, Department} }

// Unit is who is assessed: a township by the code of its cell, a department by its name.
type Unit struct {
	Kind Kind   `json:"k"`
	Code string `json:"c"`
	Name string `json:"n"` // as it was called when the assessment was computed
}

// OfTownship is the unit of a township.
func OfTownship(cell grid.CellCode, name string) Unit {
	return Unit{Kind: Township, Code: string(cell), Name: name}
}

// OfDepartment is the unit of a department.
func OfDepartment(d grid.Department) Unit {
	return Unit{Kind: Department, Code: string(d), Name: string(d)}
}

// Key names the unit for callback data: short, and the same as long as the unit is called the same.
func (u Unit) Key() string {
	if u.Kind == Department {
		return "d" + grid.Department(u.Code).Code()
	}
	return "t" + u.Code
}

// Department is the department that the unit is; empty for a township.
func (u Unit) Department() grid.Department {
	if u.Kind != Department {
		return ""
	}
	return grid.Department(u.Code)
}

// Cell is the township that the unit is; empty for a department.
func (u Unit) Cell() grid.CellCode {
	if u.Kind != Township {
		return ""
	}
	return grid.CellCode(u.Code)
}
