package store

import (
	"errors"
	"fmt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// sealOp signs an op and seals it: the signature covers the encoded bytes, the
// seal covers both and is tied to the envelope's head.
func (k *keys) sealOp(op *model.Op, key seal.SigningKey) (model.Envelope, error) {
	encoded, err := op.Encode()
	if err != nil {
		return model.Envelope{}, err
	}
	signed := append(encoded, key.Sign(encoded)...)
	box, version := k.sealer(op.Compartment)
	if box == nil {
		return model.Envelope{}, model.Forbidden("You do not hold the key for this part of the record.", "Ask the service desk for it.")
	}
	env := model.EnvelopeFor(op, op.Compartment, version, signed)
	env.Sealed, err = box.SealCompact(nil, signed, env.Head())
	if err != nil {
		return model.Envelope{}, internal("seal an op", err)
	}
	return env, nil
}

// errNoKey says that nobody here can open an envelope yet.
var errNoKey = errors.New("no key for this compartment and version")

// opened is an envelope with what was in it.
type opened struct {
	env       model.Envelope
	op        *model.Op
	encoded   []byte
	signature []byte
}

// openOp opens an envelope and holds the op to what the envelope says of it. It
// does not check the signature.
func (k *keys) openOp(env model.Envelope) (opened, error) {
	box := k.opener(env.Compartment, env.KeyVersion)
	if box == nil {
		return opened{}, errNoKey
	}
	signed, err := box.OpenCompact(nil, env.Sealed, env.Head())
	if err != nil {
		return opened{}, err
	}
	op, encoded, signature, err := model.DecodeOp(signed)
	if err != nil {
		return opened{}, err
	}
	if !env.Agrees(op, signed) {
		return opened{}, errors.New("the envelope says other than its op")
	}
	op.Compartment = env.Compartment // also of a kind that is not known here
	return opened{env, op, encoded, signature}, nil
}

// openOwn opens an envelope of this store's log, which was verified when it
// came in.
func (k *keys) openOwn(value []byte) (*model.Op, error) {
	env, err := model.DecodeEnvelope(value)
	if err != nil {
		return nil, damaged(err)
	}
	o, err := k.openOp(env)
	switch {
	case errors.Is(err, errNoKey):
		return nil, err
	case err != nil:
		return nil, damaged(fmt.Errorf("op of the log: %w", err))
	}
	return o.op, nil
}
