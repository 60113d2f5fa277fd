package pages

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// The form of a page: a header of its number (8 bytes), kind (2), number of
// elements (2) and further pages that belong to it (4); then 16 bytes for each
// element, which tell where from there its key and value are.
const (
	headerSize  = 16
	elementSize = 16

	kindBranch   = 0x01
	kindLeaf     = 0x02
	kindFreelist = 0x10

	isBucket = 0x01 // of a leaf's element
)

// deepest is more levels than any file has: a page has room for 2 elements at
// least, and numbers of pages for 64 bits.
const deepest = 64

// Walk goes through every page that can be reached and says what is wrong with
// the first that is not as it should be. Nobody may write to the file meanwhile.
// A file of whose roots neither is sound is left to bbolt, which refuses it.
func Walk(f io.ReaderAt, length int64) error {
	r, found := NewestRoot(f)
	if !found {
		return nil
	}
	_, err := r.walk(f, length)
	return err
}

// Check is Walk from this root, and looks besides whether a page is lost: neither
// in use nor free. Others may write meanwhile, as long as a read transaction is
// open that began at this root: bbolt writes over none of its pages until then.
func (r Root) Check(f io.ReaderAt, length int64) error {
	seen, err := r.walk(f, length)
	if err != nil || r.freelist == noFreelist {
		return err
	}
	for id := uint64(2); id < r.high; id++ {
		if seen[id/64]>>(id%64)&1 == 0 {
			return fmt.Errorf("page %d is neither in use nor free", id)
		}
	}
	return nil
}

// walk returns a bit for each page that is in use or free.
func (r Root) walk(f io.ReaderAt, length int64) (seen []uint64, err error) {
	if need := r.length(); length < need {
		return nil, fmt.Errorf("%d bytes of %d", length, need)
	}
	w := &walk{file: f, root: r, seen: make([]uint64, r.high/64+1)}
	if err := w.page(r.bucket, span{}, 0); err != nil {
		return nil, err
	}
	return w.seen, w.free()
}

// walk is one Walk under way.
type walk struct {
	file io.ReaderAt
	root Root
	seen []uint64 // a bit for each page in use
	room [deepest + 1]room
}

// room is what a page is read into. There is one for each level, for a page is
// needed as long as those below it are gone through.
type room struct {
	bytes    []byte
	elements []element
}

// take marks a page as in use. It is not ok when it is in use already or no page.
func (w *walk) take(id uint64) (ok bool) {
	if id < 2 || id >= w.root.high || w.seen[id/64]>>(id%64)&1 == 1 {
		return false
	}
	w.seen[id/64] |= 1 << (id % 64)
	return true
}

// span is where keys must lie: from one key on, to before another; nil is open.
type span struct{ from, before []byte }

