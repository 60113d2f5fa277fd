package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// What the desk finds amiss is an entry of its access log, from where every
// desk's managers have it. It is found where nothing may be written, while a
// record is read or before anybody has signed in; so it is kept here until the
// next write, and goes to the disk with that. What stands is written down once,
// and not at every opening.

// trouble is something that the desk found, on its way into the access log.
type trouble struct {
	entry model.Access
	part  string // key of a damaged summary, which is made again
	// stands names it as long as it stands, and as says of which sort it is: only
	// another is written down again. ends names what stands no more: the entry is
	// for that it did.
	stands, as, ends string
}

// mostFound bounds what waits for a write; what is beyond is found again.
const mostFound = 10_000

// troubles are what waits for the next write.
type troubles struct {
	mu  sync.Mutex
	due []trouble
	are map[string]bool // names of them
}

func (t *troubles) add(one trouble) {
	t.mu.Lock()
	defer t.mu.Unlock()
	name := one.name()
	if len(t.due) >= mostFound || t.are[name] {
		return
	}
	if t.due = append(t.due, one); name == "" {
		return
	}
	if t.are == nil {
		t.are = make(map[string]bool)
	}
	t.are[name] = true
}

// name is the same when the same is found again, "" for what is found once.
func (t *trouble) name() string {
	if t.part == "" && t.stands == "" && t.ends == "" {
		return ""
	}
	return strings.Join([]string{t.part, t.stands, t.as, t.ends}, "\x00")
}

// some returns the first of those that wait.
func (t *troubles) some(most int) []trouble {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.due[:min(len(t.due), most):min(len(t.due), most)]
}

// done drops the first n, which are on the disk.
func (t *troubles) done(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.due[:n] {
		delete(t.are, t.due[i].name())
	}
	t.due = t.due[n:]
}

// found is an entry of what the desk finds now.
func (s *Store) found(what model.Trouble) model.Access {
	return model.Access{What: model.AccessFound, At: model.InstantOf(s.opt.Now()), Reason: string(what)}
}

// finds takes note of something that stands.
func (s *Store) finds(what model.Trouble, many uint64) {
	entry := s.found(what)
	entry.Many = many
	s.troubles.add(trouble{entry: entry, stands: string(what)})
}

// findsRight takes note that something stands no more, where it did.
func (s *Store) findsRight(what, now model.Trouble) {
	if s.stands(string(what)) {
		s.troubles.add(trouble{entry: s.found(now), ends: string(what)})
	}
}

// stands tells whether something was written down and stands.
func (s *Store) stands(name string) (is bool) {
	err := s.view(func(tx *bbolt.Tx) error {
		is = tx.Bucket([]byte(bucketMeta)).Get(standingKey(name)) != nil
		return nil
	})
	return is && err == nil
}

// findsDamage takes note of an error that says that the file is damaged, each
// cause once. Summaries are known by themselves.
func (s *Store) findsDamage(err *error) {
	cause := damageIn(*err)
	if cause == nil || errors.Is(cause, errSpoilt) || errors.Is(cause, errNoEntries) {
		return
	}
	sum := sha256.Sum256([]byte(cause.Error()))
	s.troubles.add(trouble{entry: s.found(model.TroubleFile), stands: string(model.TroubleFile) + " " + hex.EncodeToString(sum[:8])})
}

// findsSpoilt takes note of a summary of a record that was made from the log.
func (s *Store) findsSpoilt(c model.Compartment, id model.PersonID) {
	entry := s.found(model.TroubleSummary)
	entry.Person, entry.Parts = id, []model.Compartment{c}
	s.troubles.add(trouble{entry: entry, part: string(partKey(c, id))})
}

// findsLost takes note of a summary that cannot be made from the log.
func (s *Store) findsLost(id model.PersonID) {
	entry := s.found(model.TroubleSummaryLost)
	entry.Person = id
	s.troubles.add(trouble{entry: entry, stands: string(model.TroubleSummaryLost) + " " + id.String()})
}

