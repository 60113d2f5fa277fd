// Package boltlog is the hub's op log in one bbolt file, with the small
// registers the hub keeps beside it. It keeps the contract of store/logtest.
//
// It holds an op against what it has: its place in the device's chain, its
// stamp, the hash of the one before. It refuses to judge anything else: it has
// no key, opens nothing, and knows neither rights nor roles.
package boltlog
