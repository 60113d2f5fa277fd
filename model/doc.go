// Package model says what the words of throughgate mean: people and their
// stays, the things staff may do (Change), the signed entries those become
// (Op), what is known of one person (Record), and who may do what (Allow).
//
// It is pure. It reads no clock, file, network or random source and starts no
// goroutine: the time comes in as an argument, so the same input always gives
// the same answer, on a desk, on the hub and in a test. It imports the standard
// library only.
package model