// tell writes down what was found, where no other write is about to. A disk that
// does not take it is tried again with the next one.
func (s *Store) tell() {
	if len(s.troubles.some(1)) == 0 {
		return
	}
	if err := s.edit(func(e *edit) error { e.quiet = true; return nil }); err != nil {
		s.opt.Log.Error("what was found could not be written down", "err", errors.Unwrap(err))
	}
}

// standingKey is in the meta bucket.
func standingKey(name string) []byte { return []byte("found " + name) }

// keepFound writes down what was found since the last write, and makes damaged
// summaries again: as many as somebody who waits for their own write does not
// notice.
func (e *edit) keepFound() error {
	due := e.s.troubles.some(derivePace)
	e.told = len(due)
	var summaries []trouble
	for _, one := range due {
		if one.part != "" {
			if e.mendSummary([]byte(one.part)) {
				summaries = append(summaries, one)
			}
			continue
		}
		is, err := e.isNews(&one)
		if err == nil && is {
			err = e.access(one.entry)
		}
		if err != nil {
			return err
		}
	}
	if len(summaries) == 0 {
		return nil
	}
	entry := summaries[0].entry
	if n := len(summaries); n > 1 {
		entry.Person, entry.Parts, entry.Many = model.PersonID{}, nil, uint64(n)
	}
	return e.access(entry)
}

// isNews tells whether it is to be written down, and takes note that it stands, or
// stands no more.
func (e *edit) isNews(one *trouble) (bool, error) {
	switch {
	case one.ends != "":
		key := standingKey(one.ends)
		if !e.has(bucketMeta, key) {
			return false, nil
		}
		return one.entry.Reason != "", e.delete(bucketMeta, key)
	case one.stands != "":
		key := standingKey(one.stands)
		if had := e.get(bucketMeta, key); had != nil && string(had) == one.as {
			return false, nil
		}
		return true, e.put(bucketMeta, key, []byte(one.as))
	}
	return true, nil
}

// mendSummary makes a damaged summary again with the keys of who is signed in,
// or marks it for whoever comes. One that was marked before is known.
func (e *edit) mendSummary(part []byte) (fresh bool) {
	fresh = !e.has(bucketRefold, part)
	err := e.refoldPart(e.s.openKeys(), part)
	if err != nil { // reading it says so as well
		e.s.opt.Log.Error("a damaged summary could not be made again", "err", errors.Unwrap(err))
	}
	return fresh && !errors.Is(err, seal.ErrWiped) // or it is found again
}

// asideWords are what entries are put aside for.
var asideWords = map[doubt]model.Trouble{
	doubtOpen: model.TroubleAsideSealed, doubtSignature: model.TroubleAsideUnsigned, doubtFuture: model.TroubleAsideFuture,
	doubtOther: model.TroubleAsidePlace, doubtRoom: model.TroubleAsideRoom,
}

// doubtTold is added to why an entry was put aside once that is written down.
const doubtTold doubt = 0x80

func isTold(kept []byte) bool { return len(kept) > 0 && doubt(kept[0])&doubtTold != 0 }

// putAside keeps an arrival that cannot be believed, and counts it for the access
// log: one that no known key signed when it is looked at for the second time, for
// its author may only not have been heard of yet.
func (e *edit) putAside(a *arrival) error {
	key := a.quarantineKey()
	had := e.get(bucketQuarantine, key)
	why := a.why
	switch {
	case a.told, isTold(had):
		why |= doubtTold
	case had != nil || why != doubtSignature:
		if e.aside == nil {
			e.aside = make(map[doubt]uint64)
		}
		e.aside[why]++
		why |= doubtTold
	}
	return e.keepAside(bucketQuarantine, key, append([]byte{byte(why)}, a.bytes...), &e.counts.quarantined)
}

