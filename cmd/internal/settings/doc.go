// Package settings reads what a workstation was told to do differently: the
// user's own throughgate.toml in the data folder, and over it a file of the site
// that only an administrator can write, whose values win.
//
// It is strict: a setting that does not exist, a value of the wrong kind or out
// of range stops the reading, and every such line is reported at once. It
// refuses to guess, and never changes a file.
package settings
