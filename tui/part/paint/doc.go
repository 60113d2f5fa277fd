// Package paint makes the next picture of a terminal out of the one that stands
// there, in as few bytes as it can: a line over SSH may be slow, and a key should
// be answered in one small packet.
//
// It knows lines of text with colour (SGR) sequences in them, as the widgets of
// package part paint them, and nothing of who reads them. A line in which a letter
// may be drawn in more or fewer columns than one is painted whole. It asks the
// terminal nothing, and sends it only what everything since the VT220 knows.
package paint
