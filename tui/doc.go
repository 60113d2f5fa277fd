// Package tui is the screens of the desk. App is the only bubbletea model: a
// stack of screens between a header and a footer. A screen reads in commands,
// never while it is drawn, and changes a record only by handing model.Changes
// to its Session.
//
// It knows no store, file or network. What it needs of them it states in
// desk.go, and cmd brings it.
package tui
