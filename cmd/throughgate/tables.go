package main

import (
	"bytes"
	"context"
	"encoding/json"
	"iter"
	"slices"
	"sync/atomic"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// The reference tables that a desk reads.
const (
	tablePractices = "practices"
	tableOutcodes  = "outcodes"
	tablePrisons   = "prisons"
	tableMedicines = "medicines"
)

// tables holds what is searched as one types, made anew in the background when
// the hub has sent another edition: indexing takes longer than a key press may.
type tables struct {
	desk   *store.Store
	index  atomic.Pointer[model.PracticeIndex]
	drugs  atomic.Pointer[model.ProductIndex]
	prison atomic.Pointer[model.Prison] // this workstation's
	of     [2]uint64                    // revisions of the index of practices,
	ofDrug uint64                       // of the medicines
	ofHere uint64                       // and of the prison; all used by keep alone
	made   chan struct{}                // closed once what was here at the start is read
}

func newTables(desk *store.Store) *tables { return &tables{desk: desk, made: make(chan struct{})} }

// wait returns once what was here at the start is read, or the context is over:
// a script types faster than an index of all practices is made.
func (t *tables) wait(ctx context.Context) {
	select {
	case <-t.made:
	case <-ctx.Done():
	}
}

func (t *tables) practices() *model.PracticeIndex { return t.index.Load() }

func (t *tables) products() *model.ProductIndex { return t.drugs.Load() }

// here is the workstation's prison, zero until the register of prisons has come.
func (t *tables) here() model.Prison {
	if p := t.prison.Load(); p != nil {
		return *p
	}
	return model.Prison{}
}

// keep makes the index now and whenever a table has changed, until the context
// ends or the store is closed.
func (t *tables) keep(ctx context.Context) {
	tokens, stop := t.desk.Watch()
	defer stop()
	for first := true; ; first = false {
		t.renewPrison()
		t.renewPractices()
		t.renewProducts()
		if first {
			close(t.made)
		}
		select {
		case _, open := <-tokens:
			if !open {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

func (t *tables) renewPrison() {
	revision, err := t.desk.ReferenceRevision(tablePrisons)
	if err == nil && revision != t.ofHere {
		here := prisonHere(t.desk)
		t.prison.Store(&here)
		t.ofHere = revision
	}
}

// renewPractices leaves the index as it is when a table cannot be read: an old edition is
// better than none.
func (t *tables) renewPractices() {
	practices, err := t.desk.ReferenceRevision(tablePractices)
	if err != nil || practices == 0 {
		return
	}
	outcodes, err := t.desk.ReferenceRevision(tableOutcodes)
	if now := [2]uint64{practices, outcodes}; err == nil && now != t.of {
		rows, err := readTable[model.Practice](t.desk, tablePractices)
		if err != nil {
			return
		}
		places, err := readTable[model.Outcode](t.desk, tableOutcodes)
		if err != nil {
			return
		}
		t.index.Store(model.NewPracticeIndex(rows, places))
		t.of = now
	}
}

// renewProducts hands the rows to the index one by one: the whole list has
// 200,000.
func (t *tables) renewProducts() {
	revision, err := t.desk.ReferenceRevision(tableMedicines)
	if err != nil || revision == t.ofDrug {
		return
	}
	lines, _, err := t.desk.Reference(tableMedicines)
	if err != nil {
		return
	}
	t.drugs.Store(model.NewProductIndex(rowsOf[model.Product](lines)))
	t.ofDrug = revision
}

// readTable reads a table.
func readTable[Row any](desk *store.Store, table string) ([]Row, error) {
	lines, _, err := desk.Reference(table)
	if err != nil {
		return nil, err
	}
	return slices.Collect(rowsOf[Row](lines)), nil
}

// rowsOf are the rows of JSON lines. A line of a newer hub that this program
// cannot read is passed over.
func rowsOf[Row any](lines []byte) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for line := range bytes.Lines(lines) {
			var row Row
			if json.Unmarshal(line, &row) == nil && !yield(row) {
				return
			}
		}
	}
}

// prisonHere is this workstation's prison, as the register of prisons has it,
// zero when that has not come from the hub.
func prisonHere(desk *store.Store) model.Prison {
	prisons, err := readTable[model.Prison](desk, tablePrisons)
	if err != nil {
		return model.Prison{} // a letter without its sender's address is better than none
	}
	for _, p := range prisons {
		if p.Code == desk.Identity().Site {
			return p
		}
	}
	return model.Prison{}
}

// addressOf is a prison's address, one line after the other; nil when it is not
// known.
func addressOf(p model.Prison) []string {
	if p.Postcode == "" {
		return p.Address
	}
	return append(slices.Clone(p.Address), p.Postcode)
}
