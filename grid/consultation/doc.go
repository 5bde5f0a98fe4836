// Package consultation puts a question or a draft to the public for a set time (意见征集): who drafted it and who else approved it,
// when it opens and closes, one answer a person, the results, and how they were used. It is pure: the store keeps a Consultation and
// each Answer as dossiers of their own. An answer names nobody: its ID is a keyed hash that leads to no other answer and no report.
package consultation
