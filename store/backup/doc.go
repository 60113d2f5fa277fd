// Package backup writes a store into one encrypted file and brings it back.
//
// It needs none of the store's keys: what it copies is sealed already. What it
// adds is a second lock (age) over what is not sealed in the file, such as this
// device's private key, and a proof that what was written can be read.
package backup
