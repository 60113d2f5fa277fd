// Package e2e holds the tests of the programs as they are shipped: a real hub
// process and real workstations on terminals of their own. They are behind the
// build tag e2e; run them with make e2e.
package e2e
