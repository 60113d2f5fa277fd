package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// Session is what somebody who has signed in can do. It holds the keys of their
// role and no others, so what they may not read it cannot read. Any number of
// sessions share a store; all methods may be called by any number of goroutines.
type Session struct {
	store  *Store
	actor  model.Actor
	name   string
	family []string // the words of it that tell kin, folded
	via    string   // by which way they came
	keys   *keys
	person []byte // the service's person key

	mu         sync.Mutex // guards what follows
	signing    seal.SigningKey
	draftBox   *seal.Box
	mustChange bool
	over       bool
	looked     map[shown]bool // in this session's lists
	searched   time.Time      // when a search for their own family name was last written down
}

var errSessionOver = &model.Error{Kind: model.KindLocked, Msg: "This session is over.", Hint: "Sign in again."}

// Actor is who has signed in, in which role.
func (ss *Session) Actor() model.Actor { return ss.actor }

// Name is how the roster writes their name.
func (ss *Session) Name() string { return ss.name }

// MustChange tells whether the passphrase has to be changed before anything can
// be written: somebody else made it, so somebody else knows it.
func (ss *Session) MustChange() bool {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return ss.mustChange
}

func (ss *Session) isOpen() bool {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return !ss.over
}

// Close ends the session and overwrites its signing key; what it was writing is
// finished first. With the last session everybody's rows leave memory.
func (ss *Session) Close() {
	ss.noteEnd()
	s := ss.store
	s.writing.Lock()
	defer s.writing.Unlock()
	ss.mu.Lock()
	ss.over = true
	ss.signing.Zero()
	ss.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, ss)
	s.keys = union(s.sessions)
	if len(s.sessions) == 0 {
		s.board = nil
	}
}

// hand returns what this person signs with, if the session is open. The key
// stays whole while the store's writing lock, or mu, is held.
func (ss *Session) hand() (seal.SigningKey, error) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.over {
		return seal.SigningKey{}, errSessionOver
	}
	return ss.signing, nil
}

func (ss *Session) mayRead(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return &model.Error{Kind: model.KindLocked, Msg: "This was broken off.", Err: err}
	}
	if !ss.isOpen() {
		return errSessionOver
	}
	return nil
}

func (ss *Session) mayWrite(ctx context.Context) error {
	if err := ss.mayRead(ctx); err != nil {
		return err
	}
	if ss.MustChange() {
		return &model.Error{Kind: model.KindLocked, Msg: "Change your passphrase first.", Hint: "Until then nothing can be written in your name: somebody else knows the first one."}
	}
	ss.store.mu.RLock()
	defer ss.store.mu.RUnlock()
	if ss.store.roster.people[ss.actor.Staff].Disabled {
		return model.Forbidden("You are no longer on this site's roster.", "Ask the service desk.")
	}
	if why := ss.store.sync.Stopped; why != "" {
		return &model.Error{Kind: model.KindLocked, Msg: "Nothing can be written at this workstation for now.", Hint: why}
	}
	if ss.store.sync.ClockWrong() {
		return errClockWrong
	}
	return nil
}

// explain words what happens when a key was replaced while somebody was signed
// in.
func (ss *Session) explain(err error) error {
	if errors.Is(err, errNoKey) {
		return &model.Error{Kind: model.KindLocked, Msg: "This record was sealed with a newer key than yours.", Hint: "Sign in again; if that does not help, the hub has to be reached once.", Err: err}
	}
	return err
}

// Get returns one person's record, with the parts that this session may read.
// It is written to the access log before it is given out. A person nobody has
// written about is NotFound.
func (ss *Session) Get(ctx context.Context, id model.PersonID) (*model.Record, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	r, err := ss.peek(id)
	if err != nil {
		return nil, err
	}
	if err := ss.store.note(ss.look(model.AccessRecord, id, ss.isKin(r))); err != nil {
		return nil, err
	}
	return r, nil
}

