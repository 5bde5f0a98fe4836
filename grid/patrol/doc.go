// Package patrol judges the rounds that grid inspectors go (巡查): what of a track is way, what is noise, and whether a
// patrol counts. Nothing of a track is thrown away; what does not count is named with its reason.
package patrol
