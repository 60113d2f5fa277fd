package pages_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/store/pages"
)

const pageSize = 4096

// file is a bbolt file that has everything: branches, long values, small buckets,
// buckets in buckets, and free pages.
func file(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: pageSize})
	if err != nil {
		t.Fatal(err)
	}
	fill := func(tx *bbolt.Tx) error {
		many, err := tx.CreateBucketIfNotExists([]byte("many"))
		for i := 0; i < 400 && err == nil; i++ {
			err = many.Put(fmt.Appendf(nil, "key %04d", i), make([]byte, 100))
		}
		if err != nil {
			return err
		}
		if err := many.Put([]byte("long"), make([]byte, 3*pageSize)); err != nil {
			return err
		}
		for _, name := range []string{"a", "b"} {
			outer, err := tx.CreateBucketIfNotExists([]byte("outer"))
			if err != nil {
				return err
			}
			inner, err := outer.CreateBucketIfNotExists([]byte(name))
			if err != nil {
				return err
			}
			if err := inner.Put([]byte("key"), []byte(name)); err != nil {
				return err
			}
		}
		return nil
	}
	thin := func(tx *bbolt.Tx) error {
		for i := range 150 {
			if err := tx.Bucket([]byte("many")).Delete(fmt.Appendf(nil, "key %04d", 2*i)); err != nil {
				return err
			}
		}
		return nil
	}
	for _, step := range []func(*bbolt.Tx) error{fill, thin, fill, thin} {
		if err := db.Update(step); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

func walk(b []byte) error { return pages.Walk(bytes.NewReader(b), int64(len(b))) }

// goThrough has bbolt read all of a file and write to it. What goes wrong in it
// is an error, or the end of the test's program.
func goThrough(path string) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: pageSize, Timeout: time.Second, NoSync: true})
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Update(func(tx *bbolt.Tx) error {
		var first error
		for err := range tx.Check() {
			if first == nil {
				first = err
			}
		}
		if first != nil {
			return first
		}
		many := tx.Bucket([]byte("many"))
		if many == nil {
			return nil // the bit was one of its name
		}
		return many.Put([]byte("one more"), make([]byte, 2*pageSize))
	})
}

func TestAWholeFileCanBeWalked(t *testing.T) {
	whole := file(t)
	if err := walk(whole); err != nil {
		t.Error(err)
	}
	if got := pages.Length(bytes.NewReader(whole)); got <= 2*pageSize || got > int64(len(whole)) {
		t.Errorf("it says that it needs %d of %d bytes", got, len(whole))
	}
}

// TestWhatCanBeWalkedHurtsNobody flips bits where pages say what they are and
// where things stand. What Walk lets pass, bbolt must go through without a fault
// or an assertion.
func TestWhatCanBeWalkedHurtsNobody(t *testing.T) {
	whole := file(t)
	path := filepath.Join(t.TempDir(), "file")
	random := rand.New(rand.NewPCG(1, 2))
	passed := 0
	for range 3000 {
		b := slices.Clone(whole)
		at := random.IntN(len(b)/pageSize)*pageSize + random.IntN(16+16*16)
		b[at] ^= 1 << random.IntN(8)
		if walk(b) != nil {
			continue
		}
		passed++
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := goThrough(path); err != nil && !bytes.Equal(b[:2*pageSize], whole[:2*pageSize]) {
			continue // a root that bbolt itself refuses
		} else if err != nil {
			t.Errorf("byte %d of page %d passed, and then: %v", at%pageSize, at/pageSize, err)
		}
	}
	if passed < 100 || passed == 3000 {
		t.Errorf("%d of 3000 passed: this tests nothing", passed)
	}
}

// TestPagesThatLeadAstrayAreRefused makes on purpose what chance seldom does.
func TestPagesThatLeadAstrayAreRefused(t *testing.T) {
	whole := file(t)
	kinds := make(map[uint16][]uint64)
	for id := uint64(2); id < uint64(len(whole)/pageSize); id++ {
		kind := binary.NativeEndian.Uint16(whole[id*pageSize+8:])
		kinds[kind] = append(kinds[kind], id)
	}
	high := uint64(len(whole) / pageSize)
	var branch uint64 // one with everything below it in use
	for _, id := range kinds[1] {
		b := slices.Clone(whole)
		binary.NativeEndian.PutUint64(b[id*pageSize+16+8:], high+9)
		if walk(b) != nil {
			branch = id
		}
	}
	if branch == 0 {
		t.Fatal("the file has no branch")
	}
	for name, change := range map[string]func(b []byte){
		"a branch leads to itself":       func(b []byte) { binary.NativeEndian.PutUint64(b[branch*pageSize+16+8:], branch) },
		"two branches lead to one leaf":  func(b []byte) { copy(b[branch*pageSize+16+24:][:8], b[branch*pageSize+16+8:]) },
		"a branch has nothing below it":  func(b []byte) { binary.NativeEndian.PutUint16(b[branch*pageSize+10:], 0) },
		"a page that is in use is free":  func(b []byte) { free(b, branch) },
		"a page is another's":            func(b []byte) { copy(b[branch*pageSize:][:pageSize], b[kinds[2][0]*pageSize:]) },
		"a page is longer than the file": func(b []byte) { binary.NativeEndian.PutUint32(b[branch*pageSize+12:], 1<<31) },
	} {
		b := slices.Clone(whole)
		change(b)
		if err := walk(b); err == nil {
			t.Errorf("%s: it can be walked", name)
		}
	}
}