// peek reads a record without a word to the access log, for what shows nobody's
// record to anybody.
func (ss *Session) peek(id model.PersonID) (r *model.Record, err error) {
	err = ss.store.view(func(tx *bbolt.Tx) error {
		r, err = ss.keys.load(tx, id)
		return err
	})
	if err != nil {
		return nil, ss.explain(err)
	}
	for _, c := range ss.keys.readable() {
		if !r.Log(c).Last.IsZero() {
			return r, nil
		}
	}
	return nil, model.NotFound("There is no record of this person here.", "Import the custody list, or wait for the hub to send it.")
}

// Rows returns everybody, in no order. The slice is shared and must not be
// changed; it stays as it is when something is written, and the next call
// returns another.
func (ss *Session) Rows() []model.Row {
	b := ss.store.boardNow()
	if b == nil || !ss.isOpen() {
		return nil
	}
	return b.all()
}

// History returns every op of a person in the compartments this session may
// read, oldest first, each verified anew against the roster. Reading it is
// written to the access log.
func (ss *Session) History(ctx context.Context, id model.PersonID) ([]*model.Op, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	values, err := ss.envelopes(id)
	if err != nil {
		return nil, err
	}
	ops := make([]*model.Op, 0, len(values))
	for _, env := range values {
		op, err := ss.verified(env)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	slices.SortFunc(ops, func(a, b *model.Op) int { return a.Stamp.Compare(b.Stamp) })
	if len(ops) == 0 {
		return nil, nil
	}
	return ops, ss.store.note(ss.look(model.AccessHistory, id, ss.isKinIn(ops)))
}

// envelopes copies a person's envelopes out of the log.
func (ss *Session) envelopes(id model.PersonID) ([]model.Envelope, error) {
	var all []model.Envelope
	err := ss.store.view(func(tx *bbolt.Tx) error {
		cursor := tx.Bucket([]byte(bucketOps)).Cursor()
		for key, value := cursor.Seek(id[:]); bytes.HasPrefix(key, id[:]); key, value = cursor.Next() {
			if !ss.keys.holds(model.Compartment(key[personSize])) {
				continue
			}
			env, err := model.DecodeEnvelope(bytes.Clone(value))
			if err != nil {
				return damaged(err)
			}
			all = append(all, env)
		}
		return nil
	})
	return all, err
}

func (ss *Session) verified(env model.Envelope) (*model.Op, error) {
	o, err := ss.keys.openOp(env)
	if errors.Is(err, errNoKey) {
		return nil, ss.explain(err)
	}
	if err != nil {
		return nil, damaged(err)
	}
	ss.store.mu.RLock()
	r := ss.store.roster
	ss.store.mu.RUnlock()
	if !r.signed(&o) && o.op.Device != ss.store.id.Device {
		return nil, damaged(errors.New("an op of the log is not signed by its author"))
	}
	return o.op, nil
}

// NewPerson returns the id for a person who is not known here yet: the same at
// every desk for a prison number, random without one.
func (ss *Session) NewPerson(prisonNumber string) (model.PersonID, error) {
	if !ss.isOpen() {
		return model.PersonID{}, errSessionOver
	}
	if prisonNumber != "" {
		number, err := model.ParsePrisonNumber(prisonNumber)
		if err != nil {
			return model.PersonID{}, err
		}
		return model.PersonIDOf(ss.person, number), nil
	}
	var id model.PersonID
	if _, err := io.ReadFull(ss.store.opt.Rand, id[:]); err != nil {
		return model.PersonID{}, internal("draw a person id", err)
	}
	return id, nil
}

// Sign signs a message, such as what a letter says, with this person's key. The
// message must begin with a word that tells what it is, so that no signature can
// be taken for one under something else: nil for one that could be an op or a
// keyring's claim.
func (ss *Session) Sign(message []byte) []byte {
	claim := (&model.SealedKeyring{}).Claim()
	if len(message) == 0 || message[0] < ' ' || bytes.HasPrefix(message, claim[:bytes.IndexByte(claim, '\n')+1]) {
		return nil
	}
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.over {
		return nil
	}
	return ss.signing.Sign(message)
}
