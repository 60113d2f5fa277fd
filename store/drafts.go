package store

import (
	"crypto/sha256"
	"errors"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// maxDraft is the most bytes one draft may have.
const maxDraft = 1 << 20

// draftKey places a draft under its owner. Its name is hashed, because it may
// say whom the draft is about.
func (ss *Session) draftKey(name string) []byte {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	sum := sha256.Sum256(slices.Concat(ss.person, []byte("draft\n"+string(ss.actor.Staff)+"\n"+name)))
	if at := len(name) - 2*personSize; at > 0 && name[at-1] == '/' {
		var about model.PersonID
		if about.UnmarshalText([]byte(name[at:])) == nil {
			copy(sum[:], draftTag(about))
		}
	}
	return sum[:]
}

// draftTag begins the keys of drafts about a person, whose names end with "/" and
// the person's id: who left is not removed while somebody is writing of them.
func draftTag(id model.PersonID) []byte {
	sum := sha256.Sum256(append([]byte("throughgate draft about\n"), id[:]...))
	return sum[:8]
}

// drafts returns the box of this person's drafts, nil when the session is over.
func (ss *Session) drafts() *seal.Box {
	if ss.state() != nil {
		return nil
	}
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return ss.draftBox
}

// Draft returns what this person has half written under a name, and whether
// there is anything. Nobody else can read it, not even with the same role.
func (ss *Session) Draft(name string) (value []byte, found bool) {
	box := ss.drafts()
	if box == nil {
		return nil, false
	}
	key := ss.draftKey(name)
	err := ss.store.view(func(tx *bbolt.Tx) (err error) {
		sealed := tx.Bucket([]byte(bucketDrafts)).Get(key)
		if found = sealed != nil; found {
			value, err = box.OpenCompact(nil, sealed, sealedPlace(bucketDrafts, key))
		}
		return err
	})
	return value, found && err == nil
}

// SaveDraft keeps what this person has half written; nil throws it away.
func (ss *Session) SaveDraft(name string, value []byte) error {
	box := ss.drafts()
	if box == nil {
		return ss.state()
	}
	if len(value) > maxDraft {
		return model.Invalid("This is too long to keep as a draft.", "Shorten the text.")
	}
	key := ss.draftKey(name)
	if value == nil {
		return ss.store.edit(func(e *edit) error {
			e.quiet = true
			return e.delete(bucketDrafts, key)
		})
	}
	sealed, err := box.SealCompact(nil, value, sealedPlace(bucketDrafts, key))
	if errors.Is(err, seal.ErrWiped) {
		return ss.state()
	}
	if err != nil {
		return internal("seal a draft", err)
	}
	return ss.store.edit(func(e *edit) error {
		e.quiet = true
		return e.put(bucketDrafts, key, sealed)
	})
}
