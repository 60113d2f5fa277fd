package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"sync"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// board is everybody's row in memory, for lists and search. It exists only
// while somebody is signed in: every role may read the shared part.
//
// rows is handed out and so never changed again; changes wait in fresh until
// somebody asks, and then one new slice takes all of them in. At 100,000 people
// that is a copy of 45 MB, so whoever writes, or draws a screen, never waits for
// it: they need mu alone.
type board struct {
	settling sync.Mutex // guards rows, texts and at; comes before mu
	rows     []model.Row
	texts    []string // what a query is matched against, beside rows
	hints    []hint   // of the texts
	at       map[model.PersonID]int

	mu    sync.Mutex
	fresh map[model.PersonID]*model.Row // nil: gone
}

func newBoard(rows []model.Row, texts []string) *board {
	b := &board{rows: rows, texts: texts, hints: make([]hint, len(rows)), at: make(map[model.PersonID]int, len(rows))}
	for i := range rows {
		b.at[rows[i].ID] = i
		b.hints[i] = hintOf(texts[i])
	}
	return b
}

// note takes changed rows, and who is gone.
func (b *board) note(rows []model.Row, gone []model.PersonID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fresh == nil {
		b.fresh = make(map[model.PersonID]*model.Row)
	}
	for i := range rows {
		b.fresh[rows[i].ID] = &rows[i]
	}
	for _, id := range gone {
		b.fresh[id] = nil
	}
}

// settle takes the changes in. Rows keep their place, new ones go to the end.
// The caller holds settling.
func (b *board) settle() {
	b.mu.Lock()
	fresh := b.fresh
	b.fresh = nil
	b.mu.Unlock()
	if len(fresh) == 0 {
		return
	}
	b.rows = append(make([]model.Row, 0, len(b.rows)+len(fresh)), b.rows...)
	gone := false
	for id, row := range fresh {
		i, known := b.at[id]
		switch {
		case row == nil:
			gone = gone || known
		case known:
			text := searchText(row)
			b.rows[i], b.texts[i], b.hints[i] = *row, text, hintOf(text)
		default:
			text := searchText(row)
			b.at[id] = len(b.rows)
			b.rows, b.texts, b.hints = append(b.rows, *row), append(b.texts, text), append(b.hints, hintOf(text))
		}
	}
	if gone {
		b.compact(fresh)
	}
}

// compact leaves out who is gone; that is rare, so it may walk everybody.
func (b *board) compact(fresh map[model.PersonID]*model.Row) {
	kept := 0
	for i := range b.rows {
		id := b.rows[i].ID
		if row, changed := fresh[id]; changed && row == nil {
			delete(b.at, id)
			continue
		}
		b.rows[kept], b.texts[kept], b.hints[kept], b.at[id] = b.rows[i], b.texts[i], b.hints[i], kept
		kept++
	}
	b.rows, b.texts, b.hints = b.rows[:kept], b.texts[:kept], b.hints[:kept]
}

// all returns everybody as they are now.
func (b *board) all() []model.Row {
	b.settling.Lock()
	defer b.settling.Unlock()
	b.settle()
	return b.rows
}

// boardNow returns the board, nil when nobody is signed in.
func (s *Store) boardNow() *board {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.board
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
	var spoilt [2][]int
	var both sync.WaitGroup
	for i, span := range [][2]int{{0, half}, {half, len(sealed)}} {
		both.Go(func() {
			spoilt[i], failed[i] = k.openRows(sealed[span[0]:span[1]], rows[span[0]:span[1]], texts[span[0]:span[1]])
		})
	}
	both.Wait()
	if err := errors.Join(failed[:]...); err != nil {
		return nil, err
	}
	for n, some := range spoilt {
		for _, i := range some {
			i += n * half
			if err := s.mendRow(k, sealed[i].key, &rows[i], &texts[i]); err != nil {
				return nil, err
			}
		}
	}
	return newBoard(rows, texts), nil
}

// mendRow makes a row from the log, where the one that is kept cannot be used:
// one spoilt row must not keep everybody out.
func (s *Store) mendRow(k *keys, key []byte, row *model.Row, text *string) error {
	_, id := readPartKey(key)
	s.opt.Log.Error("a row of the board was spoilt, and is made from the log")
	return s.view(func(tx *bbolt.Tx) error {
		r := model.NewRecord(id, []model.Compartment{model.Shared})
		switch err := k.mendPart(tx, model.Shared, r); {
		case errors.Is(err, errNoEntries): // opening them says so
			s.findsLost(id)
		case err != nil:
			return err
		default:
			s.findsSpoilt(model.Shared, id)
		}
		*row = model.RowOf(id, &r.Shared)
		*text = searchText(row)
		return nil
	})
}

// sealedRow is somebody's row as it was copied out of the file.
type sealedRow struct {
	key []byte // of the snapshot
	snapshot
}

// sealedRows copies the rows out of the file, so that the transaction is short.
func (s *Store) sealedRows() ([]sealedRow, error) {
	var all []sealedRow
	err := s.view(func(tx *bbolt.Tx) error {
		shared := []byte{byte(model.Shared)}
		c := tx.Bucket([]byte(bucketSnapshots)).Cursor()
		for key, value := c.Seek(shared); bytes.HasPrefix(key, shared); key, value = c.Next() {
			sealed, _ := readSnapshot(value) // a spoilt one has no row that opens
			both := slices.Concat(key, sealed.row)
			all = append(all, sealedRow{both[:len(key)], snapshot{version: sealed.version, row: both[len(key):]}})
		}
		return nil
	})
	return all, err
}

// openRows opens rows, and lists those that cannot be.
func (k *keys) openRows(sealed []sealedRow, rows []model.Row, texts []string) (spoilt []int, err error) {
	var buf []byte
	for i, row := range sealed {
		if len(row.row) == 0 {
			spoilt = append(spoilt, i)
			continue
		}
		box := k.opener(model.Shared, row.version)
		if box == nil {
			return nil, errNoKey
		}
		plain, err := box.Open(buf[:0], row.row, sealedPlace("row", row.key))
		if err == nil {
			err = json.Unmarshal(plain, &rows[i])
		}
		if _, id := readPartKey(row.key); err != nil || rows[i].ID != id {
			if errors.Is(err, seal.ErrWiped) {
				return nil, err
			}
			spoilt = append(spoilt, i)
			continue
		}
		texts[i], buf = searchText(&rows[i]), plain
	}
	return spoilt, nil
}
