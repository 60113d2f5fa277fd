package sync_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// envelope returns one with recognisable content; the wire never opens it.
func envelope(seq uint64, size int) model.Envelope {
	e := model.Envelope{
		Stamp:  model.Stamp{Wall: 1_790_000_000_000 + int64(seq), Node: 7},
		Device: model.DeviceID{1, 2, 3}, Incarnation: 9, Seq: seq, Compartment: model.Health, KeyVersion: 1,
		Sealed: bytes.Repeat([]byte{byte(seq)}, size),
	}
	e.Person[0], e.Hash[0] = byte(seq), byte(seq)
	return e
}

func envelopes(n, size int) []model.Envelope {
	out := make([]model.Envelope, n)
	for i := range out {
		out[i] = envelope(uint64(i+1), size)
	}
	return out
}

func raw(e model.Envelope) []byte {
	b, _ := e.AppendBinary(nil)
	return b
}

func TestPushCarriesEveryByteInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(0, 5000), 1, 40).Draw(t, "sizes")
		sent := make([]model.Envelope, len(sizes))
		for i, size := range sizes {
			sent[i] = envelope(uint64(i), size)
		}
		body, n := sync.EncodePush(sent)
		if n != len(sent) {
			t.Fatalf("packed %d of %d", n, len(sent))
		}
		got, err := sync.DecodePush(body)
		if err != nil || len(got) != len(sent) {
			t.Fatalf("got %d, %v", len(got), err)
		}
		for i := range got {
			if !bytes.Equal(raw(got[i]), raw(sent[i])) {
				t.Fatalf("envelope %d changed", i)
			}
		}
	})
}

func TestPushTakesWhatFits(t *testing.T) {
	for name, c := range map[string]struct {
		sent []model.Envelope
		want int
	}{
		"none":                     {nil, 0},
		"more than a push may":     {envelopes(sync.MaxOps+1, 10), sync.MaxOps},
		"more bytes than it may":   {envelopes(20, model.MaxBody), 15},
		"first too large to carry": {envelopes(2, sync.MaxEnvelope), 0},
	} {
		body, n := sync.EncodePush(c.sent)
		if n != c.want {
			t.Errorf("%s: packed %d, want %d", name, n, c.want)
		}
		if n > 0 {
			if got, err := sync.DecodePush(body); err != nil || len(got) != n {
				t.Errorf("%s: read %d, %v", name, len(got), err)
			}
		}
	}
}

func TestFeedCarriesNumbersAndBytes(t *testing.T) {
	entries := []sync.Entry{{Seq: 5, Raw: raw(envelope(1, 100))}, {Seq: 6, Raw: raw(envelope(2, 0))}}
	body, n := sync.EncodeFeed(entries)
	got, last, err := sync.DecodeFeed(body, 4)
	if err != nil || n != 2 || last != 6 || len(got) != 2 || !bytes.Equal(raw(got[1]), entries[1].Raw) {
		t.Fatalf("n %d, last %d, %d envelopes, %v", n, last, len(got), err)
	}
	if _, _, err := sync.DecodeFeed(body, 5); err == nil {
		t.Error("a feed that begins at the cursor was read")
	}
	for _, seq := range []uint64{5, 7} {
		entries[1].Seq = seq
		body, _ = sync.EncodeFeed(entries)
		if _, _, err := sync.DecodeFeed(body, 4); err == nil {
			t.Errorf("a feed whose numbers are 5 and %d was read", seq)
		}
	}
	body, _ = sync.EncodeFeed(nil)
	if got, last, err := sync.DecodeFeed(body, 7); err != nil || last != 0 || len(got) != 0 {
		t.Errorf("empty feed: %v, %d, %v", got, last, err)
	}
}

func TestFeedIsPaged(t *testing.T) {
	big := raw(envelope(1, model.MaxBody))
	var entries []sync.Entry
	for i := range 30 {
		entries = append(entries, sync.Entry{Seq: uint64(i + 1), Raw: big})
	}
	body, n := sync.EncodeFeed(entries)
	if _, last, err := sync.DecodeFeed(body, 0); err != nil || last != uint64(n) || n == 0 || n == 30 {
		t.Fatalf("n %d, last %d, %v", n, last, err)
	}
}

func TestAnswersMatchWhatWasSent(t *testing.T) {
	sent := envelopes(3, 1)
	results := []model.PushResult{
		{Stamp: sent[0].Stamp, Status: model.PushTaken},
		{Stamp: sent[1].Stamp, Status: model.PushRefused, Reason: "Not\x1b[2J allowed.\n"},
		{Stamp: sent[2].Stamp, Status: model.PushKnown},
	}
	got, err := sync.DecodeAnswers(sync.EncodeAnswers(results), sent)
	if err != nil {
		t.Fatal(err)
	}
	results[1].Reason = "Not[2J allowed."
	for i := range got {
		if got[i] != results[i] {
			t.Errorf("answer %d: %+v, want %+v", i, got[i], results[i])
		}
	}
	if _, err := sync.DecodeAnswers(sync.EncodeAnswers(results[:2]), sent); err == nil {
		t.Error("two answers for three entries were read")
	}
	results[0], results[1] = results[1], results[0]
	if _, err := sync.DecodeAnswers(sync.EncodeAnswers(results), sent); err == nil {
		t.Error("answers in another order were read")
	}
	results[0].Status = "taught"
	results[1].Status = ""
	if _, err := sync.DecodeAnswers(sync.EncodeAnswers(results), sent); err == nil {
		t.Error("an unknown status was read")
	}
}

