package model_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func secret(b byte) []byte { return bytes.Repeat([]byte{b}, model.SecretSize) }

func nurseKeyring() *model.Keyring {
	return &model.Keyring{
		Staff: "a.khan", Role: model.RoleNurse, Site: "LEI", SigningSeed: secret(1), PersonKey: secret(2),
		Keys: []model.CompartmentKey{
			{Compartment: model.Shared, Version: 1, Key: secret(3)},
			{Compartment: model.Health, Version: 1, Key: secret(4)},
		},
	}
}

func TestKeyringRoundTripsAndNeverPrints(t *testing.T) {
	plain, err := nurseKeyring().Encode()
	if err != nil {
		t.Fatal(err)
	}
	k, err := model.DecodeKeyring(plain)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		for _, v := range []any{k, *k, k.Keys, k.Keys[0]} {
			if out := fmt.Sprintf(verb, v); strings.Contains(out, "0404") || strings.Contains(out, "4 4") || strings.Contains(out, "0x4") {
				t.Errorf("%s of %T prints a key", verb, v)
			}
		}
	}
}

func TestKeyringHoldsNoKeyItsRoleMayNotHave(t *testing.T) {
	for name, spoil := range map[string]func(*model.Keyring){
		"another compartment": func(k *model.Keyring) { k.Keys[1].Compartment = model.Custody },
		"no such compartment": func(k *model.Keyring) { k.Keys[1].Compartment = 9 },
		"a short key":         func(k *model.Keyring) { k.Keys[0].Key = k.Keys[0].Key[1:] },
		"version nought":      func(k *model.Keyring) { k.Keys[0].Version = 0 },
		"no signing seed":     func(k *model.Keyring) { k.SigningSeed = nil },
		"no person key":       func(k *model.Keyring) { k.PersonKey = nil },
	} {
		k := nurseKeyring()
		spoil(k)
		if _, err := k.Encode(); err == nil {
			t.Errorf("%s: was encoded", name)
		}
	}
}

func TestEveryPartOfASealedKeyringIsClaimed(t *testing.T) {
	base := model.SealedKeyring{
		Staff: "a.khan", Site: "LEI", Serial: 2, Public: secret(1), Wrapped: secret(2), Box: secret(3), Glass: secret(4), GlassBox: secret(5),
	}
	for name, spoil := range map[string]func(*model.SealedKeyring){
		"staff":   func(k *model.SealedKeyring) { k.Staff = "b.khan" },
		"site":    func(k *model.SealedKeyring) { k.Site = "MDI" },
		"serial":  func(k *model.SealedKeyring) { k.Serial++ },
		"public":  func(k *model.SealedKeyring) { k.Public = secret(9) },
		"wrapped": func(k *model.SealedKeyring) { k.Wrapped = secret(9) },
		"box":     func(k *model.SealedKeyring) { k.Box = secret(9) },
		"glass":   func(k *model.SealedKeyring) { k.Glass = secret(9) },
		"its box": func(k *model.SealedKeyring) { k.GlassBox = secret(9) },
		"no box":  func(k *model.SealedKeyring) { k.Box = nil },
		"swapped": func(k *model.SealedKeyring) { k.Box, k.GlassBox = k.GlassBox, k.Box },
	} {
		other := base
		spoil(&other)
		if bytes.Equal(base.Claim(), other.Claim()) {
			t.Errorf("the claim does not cover %s", name)
		}
	}
}

func TestOnePrisonNumberIsOnePersonWhereverItIsImported(t *testing.T) {
	a := model.PersonIDOf(secret(1), "A1234AA")
	if a != model.PersonIDOf(secret(1), "A1234AA") || a.IsZero() {
		t.Error("the same number gave two people")
	}
	if a == model.PersonIDOf(secret(1), "A1234AC") || a == model.PersonIDOf(secret(2), "A1234AA") {
		t.Error("two people are one")
	}
}
