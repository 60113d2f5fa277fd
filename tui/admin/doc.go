// Package admin is the hub's administration as screens: who works at which
// prison and in which role, their SSH keys, the workstations, and the prisons
// with their keys. It is the same look and the same keys as the desk's.
//
//	files              what they hold
//	service            what the screens ask of a hub
//	app, frame, keys   the program: one list at a time, and one panel over it
//	lists, columns     prisons, staff and workstations, and how a row reads
//	actions, forms     what can be done with the row under the cursor
//	told               what is shown once and never again
//
// It holds no rule of its own: the hub refuses what may not be, in a sentence,
// and the screens show it.
package admin
