package main

type demoCmd struct{}

func (demoCmd) Run(s streams) error { return nil }
