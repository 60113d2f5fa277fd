// Package sheet puts documents on A4 paper and into plain text.
//
// It is pure: the same document gives the same bytes, on a desk, on the hub and
// in ten years. It knows nothing of what a document is about, adds nothing to it
// and leaves nothing out: what does not fit goes on the next page, and a letter
// that cannot be drawn is shown by a box and said to be.
package sheet
