package model

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// ProductIndex finds medicines as somebody types: by the beginnings of words of
// the name, in any order, without regard to case, accents and small slips, and by
// code. It is built once and never changes, so any number of screens may search
// it at a time. The whole list has 200,000 names, so it is kept as a few long
// slices and not as as many values.
type ProductIndex struct {
	text     string   // every name, one behind the other, in the order of equal answers
	names    []uint32 // where each name begins; one more than there are
	codes    []uint64 // of each name
	facts    []uint8  // of each name: its type, and above it the place of its category in categories
	said     []said   // form and strength of each name; nil where no row of the list says them apart from the name
	texts    []string // that said names
	byCode   []uint32 // positions in the order of the codes
	words    []string // every word, sorted
	starts   []uint32 // where each word's places begin; one more than words
	places   []uint32 // position << slotBits | which word of the name it is
	category []CDCategory
}

// said is form and strength as places in texts.
type said struct{ form, strength uint32 }

const (
	slotBits  = 3
	lateSlot  = 1<<slotBits - 1 // the eighth word and all behind it
	typeBits  = 2
	typeMask  = 1<<typeBits - 1
	generic   = 0 // facts sort: generic before unknown before brand
	otherType = 1
	brand     = 2
)

// NewProductIndex builds an index. The rows are read once and not kept.
func NewProductIndex(products iter.Seq[Product]) *ProductIndex {
	x := new(ProductIndex)
	b := productBuilder{x: x, words: make(map[string][]uint32), interned: map[string]uint32{"": 0}}
	x.texts = []string{""}
	b.read(products)
	b.layOut()
	return x
}

// productBuilder is what an index needs only while it is built.
type productBuilder struct {
	x        *ProductIndex
	rows     []productRow
	words    map[string][]uint32
	interned map[string]uint32
}

type productRow struct {
	key, name string
	code      uint64
	facts     uint8
	said      said
}

func (b *productBuilder) read(products iter.Seq[Product]) {
	for p := range products {
		code, err := strconv.ParseUint(p.Code, 10, 64)
		if err != nil || p.Name == "" {
			continue // of a newer hub; every row this program imported has both
		}
		row := productRow{key: sortableName(p.Name), name: p.Name, code: code, facts: b.factsOf(p)}
		row.said = said{b.intern(p.Form), b.intern(p.Strength)}
		b.rows = append(b.rows, row)
	}
	slices.SortFunc(b.rows, func(a, c productRow) int {
		return cmp.Or(cmp.Compare(a.key, c.key), cmp.Compare(a.facts&typeMask, c.facts&typeMask), cmp.Compare(a.code, c.code))
	})
}

func (b *productBuilder) factsOf(p Product) uint8 {
	kind := uint8(otherType)
	switch p.Type {
	case GenericProduct:
		kind = generic
	case BrandProduct:
		kind = brand
	}
	at := slices.Index(b.x.category, p.Category)
	if at < 0 {
		at = len(b.x.category)
		b.x.category = append(b.x.category, p.Category)
	}
	return kind | uint8(at<<typeBits)
}

func (b *productBuilder) intern(text string) uint32 {
	at, known := b.interned[text]
	if !known {
		at = uint32(len(b.x.texts))
		text = strings.Clone(text)
		b.interned[text] = at
		b.x.texts = append(b.x.texts, text)
	}
	return at
}

// layOut puts the sorted rows into the index's slices.
func (b *productBuilder) layOut() {
	x, n := b.x, len(b.rows)
	length := 0
	for i := range b.rows {
		length += len(b.rows[i].name)
	}
	var text strings.Builder
	text.Grow(length)
	x.names = make([]uint32, 0, n+1)
	x.codes, x.facts, x.byCode = make([]uint64, n), make([]uint8, n), make([]uint32, n)
	if len(x.texts) > 1 {
		x.said = make([]said, n)
	}
	for i, row := range b.rows {
		x.names = append(x.names, uint32(text.Len()))
		text.WriteString(row.name)
		x.codes[i], x.facts[i], x.byCode[i] = row.code, row.facts, uint32(i)
		if x.said != nil {
			x.said[i] = row.said
		}
		b.index(uint32(i), row.name)
	}
	x.names = append(x.names, uint32(text.Len()))
	x.text = text.String()
	slices.SortFunc(x.byCode, func(a, c uint32) int { return cmp.Compare(x.codes[a], x.codes[c]) })
	x.words, x.starts, x.places = settledWords(b.words)
}

// index notes the words of a name, each at its first place.
func (b *productBuilder) index(at uint32, name string) {
	slot := uint32(0)
	productWords(name, func(word string) {
		places := b.words[word]
		if last := len(places) - 1; last < 0 || places[last]>>slotBits != at {
			b.words[word] = append(places, at<<slotBits|slot)
		}
		slot = min(slot+1, lateSlot)
	})
}

// Len returns the number of products.
func (x *ProductIndex) Len() int { return len(x.codes) }

// Find returns the product of a code.
func (x *ProductIndex) Find(code string) (Product, bool) {
	number, err := strconv.ParseUint(code, 10, 64)
	if err != nil {
		return Product{}, false
	}
	i, found := slices.BinarySearchFunc(x.byCode, number, func(at uint32, code uint64) int { return cmp.Compare(x.codes[at], code) })
	if !found {
		return Product{}, false
	}
	return x.product(x.byCode[i]), true
}

func (x *ProductIndex) product(at uint32) Product {
	p := Product{
		Code: strconv.FormatUint(x.codes[at], 10), Name: x.text[x.names[at]:x.names[at+1]],
		Category: x.category[x.facts[at]>>typeBits],
	}
	switch x.facts[at] & typeMask {
	case generic:
		p.Type = GenericProduct
	case brand:
		p.Type = BrandProduct
	}
	if x.said != nil {
		p.Form, p.Strength = x.texts[x.said[at].form], x.texts[x.said[at].strength]
	}
	return p
}
