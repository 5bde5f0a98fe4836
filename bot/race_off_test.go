//go:build !race

package main

// raceDetector tells that the tests were built with the race detector.
const raceDetector = false
