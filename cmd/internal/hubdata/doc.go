// Package hubdata opens a hub's data folder: the log, the key that opens it, and
// the door by which commands reach a hub that is already running on it.
//
// The folder holds hub.db (the log and the registers), hub.key (unless the key
// comes from elsewhere) and, while a hub runs, admin.json.
package hubdata
