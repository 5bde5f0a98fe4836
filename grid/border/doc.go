// Package border keeps what was handed to a neighbour across the district's line (跨界移交): which case or failing section of a
// river, by which letter, whether the neighbour said that it arrived, and what they answered. It is pure: the store keeps a
// Handover as a dossier, the handlers say it.
package border
