package sheet_test

import "flag"

// The property tests draw from a fixed seed, so that a red build is the change's
// doing and never luck. PDFs take a while, so fewer are drawn.
func init() {
	for name, value := range map[string]string{"rapid.seed": "20261123", "rapid.checks": "30"} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
}
