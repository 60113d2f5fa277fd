package tui

import (
	"context"

	"github.com/throughgate/throughgate/model"
)

// Gate is the workstation before anybody has signed in.
type Gate interface {
	// SignIn opens a session. A wrong passphrase is an error of KindForbidden
	// with the same sentence as an unknown staff id.
	SignIn(ctx context.Context, staff model.StaffID, passphrase string) (Session, error)
	// Status tells how sync stands. It is asked when the header is drawn anew,
	// so it must not wait for anything.
	Status() model.DeskStatus
	// Watch gives a token whenever something was written, here or elsewhere.
	Watch() (tokens <-chan struct{}, stop func())
	// Place names the prison the workstation belongs to.
	Place() Place
}

// Place is the prison of this workstation.
type Place struct {
	Site model.SiteCode
	Name string // "HMP Leeds"
	// Address and Phone head a letter; empty when they are not known.
	Address []string
	Phone   string
	// Practice is the ODS code of the prison's own GP practice, "" when it is not
	// known.
	Practice model.ODSCode
}

// Session is one person signed in.
type Session interface {
	Identity
	People
	GlassBreaker
	Writer
	Refusals
	Drafts
	Reference
	Audit
}

// Identity is who is signed in.
type Identity interface {
	Actor() model.Actor
	Name() string // "KHAN, A"
	// MustChange tells whether the passphrase is the first one, which the
	// person must replace before anything else.
	MustChange() bool
	ChangePassphrase(ctx context.Context, old, new string) error
	// Over is why nothing can be done in this session any more, nil while it is
	// open: the hub may have given the person another role, or taken their
	// access away. It is asked whenever there is news, so it must not wait.
	Over() error
	// Locked writes down that the screen was locked.
	Locked(ctx context.Context) error
	Close()
}

// People is what may be read. Get and History are recorded as read.
type People interface {
	Rows() []model.Row // everybody; must not be changed
	Find(query string, limit int) []model.Row
	Get(ctx context.Context, id model.PersonID) (*model.Record, error)
	History(ctx context.Context, id model.PersonID) ([]*model.Op, error)
	Conflicts(ctx context.Context) ([]model.PersonConflict, error)
	// Overrides is what nobody else has looked at yet, for those who review it.
	Overrides(ctx context.Context) ([]model.PersonOverride, error)
}

// GlassBreaker opens what the role may not read, for a reason that everybody
// sees.
type GlassBreaker interface {
	// BreakGlass asks for the passphrase again, writes the override down, and
	// only then opens. A wrong passphrase counts as one at the sign-in.
	BreakGlass(ctx context.Context, asked model.GlassRequest, passphrase string) (Glass, error)
}

// Glass is one compartment of one person's record, open for a while.
type Glass interface {
	// Get reads the record with what was opened; each call is recorded as a
	// look. It is KindLocked when the time is over.
	Get(ctx context.Context) (*model.Record, error)
	Until() model.Instant
	Close()
}

// Writer changes records. When Do returns nil the change is kept, whatever
// happens to this computer next.
type Writer interface {
	Do(ctx context.Context, w model.Write) error
	NewPerson(prisonNumber string) (model.PersonID, error)
	Sign(message []byte) []byte
}

// Refusals is what the hub refused of this person's writing.
type Refusals interface {
	Refusals(ctx context.Context) ([]model.Refusal, error)
	Dismiss(ctx context.Context, stamp model.Stamp) error
}

// Drafts keeps what is being typed, sealed for this person alone.
type Drafts interface {
	Draft(key string) ([]byte, bool)
	SaveDraft(key string, value []byte) error // nil forgets it
}

// Reference is what everybody may look up.
type Reference interface {
	Practices() *model.PracticeIndex // nil when none have come from the hub yet
	Products() *model.ProductIndex   // the medicines of dm+d; nil like the practices
	// PracticeMemory is what practices said of late, nil for who may not know. It
	// takes as long as reading everybody's registration.
	PracticeMemory(ctx context.Context) (model.PracticeMemory, error)
	StaffName(id model.StaffID) string
	// VerifyLetter tells whether a signed letter is what its signer signed.
	VerifyLetter(signed model.SignedLetter) error
	Export(ctx context.Context, document Document) (path string, err error)
}

// Audit is what managers and auditors may read of what others did. Anybody else
// gets an error of KindForbidden. That they read it is recorded.
type Audit interface {
	// Accesses lists the newest entries that fit, newest first.
	Accesses(ctx context.Context, f model.AccessFilter, limit int) ([]model.Access, error)
	// Alarms lists what to ask about since a day, newest first.
	Alarms(ctx context.Context, since model.Day) ([]model.Alarm, error)
}

// Document is a letter or another paper that somebody asked for. Export renders
// it, writes it where the workstation keeps its papers and says where.
type Document struct {
	Person model.PersonID
	Paper  model.Paper // "" is the letter, which is all below; any other is made of the record
	Name   string      // of the file, without its folder; its end, .pdf or .txt, is the format
	Letter model.Letter
	Signed *model.SignedLetter // nil makes a draft, which says so on every page
	Easy   bool                // the easy-read copy for the person
	Welsh  bool                // with Welsh headings
}
