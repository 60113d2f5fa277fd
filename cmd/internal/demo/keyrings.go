package demo

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// move gives everybody the demonstration's passphrase and a signing key of
// their own, as their first sign-in would.
func move(ctx context.Context, v *visitor, first map[model.StaffID]string) (*town, error) {
	site, err := v.Site(ctx)
	if err != nil {
		return nil, err
	}
	t := &town{
		hands: make(map[model.StaffID]hand), boxes: make(map[model.Compartment]*seal.Box),
		records: make(map[model.PersonID]*model.Record), bases: make(map[slotOf]model.Stamp),
	}
	for _, sealed := range site.Keyrings {
		ring, err := open(sealed, first[sealed.Staff])
		if err != nil {
			return nil, err
		}
		grant, _ := site.Grant(ring.Staff)
		if err := t.learn(ring, &grant); err != nil {
			return nil, err
		}
		next, key, err := handOver(ring, sealed, first[sealed.Staff])
		if err != nil {
			return nil, err
		}
		if err := v.PutKeyring(ctx, next); err != nil {
			return nil, err
		}
		t.hands[ring.Staff] = hand{model.Actor{Staff: ring.Staff, Role: grant.Role, Site: ring.Site}, key}
	}
	return t, nil
}

func open(sealed model.SealedKeyring, passphrase string) (*model.Keyring, error) {
	plain, err := seal.Unwrap(passphrase, sealed.Wrapped, model.KeyringAAD(sealed.Site, sealed.Staff))
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return model.DecodeKeyring(plain)
}

// handOver makes the next keyring: a new signing key under the passphrase that
// everybody knows.
func handOver(ring *model.Keyring, sealed model.SealedKeyring, passphrase string) (model.SealedKeyring, seal.SigningKey, error) {
	fail := func(err error) (model.SealedKeyring, seal.SigningKey, error) {
		return model.SealedKeyring{}, seal.SigningKey{}, fmt.Errorf("demo: %w", err)
	}
	before, err := seal.SigningKeyFromSeed(ring.SigningSeed)
	if err != nil {
		return fail(err)
	}
	key, err := seal.NewSigningKey(rand.Reader)
	if err != nil {
		return fail(err)
	}
	ring.SigningSeed, ring.MustChange = key.Seed(), false
	plain, err := ring.Encode()
	if err != nil {
		return fail(err)
	}
	public, next := key.Public(), sealed
	next.Serial, next.Public = sealed.Serial+1, public[:]
	if next.Wrapped, err = seal.Wrap(Passphrase, plain, model.KeyringAAD(ring.Site, ring.Staff), cheap, rand.Reader); err != nil {
		return fail(err)
	}
	glass := model.GlassAAD(ring.Site, ring.Staff)
	seed, err := seal.Unwrap(passphrase, sealed.Glass, glass)
	if err != nil {
		return fail(err)
	}
	if next.Glass, err = seal.Wrap(Passphrase, seed, glass, cheap, rand.Reader); err != nil {
		return fail(err)
	}
	next.By = before.Sign(next.Claim())
	return next, key, nil
}

// learn takes the site's keys from a grant. No role holds them all.
func (t *town) learn(ring *model.Keyring, grant *model.KeyGrant) error {
	t.personKey = ring.PersonKey
	box, err := seal.BoxKeyFromSeed(ring.BoxSeed)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	plain, err := seal.OpenBox(box, grant.Sealed, grant.Info())
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	keys, err := model.DecodeGrantKeys(plain, grant.Role.Compartments())
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	for _, k := range keys {
		key, err := seal.KeyFromBytes(k.Key)
		if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
		t.boxes[k.Compartment] = seal.NewBox(key)
	}
	return nil
}
