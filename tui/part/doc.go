// Package part holds the widgets the screens are built from: theme, list, columns, form, text
// fields, help, palette, confirmation, and the lines of the frame.
//
// A part knows no domain: it is told words, rows and functions, and never reads a store, a clock,
// a file or the terminal. Every widget is a pointer with Update(tea.Msg) tea.Cmd and
// View(width, height int) string. View only paints what the struct holds; it remembers the size it
// was given, so that the next page key knows how tall a page is, and changes nothing else. What a
// widget has to say is said by calling a function its owner gave it, inside Update.
//
// What every View promises, whatever text it was given: no line is wider than width, there are no
// more than height lines, and the only control bytes are line feeds and colour (SGR) sequences.
// Widths are display columns, not bytes or letters.
package part
