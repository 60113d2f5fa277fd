package store_test

import (
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// TestOneDoKeepsThatManyBytes holds the comparison of the benchmarks to the
// truth: the bare put must not write more than a tick does.
func TestOneDoKeepsThatManyBytes(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	populate(t, s, st, 20)
	nurse := signIn(t, st, "nurse")
	id := nurse.Rows()[7].ID
	do(t, nurse, id, &model.ItemSet{Item: model.ItemConsent, State: model.Problem, Note: "asked 123"})
	envs, err := st.Outgoing(1)
	if err != nil {
		t.Fatal(err)
	}
	wire, _ := envs[0].AppendBinary(nil)
	n := len(wire)
	err = st.DB().View(func(tx *bbolt.Tx) error {
		n += len(tx.Bucket([]byte(store.BucketSnapshots)).Get(append([]byte{byte(model.Shared)}, id[:]...)))
		n += len(tx.Bucket([]byte(store.BucketDesk)).Get(store.KeyDesk))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < bytesOfOneDo || n > bytesOfOneDo*5/4 {
		t.Errorf("a tick keeps %d bytes, the bare put %d", n, bytesOfOneDo)
	}
}
