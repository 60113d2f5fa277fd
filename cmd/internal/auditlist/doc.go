// Package auditlist is what both programs say of an audit: which entries are
// asked for, and the list as people, spreadsheets and programs read it. It reads
// no store and decides nobody's right to.
package auditlist
