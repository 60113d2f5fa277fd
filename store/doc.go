// Package store keeps a workstation's records: one file, sealed, which one
// process holds at a time and any number of sessions in it share.
//
// What a member of staff does becomes signed ops (package model), which are
// sealed under the key of their compartment, appended to the log, folded into
// the person's record and queued for the hub, all in one transaction. When Do
// returns nil the change is on the disk, whatever happens next; when it returns
// an error nothing was changed.
//
//	files                        what they hold
//	open, lock, failure, check   the file: opening it, who has it, and each way it can fail
//	migrate, derived             an older layout; what another program has folded
//	edit, buckets                one write transaction, and what memory learns from it
//	identity, site, reference    which desk this is, who works here, public tables
//	passport                     what tells two copies of the file apart
//	keys, signin, tries          from a passphrase to a session, slower after each mistake
//	passphrase                   changing it, and a signing key that nobody else has seen
//	session, conflicts, drafts   what somebody who has signed in can do
//	glass, overrides             what is opened in need, and who looks at that afterwards
//	do, ops, record              from changes to signed and sealed ops, and to a record
//	rows, search                 everybody at a glance, in memory only
//	merge, arrival               what comes from the hub, and what becomes of it
//	outbox, refused              what goes to the hub, and what it would not have
//	access                       who looked at what
//	status, watch                how the desk stands, and waking who shows it
//
// The package refuses to: write an op it has not checked, return before the
// disk has it, show one compartment with the key of another, keep a passphrase,
// or write the search index down. It has no network and starts nothing that
// Close does not end.
package store
