package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// Glass is one compartment of one person's record that a session may not read,
// open for a while because somebody broke the glass. Its keys are here and
// nowhere else: the session cannot read with them, nothing is written or merged
// with them, and they open no other person's record here. They are overwritten
// by Close, by the first Get after the end, and with the session.
type Glass struct {
	session *Session
	asked   model.GlassRequest
	from    time.Time
	until   model.Instant

	mu   sync.Mutex
	keys *keys // nil when it is over
}

var errGlassOver = &model.Error{Kind: model.KindLocked, Msg: "The time for which this was opened is over.", Hint: "Break the glass again if you must see more."}

// BreakGlass opens to this session, for model.GlassWindow, a compartment of a
// person's record that its role may open in need. The passphrase is asked for
// again and counted as at the sign-in. The override is on the disk, signed, as
// an entry that both sides see, before any key to what it opens is unwrapped.
//
// Errors: Forbidden for a role that may not and for a wrong passphrase (of the
// field "passphrase"), Invalid for a reason that is none, Locked for too many
// wrong passphrases, Outside where the disk does not take the override. Nothing
// was opened then.
func (ss *Session) BreakGlass(ctx context.Context, asked model.GlassRequest, passphrase string) (*Glass, error) {
	if err := ss.mayWrite(ctx); err != nil {
		return nil, ss.noteClock(err)
	}
	r, err := ss.peek(asked.Person)
	if err != nil {
		return nil, err
	}
	now := ss.store.opt.Now()
	change := asked.Change(model.InstantOf(now))
	if err := model.Allow(ss.actor, change, r); err != nil {
		return nil, err
	}
	if err := change.Check(r, now); err != nil {
		return nil, err
	}
	if err := ss.askAgain(ctx, passphrase); err != nil {
		return nil, err
	}
	if err := ss.Do(ctx, model.Write{Person: asked.Person, Changes: []model.Change{change}}); err != nil {
		return nil, err
	}
	held, err := ss.openGlass(ctx, passphrase, asked.Opens)
	if err != nil {
		return nil, err
	}
	return ss.hold(&Glass{session: ss, asked: asked, from: now, until: change.Until, keys: held})
}

// askAgain asks for this person's passphrase while they are signed in.
func (ss *Session) askAgain(ctx context.Context, passphrase string) error {
	s, staff := ss.store, ss.actor.Staff
	if err := s.countTry(staff); err != nil {
		return err
	}
	ring, err := s.unwrap(ctx, staff, passphrase)
	if errors.Is(err, errSignIn) {
		wrong := model.Forbidden("The passphrase is wrong.", "Capitals matter.").At("passphrase")
		return errors.Join(s.noteRefused(staff, ss.via, err), wrong)
	}
	if err != nil {
		return err
	}
	wipe(ring)
	return s.forgetTries(staff)
}

// openGlass unwraps the keys of one compartment that the role may open in need.
func (ss *Session) openGlass(ctx context.Context, passphrase string, opens model.Compartment) (*keys, error) {
	mine, err := ss.glassBoxes(ctx, passphrase)
	if err != nil {
		return nil, err
	}
	defer mine.zero()
	grant, err := ss.store.savedGrant(ss.actor.Staff)
	if err != nil {
		return nil, err
	}
	if err := checkGrant(&grant, ss.actor.Staff, ss.actor.Site, ss.notary); err != nil {
		return nil, err
	}
	if grant.Role != ss.actor.Role {
		return nil, errRoleChanged
	}
	plain, err := mine.open(grant.Glass, grant.GlassInfo())
	if err != nil {
		return nil, errGrant(err)
	}
	defer seal.Zero(plain)
	return chooseKeys(plain, grant.Role, opens)
}

// chooseKeys takes one compartment's keys out of what a role may open in need.
func chooseKeys(plain []byte, role model.Role, opens model.Compartment) (*keys, error) {
	all, err := model.DecodeGrantKeys(plain, role.Glass())
	defer func() {
		for _, one := range all {
			seal.Zero(one.Key)
		}
	}()
	if err != nil {
		return nil, errGrant(err)
	}
	var chosen []model.CompartmentKey
	for _, one := range all {
		if one.Compartment == opens {
			chosen = append(chosen, one)
		}
	}
	held, err := keysOf(chosen)
	if err != nil {
		return nil, errGrant(err)
	}
	return held, nil
}

// glassBoxes unwraps the keys that what is opened in need is sealed to.
func (ss *Session) glassBoxes(ctx context.Context, passphrase string) (mine boxes, err error) {
	s := ss.store
	sealed, _, err := s.savedKeyring(ss.actor.Staff)
	if err != nil {
		return nil, err
	}
	done, err := s.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	seeds, err := seal.Unwrap(passphrase, sealed.Glass, model.GlassAAD(sealed.Site, sealed.Staff))
	if err != nil {
		return nil, errKeyring(err)
	}
	defer seal.Zero(seeds)
	if mine, err = boxesOf(seeds); err != nil {
		return nil, errKeyring(err)
	}
	return mine, nil
}

// hold has the keys overwritten with the session's own, and those of what is
// over already.
func (ss *Session) hold(g *Glass) (*Glass, error) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.ended != nil {
		g.wipe()
		return nil, ss.ended
	}
	ss.glass = slices.DeleteFunc(ss.glass, func(old *Glass) bool { return old.isOver() })
	ss.glass = append(ss.glass, g)
	return g, nil
}
