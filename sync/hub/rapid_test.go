package hub_test

import "flag"

// The property tests draw from a fixed seed, so that a red build is the change's
// doing and never luck, and a few times only: each case opens a store.
func init() {
	for name, value := range map[string]string{"rapid.seed": "20261123", "rapid.checks": "12"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}
