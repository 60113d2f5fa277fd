package tree_test

import "flag"

// The property tests draw from a fixed seed, so that a red build is the change's
// doing and never luck. -rapid.seed on the command line still wins.
func init() {
	if err := flag.Set("rapid.seed", "20261123"); err != nil {
		panic(err)
	}
}
