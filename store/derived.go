package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Snapshots and rows are derived: the log is the truth. They are made anew when
// the program that reads them is not the one that made them, because it may fold
// the same ops to something else, or know kinds of op that the other passed
// over.

func keyDerived(c model.Compartment) []byte { return []byte("derived " + c.String()) }

// derivation tells one program's way of folding from another's: its build, the
// kinds it knows, and the shape of what is kept. Nobody may change what it gives.
var derivation = sync.OnceValue(func() []byte {
	sum := sha256.New()
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if strings.HasPrefix(setting.Key, "vcs.") {
				_, _ = io.WriteString(sum, setting.Value) // hash.Hash writes never fail
			}
		}
	}
	_, _ = io.WriteString(sum, strings.Join(model.Kinds(), " "))
	writeShape(sum, reflect.TypeFor[model.Record](), nil)
	writeShape(sum, reflect.TypeFor[model.Row](), nil)
	return sum.Sum(nil)
})

// writeShape writes a type with all it is made of; above are the types that it
// is part of.
func writeShape(w io.Writer, t reflect.Type, above []reflect.Type) {
	_, _ = fmt.Fprint(w, t, " ")
	if slices.Contains(above, t) {
		return
	}
	above = append(above, t)
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			field := t.Field(i)
			_, _ = fmt.Fprint(w, field.Name, " ", field.Tag, " ")
			writeShape(w, field.Type, above)
		}
	case reflect.Map:
		writeShape(w, t.Key(), above)
		writeShape(w, t.Elem(), above)
	case reflect.Slice, reflect.Pointer, reflect.Array:
		writeShape(w, t.Elem(), above)
	}
}

func (e *edit) putDerivation(c model.Compartment) error {
	return e.put(bucketMeta, keyDerived(c), derivation())
}

// derive folds anew the compartments that another program has folded, as far as
// somebody is signed in who may read them.
func (s *Store) derive(k *keys) error {
	want := derivation()
	for _, c := range k.readable() {
		var have []byte
		err := s.view(func(tx *bbolt.Tx) error {
			have = bytes.Clone(tx.Bucket([]byte(bucketMeta)).Get(keyDerived(c)))
			return nil
		})
		if err != nil {
			return err
		}
		if bytes.Equal(have, want) {
			continue
		}
		if err := s.deriveAnew(k, c); err != nil {
			return err
		}
	}
	return nil
}

// derivePace is how many people are folded anew in one transaction.
const derivePace = 200

func (s *Store) deriveAnew(k *keys, c model.Compartment) error {
	next := []byte{byte(c)}
	for next != nil {
		err := s.edit(func(e *edit) (err error) {
			e.quiet = true
			next, err = e.deriveSome(k, c, next)
			if err != nil || next != nil {
				return err
			}
			return e.putDerivation(c)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// deriveSome folds some people anew, from a key of the snapshots on, and returns
// the key of the next one, nil at the end of the compartment.
func (e *edit) deriveSome(k *keys, c model.Compartment, from []byte) (next []byte, err error) {
	var due [][]byte
	cursor := e.tx.Bucket([]byte(bucketSnapshots)).Cursor()
	key, _ := cursor.Seek(from)
	for ; key != nil && key[0] == byte(c) && len(due) < derivePace; key, _ = cursor.Next() {
		due = append(due, bytes.Clone(key))
	}
	if key != nil && key[0] == byte(c) {
		next = bytes.Clone(key)
	}
	for _, part := range due {
		if err := e.refoldPart(k, part); err != nil {
			return nil, err
		}
	}
	return next, nil
}
