package model_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func secret(b byte) []byte { return bytes.Repeat([]byte{b}, model.SecretSize) }

func someKeyring() *model.Keyring {
	return &model.Keyring{
		Staff: "a.khan", Site: "LEI", SigningSeed: secret(1), PersonKey: secret(2), BoxSeed: secret(4), Notary: secret(5),
	}
}

func TestKeyringRoundTripsAndNeverPrints(t *testing.T) {
	plain, err := someKeyring().Encode()
	if err != nil {
		t.Fatal(err)
	}
	k, err := model.DecodeKeyring(plain)
	if err != nil || !reflect.DeepEqual(k, someKeyring()) {
		t.Fatal(err)
	}
	key := model.CompartmentKey{Compartment: model.Health, Version: 1, Key: secret(4)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		for _, v := range []any{k, *k, []model.CompartmentKey{key}, key} {
			if out := fmt.Sprintf(verb, v); strings.Contains(out, "0404") || strings.Contains(out, "4 4") || strings.Contains(out, "0x4") {
				t.Errorf("%s of %T prints a key", verb, v)
			}
		}
	}
}

func TestAKeyringThatIsNoneIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*model.Keyring){
		"no signing seed": func(k *model.Keyring) { k.SigningSeed = nil },
		"no box seed":     func(k *model.Keyring) { k.BoxSeed = nil },
		"a short box":     func(k *model.Keyring) { k.BoxSeed = k.BoxSeed[1:] },
		"a former box":    func(k *model.Keyring) { k.FormerBox = k.BoxSeed[1:] },
		"no person key":   func(k *model.Keyring) { k.PersonKey = nil },
		"no notary":       func(k *model.Keyring) { k.Notary = nil },
	} {
		k := someKeyring()
		spoil(k)
		if _, err := k.Encode(); err == nil {
			t.Errorf("%s: was encoded", name)
		}
		plain, err := json.Marshal(k)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := model.DecodeKeyring(plain); err == nil || errors.Is(err, model.ErrOldKeyring) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A keyring of the first version held the compartment keys itself.
func TestAKeyringOfTheFirstVersionIsKnownAsOne(t *testing.T) {
	key := base64.StdEncoding.EncodeToString(secret(1))
	old := `{"staff":"a.khan","role":"nurse","site":"LEI","seed":"` + key + `","keys":[{"compartment":1,"version":1,"key":"` + key + `"}],"person":"` + key + `"}`
	if _, err := model.DecodeKeyring([]byte(old)); !errors.Is(err, model.ErrOldKeyring) {
		t.Errorf("it is %v", err)
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