// TestAPageThatIsLostIsFound takes a page off the list of free ones. Nobody is hurt
// by that, so the file can be walked.
func TestAPageThatIsLostIsFound(t *testing.T) {
	whole := file(t)
	check := func(b []byte) error {
		root, found := pages.NewestRoot(bytes.NewReader(b))
		if !found {
			t.Fatal("no root is sound")
		}
		return root.Check(bytes.NewReader(b), int64(len(b)))
	}
	if err := check(whole); err != nil {
		t.Error(err)
	}
	if check(whole[:len(whole)/2]) == nil {
		t.Error("half a file is whole")
	}
	list := freelist(whole)
	n := binary.NativeEndian.Uint16(list[10:])
	if n < 2 {
		t.Fatal("too few pages are free")
	}
	binary.NativeEndian.PutUint16(list[10:], n-1)
	if err := walk(whole); err != nil {
		t.Errorf("walked: %v", err)
	}
	if check(whole) == nil {
		t.Error("nobody misses the page")
	}
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if goThrough(path) == nil {
		t.Error("bbolt does not miss the page: this tests nothing")
	}
}

// free puts a page on the list of free ones that the newest root names.
func free(b []byte, id uint64) {
	binary.NativeEndian.PutUint64(freelist(b)[16:], id)
}

// freelist is the page of free pages that the newest root names.
func freelist(b []byte) []byte {
	first, second := b[16:], b[pageSize+16:]
	newest := first
	if binary.NativeEndian.Uint64(second[48:]) > binary.NativeEndian.Uint64(first[48:]) {
		newest = second
	}
	return b[binary.NativeEndian.Uint64(newest[32:])*pageSize:]
}

// TestARootThatNoFileCanHaveIsRefused gives numbers whose product does not fit:
// what is asked for must be more than any file has, and not less than nothing.
func TestARootThatNoFileCanHaveIsRefused(t *testing.T) {
	whole := file(t)
	for _, c := range []struct {
		size uint32
		high uint64
	}{{0, 1 << 20}, {511, 9}, {1 << 31, 1 << 40}, {1<<32 - 1, 1 << 40}, {pageSize, 1 << 52}, {pageSize, 1<<64 - 1}} {
		b := slices.Clone(whole)
		root(b[:pageSize], c.size, c.high)
		root(b[pageSize:], 1, 0) // not where its page size says
		if need := pages.Length(bytes.NewReader(b)); need <= int64(len(b)) {
			t.Errorf("%d pages of %d bytes need %d", c.high, c.size, need)
		}
		if walk(b) == nil {
			t.Errorf("%d pages of %d bytes can be walked", c.high, c.size)
		}
	}
}

// root gives a root its numbers, and a sum that is right.
func root(page []byte, size uint32, high uint64) {
	b := page[16:]
	binary.NativeEndian.PutUint32(b[8:], size)
	binary.NativeEndian.PutUint64(b[40:], high)
	sum := fnv.New64a()
	sum.Write(b[:56])
	binary.NativeEndian.PutUint64(b[56:], sum.Sum64())
}

// TestSmallBucketsInSmallBucketsHaveAnEnd builds a leaf in which each small bucket
// holds two that stand in one place, forty levels deep, and one with more levels
// than any file has.
func TestSmallBucketsInSmallBucketsHaveAnEnd(t *testing.T) {
	whole := file(t)
	for name, inner := range map[string][]byte{"twofold": nested(40, true), "deep": nested(200, false)} {
		more := (16 + len(inner) + pageSize - 1) / pageSize
		b := append(slices.Clone(whole), make([]byte, more*pageSize)...)
		id := uint64(len(whole) / pageSize)
		page := b[len(whole):]
		copy(page, inner)
		binary.NativeEndian.PutUint64(page, id)
		binary.NativeEndian.PutUint32(page[12:], uint32(more-1))
		for _, at := range []int{0, pageSize} {
			binary.NativeEndian.PutUint64(b[at+16+16:], id)
			root(b[at:at+pageSize], pageSize, uint64(len(b)/pageSize))
		}
		over := make(chan error, 1)
		go func() { over <- walk(b) }()
		select {
		case err := <-over:
			if err == nil {
				t.Errorf("%s: it can be walked", name)
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("%s: the walk has no end", name)
		}
	}
}

// nested is a leaf with small buckets in small buckets, so many levels of them,
// one or two at each.
func nested(levels int, twofold bool) []byte {
	b := leaf(nil, 0)
	for range levels {
		value := append(make([]byte, 16), b...) // a bucket without a page of its own
		if twofold {
			b = leaf(append([]byte("ab"), value...), 2)
		} else {
			b = leaf(append([]byte("b"), value...), 1)
		}
	}
	return b
}

// leaf is a page of elements that all have the end of data for their value: the
// first has n letters before it for a key, the next one less.
func leaf(data []byte, n int) []byte {
	b := make([]byte, 16+16*n, 16+16*n+len(data))
	binary.NativeEndian.PutUint16(b[8:], 2)
	binary.NativeEndian.PutUint16(b[10:], uint16(n))
	for i := range n {
		e := b[16+16*i:]
		binary.NativeEndian.PutUint32(e, 1)
		binary.NativeEndian.PutUint32(e[4:], uint32(16*n-16*i+i))
		binary.NativeEndian.PutUint32(e[8:], uint32(n-i))
		binary.NativeEndian.PutUint32(e[12:], uint32(len(data)-n))
	}
	return append(b, data...)
}
