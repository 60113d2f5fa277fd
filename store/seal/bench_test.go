package seal_test

import (
	"testing"

	"github.com/throughgate/throughgate/store/seal"
)

// typical is 300 bytes in the shape of an op, with ids that do not compress.
var typical = []byte(`{"stamp":{"wall":1767222061234,"tick":0,"node":"7f3a91c2"},"actor":"01KBM0Q5W2TD1ZB7E4R9XKJH3N",` +
	`"device":"01KBKZ8GQ4M6S0V2CYA7P5TFWD","person":"01KBM1C3RX8NJ4H6T9E0ZQVGYK","kind":"checklist.set",` +
	`"change":{"item":"medicines.reconciled","state":"in progress","note":"GP rang back, list to come on Tue"}}  `)[:300]

func benchmark(b *testing.B, n int, do func() error) {
	b.ReportAllocs()
	b.SetBytes(int64(n))
	for b.Loop() {
		if err := do(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	box, aad := seal.NewBox(newKey(b, 1)), []byte("person/stamp")
	for _, f := range forms {
		b.Run(f.name, func(b *testing.B) {
			benchmark(b, len(typical), func() error { _, err := f.seal(box, nil, typical, aad); return err })
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	box, aad := seal.NewBox(newKey(b, 1)), []byte("person/stamp")
	for _, f := range forms {
		sealed, err := f.seal(box, nil, typical, aad)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(f.name, func(b *testing.B) {
			benchmark(b, len(typical), func() error { _, err := f.open(box, nil, sealed, aad); return err })
		})
	}
}

func BenchmarkSign(b *testing.B) {
	key := newSigningKey(b, 1)
	benchmark(b, len(typical), func() error { key.Sign(typical); return nil })
}

func BenchmarkVerify(b *testing.B) {
	key := newSigningKey(b, 1)
	public, sig := key.Public(), key.Sign(typical)
	benchmark(b, len(typical), func() error {
		if !seal.Verify(public, typical, sig) {
			return seal.ErrDamaged
		}
		return nil
	})
}

func BenchmarkUnwrap(b *testing.B) {
	wrapped, err := seal.Wrap("gate", typical, nil, seal.DefaultParams, seeded(1))
	if err != nil {
		b.Fatal(err)
	}
	benchmark(b, len(typical), func() error { _, err := seal.Unwrap("gate", wrapped, nil); return err })
}
