// Package store keeps a workstation's records: one file, sealed, which one
// process holds at a time and any number of sessions in it share.
//
// What a member of staff does becomes signed ops (package model), which are
// sealed under the key of their compartment, appended to the log, folded into
// the person's record and queued for the hub, all in one transaction. When Do
// returns nil the change is on the disk, whatever happens next; when it returns
// an error nothing was changed.
//
//	file            what it holds
//	open, lock      the file: creating, opening, who has it, closing
//	failure         the sentence for each way a disk can fail
//	edit            one write transaction, and what memory learns from it
//	identity        which desk this is
//	site            the roster, and everybody's sealed keyring
//	keys            the boxes a session, or all of them together, can open
//	signin, tries   from a passphrase to a session, slower after each mistake
//	passphrase      changing it, and making a signing key nobody else has seen
//	session         what somebody who has signed in can do
//	do, ops         from changes to signed and sealed ops
//	record          folding and snapshots
//	rows, search    everybody at a glance, in memory only
//	merge, arrival  what comes from the hub
//	waiting         what cannot be read yet, or cannot be believed
//	outbox, refused what goes to the hub, and what it would not have
//	access, drafts  who looked at what; what is half written
//
// The package refuses to: write an op it has not checked, return before the
// disk has it, show one compartment with the key of another, keep a passphrase,
// or write the search index down. It has no network and starts nothing that
// Close does not end.
package store
