package model_test

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
)

// siteKeys are two versions of every compartment's key.
func siteKeys() []model.CompartmentKey {
	var all []model.CompartmentKey
	for i, c := range model.Compartments() {
		all = append(all,
			model.CompartmentKey{Compartment: c, Version: 1, Key: secret(byte(10 + i))},
			model.CompartmentKey{Compartment: c, Version: 2, Key: secret(byte(20 + i))})
	}
	return all
}

func TestAGrantHoldsTheKeysOfItsRoleAndNoOthers(t *testing.T) {
	for _, role := range model.Roles() {
		for what, of := range map[string][]model.Compartment{"keys": role.Compartments(), "break-glass keys": role.Glass()} {
			plain, err := model.EncodeGrantKeys(siteKeys(), of)
			if err != nil {
				t.Fatalf("%s of %s: %v", what, role, err)
			}
			keys, err := model.DecodeGrantKeys(plain, of)
			if err != nil || len(keys) != 2*len(of) {
				t.Errorf("%s of %s: %d, %v", what, role, len(keys), err)
			}
			for _, k := range keys {
				if !slices.Contains(of, k.Compartment) {
					t.Errorf("%s of %s hold one of %s", what, role, k.Compartment)
				}
			}
		}
		for _, c := range role.Glass() {
			if role.MayRead(c) {
				t.Errorf("%s breaks glass for what it may read", role)
			}
		}
	}
}

// TestNoRoleOpensAnothersGrant holds whoever makes the grant to the rule, and
// not the hub alone.
func TestNoRoleOpensAnothersGrant(t *testing.T) {
	for _, made := range model.Roles() {
		plain, err := model.EncodeGrantKeys(siteKeys(), made.Compartments())
		if err != nil {
			t.Fatal(err)
		}
		for _, read := range model.Roles() {
			_, err := model.DecodeGrantKeys(plain, read.Compartments())
			if same := slices.Equal(made.Compartments(), read.Compartments()); same != (err == nil) {
				t.Errorf("made for %s, read as %s: %v", made, read, err)
			}
		}
	}
}

func TestGrantKeysThatAreNoneAreRefused(t *testing.T) {
	of := model.RoleNurse.Compartments()
	good := func() []model.CompartmentKey {
		return []model.CompartmentKey{
			{Compartment: model.Shared, Version: 1, Key: secret(3)}, {Compartment: model.Health, Version: 1, Key: secret(4)},
		}
	}
	for name, spoil := range map[string]func([]model.CompartmentKey) []model.CompartmentKey{
		"a short key":      func(k []model.CompartmentKey) []model.CompartmentKey { k[0].Key = k[0].Key[1:]; return k },
		"version nought":   func(k []model.CompartmentKey) []model.CompartmentKey { k[0].Version = 0; return k },
		"a missing key":    func(k []model.CompartmentKey) []model.CompartmentKey { return k[:1] },
		"one version each": func(k []model.CompartmentKey) []model.CompartmentKey { return append(k, k[0]) },
		"none at all":      func([]model.CompartmentKey) []model.CompartmentKey { return nil },
	} {
		if _, err := model.EncodeGrantKeys(spoil(good()), of); err == nil {
			t.Errorf("%s: was encoded", name)
		}
	}
	for name, plain := range map[string]string{
		"nothing": "", "another thing": "[]", "no keys": "{}",
		"a stranger": `{"keys":[{"compartment":9,"version":1,"key":"` + "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=" + `"}]}`,
	} {
		if _, err := model.DecodeGrantKeys([]byte(plain), of); err == nil {
			t.Errorf("%s: was decoded", name)
		}
	}
}

// TestEveryPartOfAGrantIsClaimedAndPlaced draws two grants and holds that what
// is signed, and what the keys are tied to, is equal for equal ones alone.
func TestEveryPartOfAGrantIsClaimedAndPlaced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) model.KeyGrant {
			word := rapid.StringMatching(`[a-c]{0,3}`)
			return model.KeyGrant{
				Staff: model.StaffID(word.Draw(t, label)), Site: model.SiteCode(word.Draw(t, label)), Role: model.Role(word.Draw(t, label)),
				Serial: rapid.Uint64Range(0, 2).Draw(t, label), Sealed: []byte(word.Draw(t, label)), Glass: []byte(word.Draw(t, label)),
			}
		}
		a, b := draw("a"), draw("b")
		placed := a.Staff == b.Staff && a.Site == b.Site && a.Role == b.Role && a.Serial == b.Serial
		same := placed && bytes.Equal(a.Sealed, b.Sealed) && bytes.Equal(a.Glass, b.Glass)
		if bytes.Equal(a.Claim(), b.Claim()) != same {
			t.Error("the claim of one grant is that of another")
		}
		if bytes.Equal(a.Info(), b.Info()) != placed || bytes.Equal(a.GlassInfo(), b.GlassInfo()) != placed {
			t.Error("the place of one grant is that of another")
		}
		if bytes.Equal(a.Info(), a.GlassInfo()) || bytes.HasPrefix(a.Claim(), a.Info()) {
			t.Error("one thing can be taken for another")
		}
	})
}

func TestSiteDataFindsAGrant(t *testing.T) {
	data := model.SiteData{Grants: []model.KeyGrant{{Staff: "a.khan", Serial: 3}}}
	if g, found := data.Grant("a.khan"); !found || g.Serial != 3 {
		t.Errorf("%+v, %v", g.Serial, found)
	}
	if _, found := data.Grant("b.khan"); found {
		t.Error("somebody without one has a grant")
	}
}
