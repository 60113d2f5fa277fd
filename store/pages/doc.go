// Package pages looks whether the pages of a bbolt file can be walked, before
// bbolt does. bbolt maps the file and believes what its pages say: a length that
// leads out of the file is a memory fault that no program survives, a branch that
// leads back to itself a walk without an end, and a page that is both free and in
// use is overwritten by the next commit.
//
// It knows pages, elements and the order of keys. It refuses to know what the
// keys and values mean, and it changes nothing.
package pages
