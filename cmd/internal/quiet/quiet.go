// Package quiet keeps the program from asking its terminal a question before
// main begins.
//
// bubbletea v1 asks for the background colour in a package init and waits up to
// five seconds for the answer, even when all that was wanted is --version. A
// plain console, a serial line or a recording gives none. With CI set in the
// environment it does not ask, so this package sets CI in its own init and
// Restore, called first thing in main, puts back what was there.
//
// It works because Go initialises packages in the order of their import paths
// as they become ready: this one waits for os alone, and its path sorts before
// golang.org/, for which bubbletea waits. So this package imports nothing but
// os, and stays where it is; its test holds both.
package quiet

import "os"

// before is the CI variable as the program was started with it.
var before, wasSet = os.LookupEnv("CI")

func init() { os.Setenv("CI", "1") }

// Restore puts the environment back as the program was started with it. Call
// it first in main, before anything reads the environment or starts a process.
func Restore() {
	if wasSet {
		os.Setenv("CI", before)
		return
	}
	os.Unsetenv("CI")
}
