package hub

import (
	"bytes"
	"encoding/json"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// table is a reference table: practices, prisons, outcodes, medicines. Its rows are JSON
// lines, which the hub passes on and never reads.
type table struct {
	Name     string        `json:"name"`
	Revision uint64        `json:"revision"`
	Lines    []byte        `json:"lines,omitempty"`  // as hubs kept them before: the list of all medicines is too long for it
	Packed   []byte        `json:"packed,omitempty"` // as desks get them
	Rows     int           `json:"rows"`
	Imported model.Instant `json:"imported"`
}

func (t *table) row() (string, string) { return tableReference, t.Name }

func (t *table) ready() *table {
	if t.Packed == nil {
		t.Packed, t.Lines = wire.Pack(t.Lines), nil
	}
	return t
}

// holds tells whether the rows are these. Packed bytes are not compared: another
// version of the packer may make others of the same rows.
func (t *table) holds(lines []byte) bool {
	have, err := wire.Unpack(t.Packed, wire.MaxReference)
	return err == nil && bytes.Equal(have, lines)
}

// Reference is a table as it is to be. Lines has one JSON value a line.
type Reference struct {
	Table string `json:"table"`
	Lines []byte `json:"lines"`
}

// ReferenceInfo is a reference table as the administration shows it.
type ReferenceInfo struct {
	Table    string        `json:"table"`
	Revision uint64        `json:"revision"`
	Rows     int           `json:"rows"`
	Changed  bool          `json:"changed"` // by the import that answers with this
	Imported model.Instant `json:"imported"`
}

func (t *table) info() ReferenceInfo {
	return ReferenceInfo{Table: t.Name, Revision: t.Revision, Rows: t.Rows, Imported: t.Imported}
}

// SetReference replaces a reference table. The revision moves on only when the
// rows are others than before.
func (h *Hub) SetReference(r Reference) (ReferenceInfo, error) {
	if !wire.ValidTable(r.Table) {
		return ReferenceInfo{}, model.Invalid("There is no such table.", "Use practices, prisons, outcodes or medicines.")
	}
	if len(r.Lines) > wire.MaxReference {
		return ReferenceInfo{}, model.Invalid("The table is larger than desks can take.", "Import a smaller file.")
	}
	next := (&table{Name: r.Table, Revision: 1, Lines: r.Lines, Imported: model.InstantOf(h.Now())}).ready()
	for line := range bytes.Lines(r.Lines) {
		if !json.Valid(line) {
			return ReferenceInfo{}, model.Invalid("The rows are not JSON lines.", "")
		}
		next.Rows++
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	if old := h.keep.tables[r.Table]; old != nil {
		if old.holds(r.Lines) {
			return old.info(), nil
		}
		next.Revision = old.Revision + 1
	}
	if err := h.save(next); err != nil {
		return ReferenceInfo{}, err
	}
	h.keep.tables[r.Table] = next
	h.keep.bells.ringAll()
	info := next.info()
	info.Changed = true
	return info, nil
}

// revisions is the current revision of every table. The caller holds the lock.
func (k *registry) revisions() wire.Revisions {
	out := make(wire.Revisions, len(k.tables))
	for name, t := range k.tables {
		out[name] = t.Revision
	}
	return out
}
