// Package bundle packs one case with its history and its evidence into a ZIP file that others can check without us, and
// checks such a file. What is in it, and how it is hashed, its readme.txt says; verify.py, which lies in every bundle,
// does the same as Check with nothing but Python.
//
// Who reported is in no bundle. One for a third party also leaves out the public's words, what officers wrote to each
// other, the exact place, and films and voices of the public: events that hold such words stand in it as their hash only.
package bundle
