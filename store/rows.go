package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// board is everybody's row in memory, for lists and search. It exists only
// while somebody is signed in: every role may read the shared part.
//
// rows is handed out and so never changed again; changes wait in fresh until
// somebody asks, and then one new slice takes all of them in. Its owner guards
// it.
type board struct {
	rows  []model.Row
	texts []string // what a query is matched against, beside rows
	at    map[model.PersonID]int
	fresh map[model.PersonID]*model.Row // nil: gone
}

func newBoard(rows []model.Row, texts []string) *board {
	b := &board{rows: rows, texts: texts, at: make(map[model.PersonID]int, len(rows))}
	for i := range rows {
		b.at[rows[i].ID] = i
	}
	return b
}

func (b *board) put(rows []model.Row) {
	for i := range rows {
		b.note(rows[i].ID, &rows[i])
	}
}

func (b *board) drop(gone []model.PersonID) {
	for _, id := range gone {
		b.note(id, nil)
	}
}

func (b *board) note(id model.PersonID, row *model.Row) {
	if b.fresh == nil {
		b.fresh = make(map[model.PersonID]*model.Row)
	}
	b.fresh[id] = row
}

// settle takes the changes in. Rows keep their place, new ones go to the end.
func (b *board) settle() {
	if len(b.fresh) == 0 {
		return
	}
	b.rows = slices.Grow(slices.Clone(b.rows), len(b.fresh))
	gone := false
	for id, row := range b.fresh {
		i, known := b.at[id]
		switch {
		case row == nil:
			gone = gone || known
		case known:
			b.rows[i], b.texts[i] = *row, searchText(row)
		default:
			b.at[id] = len(b.rows)
			b.rows, b.texts = append(b.rows, *row), append(b.texts, searchText(row))
		}
	}
	if gone {
		b.compact()
	}
	b.fresh = nil
}

// compact leaves out who is gone; that is rare, so it may walk everybody.
func (b *board) compact() {
	kept := 0
	for i := range b.rows {
		id := b.rows[i].ID
		if row, changed := b.fresh[id]; changed && row == nil {
			delete(b.at, id)
			continue
		}
		b.rows[kept], b.texts[kept], b.at[id] = b.rows[i], b.texts[i], kept
		kept++
	}
	b.rows, b.texts = b.rows[:kept], b.texts[:kept]
}

// settledRows takes all changes into the board and returns everybody. The caller
// must hold no lock.
func (s *Store) settledRows() []model.Row {
	s.mu.RLock()
	if s.board == nil {
		defer s.mu.RUnlock()
		return nil
	}
	if len(s.board.fresh) == 0 {
		defer s.mu.RUnlock()
		return s.board.rows
	}
	s.mu.RUnlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.board == nil {
		return nil
	}
	s.board.settle()
	return s.board.rows
}

// loadBoard opens everybody's row. Two goroutines share the work, because it is
// what somebody who signs in waits for.
func (s *Store) loadBoard(k *keys) (*board, error) {
	sealed, err := s.sealedRows()
	if err != nil {
		return nil, err
	}
	rows, texts := make([]model.Row, len(sealed)), make([]string, len(sealed))
	half := len(sealed) / 2
	var failed [2]error
	var both sync.WaitGroup
	for i, span := range [][2]int{{0, half}, {half, len(sealed)}} {
		both.Go(func() {
			failed[i] = k.openRows(sealed[span[0]:span[1]], rows[span[0]:span[1]], texts[span[0]:span[1]])
		})
	}
	both.Wait()
	if err := errors.Join(failed[:]...); err != nil {
		return nil, err
	}
	return newBoard(rows, texts), nil
}

// sealedRow is a row as it is kept: person, then the sealed value.
type sealedRow []byte

// sealedRows copies the rows out of the file, so that the transaction is short.
func (s *Store) sealedRows() ([]sealedRow, error) {
	var all []sealedRow
	err := s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketRows)).ForEach(func(key, value []byte) error {
			all = append(all, slices.Concat(key, value))
			return nil
		})
	})
	return all, err
}

func (k *keys) openRows(sealed []sealedRow, rows []model.Row, texts []string) error {
	var buf []byte
	for i, row := range sealed {
		plain, err := k.openValue(buf[:0], model.Shared, bucketRows, row[:personSize], row[personSize:])
		if err != nil {
			return err
		}
		if err := json.Unmarshal(plain, &rows[i]); err != nil || !bytes.Equal(rows[i].ID[:], row[:personSize]) {
			return damaged(errors.Join(errors.New("a row that is none"), err))
		}
		texts[i], buf = searchText(&rows[i]), plain
	}
	return nil
}