// page goes through a page and all below it.
func (w *walk) page(id uint64, keys span, depth int) error {
	if depth > deepest {
		return fmt.Errorf("page %d is too deep", id)
	}
	here := &w.room[depth]
	b, err := w.read(id, here)
	if err != nil {
		return err
	}
	p, err := parse(b, here.elements)
	here.elements = p.elements
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	if err := p.inOrder(keys); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	if p.kind == kindLeaf {
		return w.leaf(id, p, depth)
	}
	if len(p.elements) == 0 {
		return fmt.Errorf("page %d leads nowhere", id)
	}
	for i, e := range p.elements {
		below := span{e.key, keys.before}
		if i+1 < len(p.elements) {
			below.before = p.elements[i+1].key
		}
		if err := w.page(e.child, below, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// read returns a page with those that belong to it, and marks them.
func (w *walk) read(id uint64, into *room) ([]byte, error) {
	if !w.take(id) {
		return nil, fmt.Errorf("page %d is in two places, or is none", id)
	}
	b := into.take(int(w.root.size))
	if _, err := w.file.ReadAt(b, int64(id)*w.root.size); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	if got := binary.NativeEndian.Uint64(b); got != id {
		return nil, fmt.Errorf("page %d says that it is page %d", id, got)
	}
	more := uint64(binary.NativeEndian.Uint32(b[12:]))
	if more == 0 {
		return b, nil
	}
	if more >= w.root.high-id {
		return nil, fmt.Errorf("page %d is longer than the file", id)
	}
	for next := id + 1; next <= id+more; next++ {
		if !w.take(next) {
			return nil, fmt.Errorf("page %d is in two places", next)
		}
	}
	b = into.take(int(more+1) * int(w.root.size))
	if _, err := w.file.ReadAt(b, int64(id)*w.root.size); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	return b, nil
}

// take returns so many bytes of the room.
func (r *room) take(n int) []byte {
	if cap(r.bytes) < n {
		r.bytes = make([]byte, n)
	}
	return r.bytes[:n]
}

// leaf goes into the buckets of a leaf.
func (w *walk) leaf(id uint64, p parsed, depth int) error {
	if depth > deepest {
		return fmt.Errorf("page %d is too deep", id)
	}
	for _, e := range p.elements {
		if e.flags&isBucket == 0 {
			continue
		}
		if len(e.value) < 16 {
			return fmt.Errorf("page %d has a bucket that is cut short", id)
		}
		if child := binary.NativeEndian.Uint64(e.value); child != 0 {
			if err := w.page(child, span{}, depth+1); err != nil {
				return err
			}
			continue
		}
		// A small bucket stands where it is, as a page of its own.
		inner, err := parse(e.value[16:], nil)
		if err == nil && inner.kind != kindLeaf {
			err = errKind
		}
		if err == nil {
			err = inner.inOrder(span{})
		}
		if err == nil {
			err = w.leaf(id, inner, depth+1)
		}
		if err != nil {
			return fmt.Errorf("page %d, in a small bucket: %w", id, err)
		}
	}
	return nil
}

// free holds the list of free pages to those that are in use: the next commit
// writes over free ones.
func (w *walk) free() error {
	id := w.root.freelist
	if id == noFreelist {
		return nil
	}
	b, err := w.read(id, new(room))
	if err != nil {
		return err
	}
	if binary.NativeEndian.Uint16(b[8:]) != kindFreelist {
		return fmt.Errorf("page %d is no list of free pages", id)
	}
	n, list := uint64(binary.NativeEndian.Uint16(b[10:])), b[headerSize:]
	if n == 0xffff { // the first number is how many there are
		n, list = binary.NativeEndian.Uint64(list), list[8:]
	}
	if n > uint64(len(list)/8) {
		return fmt.Errorf("page %d lists more free pages than it has room for", id)
	}
	for i := range n {
		if free := binary.NativeEndian.Uint64(list[i*8:]); !w.take(free) {
			return fmt.Errorf("page %d is said to be free and is not", free)
		}
	}
	return nil
}

// element is a key of a page, with its value or the page below it.
type element struct {
	flags      uint32
	key, value []byte
	child      uint64
}

// parsed is a page taken apart.
type parsed struct {
	kind     uint16
	elements []element
}

var (
	errKind  = errors.New("not of a kind that can be here")
	errBound = errors.New("an entry leads out of its page")
)

// parse takes a page apart, into elements of before when there is room for them.
// What belongs to one element begins where that of the last one ends, as bbolt
// writes it: small buckets that lay over one another would be walked twice at
// each level, and 64 levels for ever.
func parse(b []byte, before []element) (p parsed, err error) {
	if len(b) < headerSize {
		return p, errBound
	}
	p.kind = binary.NativeEndian.Uint16(b[8:])
	n := int(binary.NativeEndian.Uint16(b[10:]))
	if p.kind != kindBranch && p.kind != kindLeaf {
		return p, errKind
	}
	if headerSize+n*elementSize > len(b) {
		return p, errBound
	}
	p.elements = slices.Grow(before[:0], n)[:n]
	end := uint64(headerSize + n*elementSize)
	for i := range p.elements {
		at := headerSize + i*elementSize
		head, e := b[at:at+elementSize], &p.elements[i]
		*e = element{}
		var from, key, value uint64
		if p.kind == kindBranch {
			from, key = uint64(binary.NativeEndian.Uint32(head)), uint64(binary.NativeEndian.Uint32(head[4:]))
			e.child = binary.NativeEndian.Uint64(head[8:])
		} else {
			e.flags, from = binary.NativeEndian.Uint32(head), uint64(binary.NativeEndian.Uint32(head[4:]))
			key, value = uint64(binary.NativeEndian.Uint32(head[8:])), uint64(binary.NativeEndian.Uint32(head[12:]))
		}
		from += uint64(at)
		if from < end && key+value > 0 || from+key+value > uint64(len(b)) {
			return p, errBound
		}
		end = max(end, from+key+value)
		if e.flags&^isBucket != 0 {
			return p, errKind
		}
		e.key, e.value = b[from:from+key], b[from+key:from+key+value]
	}
	return p, nil
}

// inOrder holds the keys of a page to each other and to those of the page above.
func (p *parsed) inOrder(keys span) error {
	for i := range p.elements {
		key := p.elements[i].key
		switch {
		case i == 0 && keys.from != nil && bytes.Compare(key, keys.from) < 0,
			i > 0 && bytes.Compare(p.elements[i-1].key, key) >= 0,
			keys.before != nil && bytes.Compare(key, keys.before) >= 0:
			return fmt.Errorf("key %d is not in order", i)
		}
	}
	return nil
}