// noteAside writes down what this edit has put aside.
func (e *edit) noteAside() error {
	for _, why := range []doubt{doubtOpen, doubtSignature, doubtFuture, doubtOther, doubtRoom} {
		if e.aside[why] == 0 {
			continue
		}
		entry := e.s.found(asideWords[why])
		entry.Many = e.aside[why]
		if err := e.access(entry); err != nil {
			return err
		}
	}
	return nil
}

// noteVerified writes down what a verification found, where it is not what the
// last one in this role found.
func (s *Store) noteVerified(ss *Session, report *model.AuditReport) error {
	stands := string(model.TroubleUnproven) + " " + string(ss.actor.Role)
	if len(report.Findings) == 0 {
		if s.stands(stands) {
			s.troubles.add(trouble{ends: stands})
		}
		return nil
	}
	text, err := json.Marshal(report.Findings)
	if err != nil {
		return internal("encode findings", err)
	}
	sum := sha256.Sum256(text)
	entry := ss.does(model.AccessFound)
	entry.At, entry.Reason, entry.Many = model.InstantOf(s.opt.Now()), string(model.TroubleUnproven), uint64(len(report.Findings))
	s.troubles.add(trouble{entry: entry, stands: stands, as: string(sum[:])})
	s.tell()
	return nil
}

// forgetFound is for a store whose file is another than that of which it was
// found.
func (e *edit) forgetFound() error {
	c := e.tx.Bucket([]byte(bucketMeta)).Cursor()
	prefix := standingKey("")
	for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = c.Seek(prefix) {
		if err := c.Delete(); err != nil {
			return err
		}
	}
	return nil
}

// A file that is damaged too much to be opened takes no entry. A note beside it
// waits for the one that opens in its place.

func damagedPath(dir string) string { return dbPath(dir) + ".damaged" }

// refusal is the note.
type refusal struct {
	At model.Instant `json:"at"`
}

// leaveDamaged leaves the note where opening failed because of damage. The first
// stays, but not what bears its name and is none; it returns the error it is given.
func leaveDamaged(dir string, opt Options, err error) error {
	if damageIn(err) == nil {
		return err
	}
	opt = opt.withDefaults()
	if note, failed := readNote(damagedPath(dir)); failed == nil && note != nil {
		return err
	}
	text, _ := json.Marshal(refusal{model.InstantOf(opt.Now())}) // a number
	if failed := writeNote(damagedPath(dir), text); failed != nil {
		opt.Log.Error("that the store is damaged could not be written down", "err", failed)
	}
	return err
}

// takeDamaged writes down what the note says, and takes it away.
func (s *Store) takeDamaged() {
	text, err := readNote(damagedPath(s.dir))
	if err != nil || text == nil {
		return
	}
	entry := s.found(model.TroubleFileRefused)
	var note refusal
	if json.Unmarshal(text, &note) == nil && note.At > 0 && note.At < entry.At {
		entry.From = uint64(note.At) // not At: by the time somebody has mended it no alarm looks so far back
	}
	s.troubles.add(trouble{entry: entry})
	if s.tell(); len(s.troubles.some(1)) == 0 {
		_ = os.Remove(damagedPath(s.dir)) // or it is said twice
	}
}

// lookAtClock finds a clock that is far behind the newest entry here, without the
// hub, and one that no longer is.
func (s *Store) lookAtClock() {
	s.writing.Lock()
	behind := s.desk.clock.Last.Time().Sub(s.opt.Now())
	s.writing.Unlock()
	if behind > maxBehind {
		s.finds(model.TroubleClockBehind, uint64(behind/maxBehind))
		return
	}
	s.findsRight(model.TroubleClockBehind, model.TroubleClockRight)
}

// judgeClock holds this computer's clock to the hub's.
func (s *Store) judgeClock(state model.SyncState) {
	switch {
	case !state.Online:
	case state.ClockWrong():
		s.finds(model.TroubleClockHub, uint64(state.Skew.Abs()/time.Minute))
	default:
		s.findsRight(model.TroubleClockHub, model.TroubleClockRight)
		s.lookAtClock()
	}
}
