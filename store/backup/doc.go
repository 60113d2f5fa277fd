// Package backup writes a store into one encrypted file and brings it back.
//
// It needs none of the store's keys: what it copies is sealed already. What it
// adds is a second lock (age, age-encryption.org/v1) over what is not sealed in
// the file, such as this device's private key, and a proof that what was written
// can be read. It refuses to overwrite a file, and to put anything in place that
// it has not looked through.
//
// A backup is an age file. What it encrypts is one zstd frame, and that holds:
//
//	the line "throughgate backup 1"
//	a line of JSON: when, of which device, how long the store's file is (About)
//	the store's file
//	the SHA-256 of all before, 32 bytes
//
// so that, should this program be gone, `age -d | zstd -d` gives it back.
package backup
