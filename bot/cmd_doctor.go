package main

// doctorCmd checks what the program needs.
type doctorCmd struct{}

func (doctorCmd) Run(s streams) error { return nil }
