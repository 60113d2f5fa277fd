// Package tree makes the log of a site transparent: every place of its feed is a
// leaf of a Merkle tree (RFC 6962, section 2.1, by golang.org/x/mod/sumdb/tlog),
// and the hub signs the tree's head. Who holds a head of some size can tell
// whether a log still begins with what it held then, to the bit.
//
// It knows leaves, hashes and signatures. It refuses to know what an entry
// means, where anything is kept, or what is to be done about a head that does not
// fit.
package tree
