package hub

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// A device's data can be copied with its certificate, or put back to an older
// state, and nothing in them would tell. So the hub gives each device a token and
// soon another: of two copies one shows an old token in the end. What is asked
// with an old token stops the device, with all its copies, until a person decides
// which is to go on.

const (
	// turnLife is how long a token is the newest. A new one costs the desk and the
	// hub a wait for the disk each.
	turnLife = 5 * time.Minute
	// turnGrace is how long the token before is borne once the newest was shown:
	// a request may have been held up on its way.
	turnGrace = time.Minute
	// maxEnded is how many incarnations of a device may end before a person looks
	// at it: two with every backup that is brought back.
	maxEnded = 64
	// turnsLost is by how many the tokens' numbers move on when the hub was put
	// back to a backup, so that none given before is taken for a later one.
	turnsLost = 1 << 32
)

// turn is where a device's tokens stand.
type turn struct {
	Number uint64        `json:"number"`
	Token  string        `json:"token,omitempty"` // begins with the number; "" before the first
	Given  model.Instant `json:"given"`
	// Before is the token before this one: accepted until this one was shown, for
	// the answer with it may have been lost. With it goes the incarnation then.
	Before            string `json:"before,omitempty"`
	BeforeIncarnation uint32 `json:"beforeIncarnation,omitempty"`
	// Open lets any token in, once: the hub was put back to a backup and does not
	// know what it gave out since.
	Open bool `json:"open,omitempty"`
}

