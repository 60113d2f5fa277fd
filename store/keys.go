package store

import (
	"maps"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

type boxName struct {
	compartment model.Compartment
	version     uint16
}

// keys are the boxes somebody can open. They are never changed once made, but
// wiped in the end.
type keys struct {
	boxes  map[boxName]*seal.Box
	newest map[model.Compartment]uint16
}

func keysOf(all []model.CompartmentKey) (*keys, error) {
	k := &keys{boxes: make(map[boxName]*seal.Box), newest: make(map[model.Compartment]uint16)}
	for _, one := range all {
		key, err := seal.KeyFromBytes(one.Key)
		if err != nil {
			return nil, err
		}
		k.add(boxName{one.Compartment, one.Version}, seal.NewBox(key))
		key.Zero()
	}
	return k, nil
}

func (k *keys) add(name boxName, box *seal.Box) {
	k.boxes[name] = box
	k.newest[name.compartment] = max(k.newest[name.compartment], name.version)
}

// union is what several people can open between them. The store merges with it
// what comes from the hub; no session ever sees it.
func union(all map[*Session]bool) *keys {
	out := &keys{boxes: make(map[boxName]*seal.Box), newest: make(map[model.Compartment]uint16)}
	for session := range all {
		held := session.held()
		maps.Copy(out.boxes, held.boxes)
		for c, v := range held.newest {
			out.newest[c] = max(out.newest[c], v)
		}
	}
	return out
}

func (k *keys) holds(c model.Compartment) bool { return k.newest[c] != 0 }

// readable lists the compartments, in order.
func (k *keys) readable() []model.Compartment {
	var out []model.Compartment
	for _, c := range model.Compartments() {
		if k.holds(c) {
			out = append(out, c)
		}
	}
	return out
}

// opener returns the box of one version, nil when it is not held.
func (k *keys) opener(c model.Compartment, version uint16) *seal.Box {
	return k.boxes[boxName{c, version}]
}

// sealer returns the newest box of a compartment with its version.
func (k *keys) sealer(c model.Compartment) (*seal.Box, uint16) {
	version := k.newest[c]
	return k.boxes[boxName{c, version}], version
}

// keep takes over the boxes that k has in common with the keys before it, for
// somebody may be using them, and returns those that k lacks. A version of a key
// is never another key.
func (k *keys) keep(before *keys) (dropped *keys) {
	dropped = &keys{boxes: make(map[boxName]*seal.Box)}
	for name, box := range before.boxes {
		if k.boxes[name] == nil {
			dropped.boxes[name] = box
			continue
		}
		k.boxes[name].Zero()
		k.boxes[name] = box
	}
	return dropped
}

// zero overwrites every key.
func (k *keys) zero() {
	for _, box := range k.boxes {
		box.Zero()
	}
}
