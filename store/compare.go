package store

import (
	"bytes"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// Head returns the newest head of the hub's that fits what this desk read, as it
// was signed. It is NotFound before the first. It holds nobody's data, so anybody
// may carry it elsewhere.
func (s *Store) Head() (signed []byte, head tree.Head, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		r, err := readReading(tx)
		if err != nil {
			return err
		}
		_, value := lastOf(tx.Bucket([]byte(bucketHeads)), r.life)
		if value == nil {
			return model.NotFound("The hub has signed nothing for this workstation yet.", "Sync once: throughgate sync --once.")
		}
		signed = bytes.Clone(value)
		if head, err = tree.Claimed(signed); err != nil {
			return damaged(err)
		}
		return nil
	})
	return signed, head, err
}

// Compare holds a head that another desk of the site got to what this desk read,
// and returns that head when the two are of one log: nil, and what is wrong, when
// not. It is Locked when this desk has not read so far yet.
func (s *Store) Compare(signed []byte) (tree.Head, *model.Finding, error) {
	notary := s.notaryKey()
	if notary == nil {
		return tree.Head{}, nil, model.NotFound("This workstation does not know the hub's key yet.", "Sync once: throughgate sync --once.")
	}
	h, err := tree.Open(signed, notary)
	if err != nil {
		claimed, _ := tree.Claimed(signed)
		f := model.Finding{What: model.FoundHead, Site: claimed.Site, Place: claimed.Size, Says: "The head that was brought is not signed by this workstation's hub."}
		if errors.Is(err, tree.ErrForged) {
			f.Says = "The head that was brought was changed, or its signature is forged."
		}
		return claimed, found(f), nil
	}
	f := model.Finding{What: model.FoundDiffers, Site: h.Site, Place: h.Size}
	if h.Site != s.Identity().Site {
		return h, nil, model.Invalid("The head that was brought is of another site.", "Desks of one prison can be compared.")
	}
	err = s.view(func(tx *bbolt.Tx) error {
		r, err := readReading(tx)
		switch {
		case err != nil:
			return err
		case h.Epoch != r.epoch:
			return &model.Error{Kind: model.KindLocked, Msg: "The head that was brought is of another life of the hub's log.", Hint: "Sync both desks, and compare again."}
		case h.Size > r.edge.Size:
			return &model.Error{Kind: model.KindLocked, Msg: "This workstation has not read so far yet.", Hint: "Sync it, and compare again."}
		}
		root, err := rootOf(tx, r.life, h.Size)
		if err == nil && root == h.Root {
			f.What = ""
		}
		return err
	})
	if err != nil || f.What == "" {
		return h, nil, err
	}
	return h, found(f), nil
}

// found fills in the words of a finding.
func found(f model.Finding) *model.Finding {
	var r model.AuditReport
	r.Find(f)
	return &r.Findings[0]
}
