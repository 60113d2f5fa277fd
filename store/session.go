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
	family []string       // the words of it that tell kin, folded
	via    string         // by which way they came
	notary seal.PublicKey // whose signature makes a grant

	mu         sync.Mutex // guards what follows
	keys       *keys      // replaced when the hub grants newer ones
	grant      []byte     // the signature of the grant they came in
	person     []byte     // the service's person key
	boxes      boxes
	signing    seal.SigningKey
	draftBox   *seal.Box
	mustChange bool
	ended      error          // why nothing can be done any more
	looked     map[shown]bool // in this session's lists
	glass      []*Glass       // what was opened by breaking it
	warned     bool           // that alarms were shown is written down
	clockTold  bool           // that a wrong clock kept them from writing is written down
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

// state is why nothing can be done in this session, nil while it is open: it was
// ended, or the roster has by now what this person may not go on with.
func (ss *Session) state() error {
	ss.mu.Lock()
	ended := ss.ended
	ss.mu.Unlock()
	if ended != nil {
		return ended
	}
	ss.store.mu.RLock()
	defer ss.store.mu.RUnlock()
	return ss.store.roster.standing(ss.actor)
}

func (ss *Session) isOpen() bool { return ss.state() == nil }

// Over is why nothing can be done in this session any more, nil while it is open.
func (ss *Session) Over() error { return ss.state() }

// held are the keys this session can open with now.
func (ss *Session) held() *keys {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return ss.keys
}

// Close ends the session and overwrites every key it holds; what it was writing
// is finished first. With the last session everybody's rows leave memory.
func (ss *Session) Close() { ss.end(errSessionOver) }

// end ends the session, and whoever goes on with it is told why.
func (ss *Session) end(why error) {
	ss.noteEnd()
	s := ss.store
	s.writing.Lock()
	if held := ss.forget(why); held != nil {
		s.mu.Lock()
		delete(s.sessions, ss)
		s.keys = union(s.sessions)
		s.retired = append(s.retired, held)
		if len(s.sessions) == 0 {
			s.board = nil
		}
		s.mu.Unlock()
	}
	s.writing.Unlock()
	s.wipeRetired()
}

// forget overwrites the keys that are this session's alone and returns those
// that somebody who merges may be using; nil when it was ended before.
func (ss *Session) forget(why error) *keys {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.ended != nil {
		return nil
	}
	ss.ended = why
	ss.signing.Zero()
	ss.boxes.zero()
	seal.Zero(ss.person)
	ss.draftBox.Zero()
	for _, g := range ss.glass {
		g.wipe()
	}
	return ss.keys
}

// wipeRetired overwrites keys that no session holds any more. Somebody who
// merges works with them to the end, and then calls this; until then they stay.
func (s *Store) wipeRetired() {
	if !s.merging.TryLock() {
		return // whoever holds it looks here afterwards
	}
	defer s.merging.Unlock()
	s.mu.Lock()
	retired := s.retired
	s.retired = nil
	s.mu.Unlock()
	for _, k := range retired {
		k.zero()
	}
}

// merged ends a merge.
func (s *Store) merged() {
	s.merging.Unlock()
	s.wipeRetired()
}

// hand returns what this person signs with, if the session is open. The key
// stays whole while the store's writing lock, or mu, is held.
func (ss *Session) hand() (seal.SigningKey, error) {
	if err := ss.state(); err != nil {
		return seal.SigningKey{}, err
	}
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return ss.signing, ss.ended
}

func (ss *Session) mayRead(ctx context.Context) error {
	if err := ss.store.gone(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return &model.Error{Kind: model.KindLocked, Msg: "This was broken off.", Err: err}
	}
	return ss.state()
}

func (ss *Session) mayWrite(ctx context.Context) error {
	if err := ss.mayRead(ctx); err != nil {
		return err
	}
	if ss.MustChange() {
		return &model.Error{Kind: model.KindLocked, Msg: "Change your passphrase first.", Hint: "Until then nothing can be written in your name: somebody else knows the first one."}
	}
	ss.store.mu.RLock()
	why := ss.store.sync.Stopped
	ss.store.mu.RUnlock()
	if why != "" {
		return &model.Error{Kind: model.KindLocked, Msg: "Nothing can be written at this workstation for now.", Hint: why}
	}
	return ss.store.clockRight()
}

// explain words what happens when a key was replaced while somebody was signed
// in, or is gone because they signed out meanwhile.
func (ss *Session) explain(err error) error {
	if errors.Is(err, seal.ErrWiped) {
		return errSessionOver
	}
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
		if r, err = ss.store.loadRecord(ss.held(), tx, id); err == nil {
			r = r.ThisStay()
			r.Partial = isWanted(tx, id)
		}
		return err
	})
	if err != nil {
		ss.store.tell()
		return nil, ss.explain(err)
	}
	for _, c := range ss.held().readable() {
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
			if !ss.held().holds(model.Compartment(key[personSize])) {
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
	o, err := ss.held().openOp(env)
	if errors.Is(err, errNoKey) || errors.Is(err, seal.ErrWiped) {
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
	if err := ss.state(); err != nil {
		return model.PersonID{}, err
	}
	if prisonNumber != "" {
		number, err := model.ParsePrisonNumber(prisonNumber)
		if err != nil {
			return model.PersonID{}, err
		}
		ss.mu.Lock()
		defer ss.mu.Unlock()
		return model.PersonIDOf(ss.person, number), ss.ended
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
	if ss.state() != nil {
		return nil
	}
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.ended != nil {
		return nil
	}
	return ss.signing.Sign(message)
}
