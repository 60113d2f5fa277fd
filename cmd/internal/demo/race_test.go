//go:build race

package demo

func init() { underRace = true }
