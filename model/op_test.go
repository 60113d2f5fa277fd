package model_test

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

func sampleOp(t testing.TB) *model.Op {
	t.Helper()
	d := newDesk(t, 7, model.RoleReception)
	op := d.do(morning, &model.LocationSet{Cell: "A-2-014"})
	op.Seq, op.Incarnation, op.Device = 300, 9, model.DeviceID{1, 2, 3}
	op.Before, op.After = 2, 499
	return op
}

func TestOpRoundTrips(t *testing.T) {
	op := sampleOp(t)
	encoded, err := op.Encode()
	if err != nil {
		t.Fatal(err)
	}
	signature := bytes.Repeat([]byte{5}, model.SignatureSize)
	got, gotEncoded, gotSignature, err := model.DecodeOp(append(bytes.Clone(encoded), signature...))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, op) {
		t.Errorf("came back as %+v, want %+v", got, op)
	}
	if !bytes.Equal(encoded, gotEncoded) || !bytes.Equal(signature, gotSignature) {
		t.Error("the parts do not add up to the whole")
	}
}

func TestAnOpHasOneForm(t *testing.T) {
	op := sampleOp(t)
	for _, part := range []bool{true, false} {
		if !part {
			op.Before, op.After = 0, 0
		}
		encoded, err := op.Encode()
		if err != nil {
			t.Fatal(err)
		}
		signed := append(encoded, make([]byte, model.SignatureSize)...)
		if got, _, _, err := model.DecodeOp(signed); err != nil || !reflect.DeepEqual(got, op) {
			t.Errorf("came back as %+v, %v", got, err)
		}
		e := model.EnvelopeFor(op, model.Shared, 3, signed)
		b, _ := e.AppendBinary(nil)
		if got, err := model.DecodeEnvelope(b); err != nil || got.Before != op.Before || got.After != op.After {
			t.Errorf("the envelope came back as %+v, %v", got, err)
		}
		if part {
			copy(b[1:5], make([]byte, 4))
			if _, err := model.DecodeEnvelope(b); err == nil {
				t.Error("an envelope in another form than its own was taken")
			}
		}
	}
}

func TestTruncatedOpIsRefusedAtEveryLength(t *testing.T) {
	encoded, err := sampleOp(t).Encode()
	if err != nil {
		t.Fatal(err)
	}
	signed := append(encoded, make([]byte, model.SignatureSize)...)
	for n := range signed {
		if _, _, _, err := model.DecodeOp(signed[:n]); err == nil {
			t.Fatalf("%d of %d bytes were taken for an op", n, len(signed))
		}
	}
}

func TestEnvelopeRoundTripsAndHoldsItsOpToItsWord(t *testing.T) {
	op := sampleOp(t)
	encoded, err := op.Encode()
	if err != nil {
		t.Fatal(err)
	}
	signed := append(encoded, make([]byte, model.SignatureSize)...)
	e := model.EnvelopeFor(op, model.Shared, 3, signed)
	e.Sealed = []byte("sealed")
	b, _ := e.AppendBinary(nil)
	got, err := model.DecodeEnvelope(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, e) {
		t.Errorf("came back as %+v, want %+v", got, e)
	}
	if !e.Agrees(op, signed) {
		t.Error("an envelope disowns its op")
	}
	moved := e
	moved.Person = model.PersonID{9}
	if moved.Agrees(op, signed) {
		t.Error("an op was moved to another person")
	}
	e.Compartment = model.Custody
	if e.Agrees(op, signed) {
		t.Error("an op was moved to another compartment")
	}
}

func TestClockNeverGoesBack(t *testing.T) {
	c := model.Clock{Node: 1}
	last := c.Next(morning)
	for i := range 70000 {
		at := morning.Add(-time.Duration(i) * time.Second)
		next := c.Next(at)
		if !next.After(last) {
			t.Fatalf("stamp %d is not later than the one before", i)
		}
		last = next
	}
}

func TestClockRefusesTheFuture(t *testing.T) {
	c := model.Clock{Node: 1}
	ahead := model.Stamp{Wall: morning.Add(model.MaxAhead + time.Second).UnixMilli()}
	if err := c.Witness(ahead, morning); model.KindOf(err) != model.KindOutside {
		t.Errorf("a stamp from the future was taken: %v", err)
	}
	near := model.Stamp{Wall: morning.Add(time.Minute).UnixMilli()}
	if err := c.Witness(near, morning); err != nil {
		t.Error(err)
	}
	if next := c.Next(morning); !next.After(near) {
		t.Error("a stamp is earlier than one witnessed before it")
	}
}

func TestStampBytesSortAsStamps(t *testing.T) {
	stamps := []model.Stamp{{Wall: 1}, {Wall: 1, Node: 2}, {Wall: 1, Tick: 1}, {Wall: 2}, {Wall: 1 << 41, Tick: 65535, Node: 1}}
	for i := range stamps[1:] {
		a, _ := stamps[i].AppendBinary(nil)
		b, _ := stamps[i+1].AppendBinary(nil)
		if bytes.Compare(a, b) >= 0 || !stamps[i+1].After(stamps[i]) {
			t.Errorf("%v and %v sort differently as bytes", stamps[i], stamps[i+1])
		}
	}
}

// TestAnOpIsNoLargerThanItsBodyMayBe holds a hub and a desk that open a thousand
// entries to a bounded memory: a sealed entry of a few bytes unpacks to
// megabytes.
func TestAnOpIsNoLargerThanItsBodyMayBe(t *testing.T) {
	op := sampleOp(t)
	op.Kind, op.Change, op.Body = "of.later", nil, nil
	encoded, err := op.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for size, want := range map[int]bool{model.MaxBody: true, 16 * model.MaxBody: false} {
		signed := binary.AppendUvarint(bytes.Clone(encoded[:len(encoded)-1]), uint64(size))
		signed = append(signed, make([]byte, size+model.SignatureSize)...)
		if _, _, _, err := model.DecodeOp(signed); (err == nil) != want {
			t.Errorf("a body of %d bytes: %v", size, err)
		}
	}
}