func TestUnpackIsBounded(t *testing.T) {
	if _, err := sync.Unpack(sync.Pack(make([]byte, 1001)), 1000); err == nil {
		t.Error("unpacked more than the limit")
	}
	// Many frames, each within the limit, together beyond it.
	one := sync.Pack(make([]byte, 1000))
	if got, err := sync.Unpack(bytes.Repeat(one, 50), 1000); err == nil {
		t.Errorf("unpacked %d bytes from many frames", len(got))
	}
	for name, body := range map[string][]byte{
		"empty": {}, "html": []byte("<!doctype html><title>Sign in</title>"), "cut": one[:len(one)-1],
	} {
		if _, err := sync.Unpack(body, 1000); err == nil {
			t.Errorf("%s was unpacked", name)
		}
	}
	if got, err := sync.Unpack(one, 1000); err != nil || len(got) != 1000 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestEveryCutOrFlippedBodyIsRefusedOrWhole(t *testing.T) {
	sent := envelopes(3, 40)
	body, _ := sync.EncodePush(sent)
	for i := range body {
		if _, err := sync.DecodePush(body[:i]); err == nil {
			t.Fatalf("read a push cut at %d", i)
		}
		flipped := bytes.Clone(body)
		flipped[i] ^= 0x10
		if got, err := sync.DecodePush(flipped); err == nil && !bytes.Equal(raw(got[0]), raw(sent[0])) {
			t.Fatalf("read another push after a flip at %d", i)
		}
	}
}

func TestRevisionsSurviveTheirHeader(t *testing.T) {
	r := sync.Revisions{"practices": 12, "prisons": 3}
	if got := r.String(); got != "practices=12,prisons=3" {
		t.Fatal(got)
	}
	got := sync.ParseRevisions("practices=12, prisons=3,../x=1,odd,=5,more=-1,")
	if len(got) != 2 || got["practices"] != 12 || got["prisons"] != 3 {
		t.Fatal(got)
	}
	if len(sync.ParseRevisions("")) != 0 {
		t.Fatal("revisions out of nothing")
	}
}

func TestFaultCarriesTheSentenceAndNoCause(t *testing.T) {
	cause := errors.New("secret cause")
	f := sync.FaultOf(&model.Error{Kind: model.KindForbidden, Msg: "No.", Hint: "Ask.", Err: cause})
	if f != (sync.Fault{Kind: model.KindForbidden, Msg: "No.", Hint: "Ask."}) {
		t.Errorf("%+v", f)
	}
	if f := sync.FaultOf(cause); f.Kind != model.KindInternal || strings.Contains(f.Msg+f.Hint, "secret") {
		t.Errorf("%+v", f)
	}
	withdrawn := sync.FaultOf(&model.Error{Kind: model.KindForbidden, Msg: "Gone.", Err: sync.ErrWithdrawn})
	if !errors.Is(withdrawn.Error(), sync.ErrWithdrawn) {
		t.Error("withdrawal was lost on the wire")
	}
	odd := sync.Fault{Kind: "odd", Msg: "A\x1b[31m\u202ered\nline"}.Error()
	if odd.Kind != model.KindOutside || odd.Msg != "A[31mred line" {
		t.Errorf("%+v", odd)
	}
}

func FuzzDecodePush(f *testing.F) {
	body, _ := sync.EncodePush(envelopes(3, 20))
	f.Add(body)
	f.Add([]byte{})
	f.Add(sync.Pack([]byte("P\xff\xff\xff\x7f")))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := sync.DecodePush(body)
		if err != nil {
			return
		}
		if len(got) > sync.MaxOps {
			t.Fatalf("%d ops", len(got))
		}
		again, n := sync.EncodePush(got)
		if n != len(got) || (n > 0 && len(again) == 0) {
			t.Fatalf("packed %d of %d", n, len(got))
		}
	})
}

// Packed input rarely survives a mutation, so these two fuzz what is inside.
func FuzzDecodeFeed(f *testing.F) {
	body, _ := sync.EncodeFeed([]sync.Entry{{Seq: 5, Raw: raw(envelope(1, 10))}, {Seq: 6, Raw: raw(envelope(2, 3))}})
	plain, err := sync.Unpack(body, sync.MaxBatch)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain, uint64(4))
	f.Fuzz(func(t *testing.T, plain []byte, after uint64) {
		got, last, err := sync.DecodeFeed(sync.Pack(plain), after)
		if err == nil && len(got) > 0 && last <= after {
			t.Fatalf("cursor went from %d to %d", after, last)
		}
	})
}

func FuzzDecodeAnswers(f *testing.F) {
	sent := envelopes(2, 1)
	f.Add(sync.EncodeAnswers([]model.PushResult{
		{Stamp: sent[0].Stamp, Status: model.PushTaken},
		{Stamp: sent[1].Stamp, Status: model.PushRefused, Reason: "No."},
	}))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := sync.DecodeAnswers(body, sent)
		if err == nil && (len(got) != 2 || got[1].Stamp != sent[1].Stamp) {
			t.Fatalf("%+v", got)
		}
	})
}