// turnNumber is the number a token begins with, 0 for none.
func turnNumber(token string) uint64 {
	text, _, _ := strings.Cut(token, ".")
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// shownTurns remembers since when each device's newest token has been shown. It
// is in memory only: a hub that starts anew bears the token before once more.
type shownTurns struct {
	mu    sync.Mutex
	first map[model.DeviceID]firstShown
}

type firstShown struct {
	token string
	at    time.Time
}

// note takes note that a device showed its newest token.
func (s *shownTurns) note(id model.DeviceID, token string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.first == nil {
		s.first = make(map[model.DeviceID]firstShown)
	}
	if s.first[id].token != token {
		s.first[id] = firstShown{token, now}
	}
}

// since tells whether a token was shown, and since when.
func (s *shownTurns) since(id model.DeviceID, token string) (at time.Time, was bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.first[id]
	return f.at, f.token == token
}

// caller is what a device shows of itself in a request.
type caller struct {
	model.Passport
	version string
	start   bool
	asks    bool   // for the feed, with which a token can be given
	after   uint64 // the place in the feed that it has read to
	hand    bool   // a token is to be given with the answer
	number  uint64 // of the device's newest token when this was let in
}

func callerOf(r *http.Request) *caller {
	c := &caller{asks: r.Method == http.MethodGet && r.URL.Path == wire.PathOps}
	c.Passport, c.version, c.start = wire.PassportOf(r.Header)
	c.after, _ = strconv.ParseUint(r.URL.Query().Get(wire.ParamAfter), 10, 63) // 0 where it reads nothing
	return c
}

var (
	errNoPassport = model.Invalid("This request does not say which copy of the workstation's data it is of.",
		"Use a program of the hub's own version.")
	// errAskFirst is for a request that cannot be answered before the device has
	// asked for the feed: desks try again then.
	errAskFirst = &model.Error{Kind: model.KindConflict, Msg: "The hub has first to be asked for news.",
		Hint: "This happens by itself; nothing is lost.", Err: errEpoch}
	errHubIsOlder = &model.Error{Kind: model.KindConflict, Msg: "The hub was put back to an older state.",
		Hint: "Nothing is lost. Whoever runs it: throughgate-hub restored.", Err: errEpoch}
	errLeftBehind = &model.Error{Kind: model.KindForbidden, Msg: "This copy of the workstation's data was left behind: another one goes on.",
		Hint: "Nothing is lost: what is here can be read. Ask the service desk for a code, and enrol this computer anew in another folder.", Err: wire.ErrStopped}
	errStopped = &model.Error{Kind: model.KindForbidden, Msg: "This workstation's data exist twice, or were put back to an older state, so the hub has stopped it.",
		Hint: "Nothing is lost: what is here can be read. Ask the service desk which copy is to go on.", Err: wire.ErrStopped}
)

// Why a device was stopped, for who decides.
var whyStopped = map[model.DeviceEvent]string{
	model.DeviceOldToken:      "an old token was shown: its data were copied, or put back to an older state",
	model.DeviceEndedCopy:     "it came as a copy that had ended: its data were copied, or restored while the first went on",
	model.DeviceManyRestores:  "it came back from a backup too many times",
	model.DeviceTwoInOnePlace: "two of its entries claim one place: its data were copied",
}

// isRestored tells whether this is the first the hub hears of a restored backup.
func (c *caller) isRestored(d *device) bool {
	return c.Restored != 0 && c.Incarnation != d.Incarnation && c.Incarnation != d.Turn.BeforeIncarnation
}

// check says whether a request is of the one copy of a device that goes on, and
// stops the device when it is of another.
func (h *Hub) check(d *device, c *caller) error {
	c.number = d.Turn.Number
	switch {
	case c.Incarnation == 0:
		return errNoPassport
	case d.Resuming, d.Turn.Open:
		return c.ask()
	case d.isStopped():
		return errStopped
	case turnNumber(c.Turn) > d.Turn.Number:
		return h.behind(d.Site, c.after, errHubIsOlder)
	case c.isRestored(d):
		if slices.Contains(d.Left, c.Restored) {
			return errLeftBehind
		}
		if len(d.Ended) >= maxEnded {
			return h.stop(d.ID, model.DeviceManyRestores)
		}
		return c.ask()
	}
	now := h.Now()
	since, shown := h.shown.since(d.ID, d.Turn.Token)
	before := c.Turn == d.Turn.Before && d.Turn.Token != "" && (!shown || now.Sub(since) < turnGrace)
	switch {
	case c.Incarnation != d.Incarnation && !(before && c.Incarnation == d.Turn.BeforeIncarnation):
		if slices.Contains(d.Left, c.Incarnation) {
			return errLeftBehind
		}
		return h.stop(d.ID, model.DeviceEndedCopy)
	case c.Turn == d.Turn.Token:
		h.shown.note(d.ID, d.Turn.Token, now)
		c.hand = c.asks && (c.start || now.Sub(d.Turn.Given.Time()) >= turnLife)
	case !before:
		return h.stop(d.ID, model.DeviceOldToken)
	default:
		c.hand = c.asks && !shown
	}
	return nil
}

// ask lets a caller go on that is to get a token.
func (c *caller) ask() error {
	if !c.asks {
		return errAskFirst
	}
	c.hand = true
	return nil
}

// handTurn gives the caller the token it is due, in the headers of an answer
// that is about to be sent. What changed since it was let in is asked again.
func (h *Hub) handTurn(w *reply, id model.DeviceID, c *caller) error {
	if c == nil || !c.hand {
		return nil
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	d := h.keep.devices[id]
	if err := d.good(); err != nil {
		return err
	}
	next, err := h.nextTurn(d, c)
	if err != nil || next == nil {
		return err
	}
	if err := h.mayTurn(id, h.Now()); err != nil {
		if c.Turn == d.Turn.Token {
			return nil // it has one that is as good
		}
		return err
	}
	if err := h.save(next); err != nil {
		return err
	}
	h.keep.devices[id] = next
	if c.isRestored(d) && !d.Resuming && !d.Turn.Open {
		if err := h.noteDevice(id, d.Site, model.DeviceRestored, 0); err != nil {
			return err
		}
	}
	w.Header().Set(wire.HeaderTurn, next.Turn.Token)
	w.Header().Set(wire.HeaderIncarnation, strconv.FormatUint(uint64(next.Incarnation), 10))
	return nil
}

// nextTurn is a device with its next token, nil when the caller is not the one
// that is to have it. Who asks with the token before, because the answer was
// lost, gets another one and not the same: should a copy have got the answer, it
// shows a token that is neither. Who has waited here since before the newest was
// given gets none: a line that broke may have left it, and the newest be on its way
// to the same desk.
func (h *Hub) nextTurn(d *device, c *caller) (*device, error) {
	next := *d
	before, incarnation := c.Turn, c.Incarnation
	_, shown := h.shown.since(d.ID, d.Turn.Token)
	switch {
	case c.number != d.Turn.Number:
		return nil, nil
	case d.Resuming:
		if err := h.letIn(&next, c); err != nil {
			return nil, err
		}
	case d.Turn.Open, c.isRestored(d):
		next.Ended = append(slices.Clone(d.Ended), d.Incarnation, c.Restored)
		next.Incarnation = c.Incarnation
	case c.Turn == d.Turn.Token:
	case c.Turn == d.Turn.Before && !shown:
		incarnation = d.Turn.BeforeIncarnation
	default:
		return nil, nil
	}
	var random [16]byte
	if _, err := io.ReadFull(h.Random, random[:]); err != nil {
		return nil, internal("turn", err)
	}
	number := d.Turn.Number + 1
	next.Turn = turn{
		Number: number, Token: fmt.Sprintf("%d.%s", number, hex.EncodeToString(random[:])),
		Given: model.InstantOf(h.Now()), Before: before, BeforeIncarnation: incarnation,
	}
	next.Contact = h.contacts.of(d)
	return &next, nil
}
