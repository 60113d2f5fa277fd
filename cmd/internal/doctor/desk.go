package doctor

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// open opens the store, unless this process holds it already.
func (p *Patient) open() (*store.Store, Line) {
	const check = "store"
	if p.Desk != nil {
		return p.Desk, ok(check, "It is open here, and others may work in it.")
	}
	if info, err := os.Stat(p.Folder); err == nil && !info.IsDir() {
		return nil, notTried(check)
	}
	if info, err := os.Stat(filepath.Join(p.Folder, store.File)); err == nil && info.Size() == 0 {
		return nil, fail(check, "The store's file is empty: it was cut off, or never filled.", "Bring a backup back into another folder, or enrol this workstation again: what was sent is at the hub.")
	}
	desk, err := store.Open(p.Folder, store.Options{Now: p.Now})
	switch {
	case model.KindOf(err) == model.KindNotFound:
		return nil, fail(check, "This workstation is not enrolled in this folder.", "Ask whoever runs the hub for a code, then run: throughgate enrol --hub URL --code CODE")
	case model.KindOf(err) == model.KindLocked:
		var held *model.Error
		errors.As(err, &held)
		return nil, warn(check, "It is in use, so its inside was not looked at. "+held.Hint, "Close Throughgate everywhere on this computer and run doctor again.")
	case err != nil:
		return nil, failed(check, err)
	}
	id := desk.Identity()
	return desk, ok(check, "It opens, with layout %d: workstation %s of %s.", store.Layout, id.Device, id.Site)
}

// inside looks through all of the file.
func inside(ctx context.Context, desk *store.Store) []Line {
	lines := []Line{ok("damage", "No page is broken, every entry that has a place at the hub is as it came, and no look at a record was taken out.")}
	if err := cmp.Or(desk.Check(ctx), desk.CheckFeed(ctx), desk.VerifyAccess()); err != nil {
		lines[0] = failed("damage", err)
	}
	space, err := desk.Space()
	switch {
	case err != nil:
		return append(lines, failed("space", err))
	case space.Half():
		return append(lines, warn("space", fmt.Sprintf("%s of the file's %s are free.", size(uint64(space.Free)), size(uint64(space.All))), "When nobody works here: throughgate compact"))
	}
	return append(lines, ok("space", "%s of the file's %s are free.", size(uint64(space.Free)), size(uint64(space.All))))
}

// How long a workstation may be without its hub before somebody should look.
const (
	longApart    = 24 * time.Hour
	tooLongApart = 7 * 24 * time.Hour
)

// standing is how the workstation stood at the last exchange.
func (p *Patient) standing(s model.DeskStatus) []Line {
	var lines []Line
	if s.Stopped != "" {
		lines = append(lines, fail("standing", "The hub has stopped this workstation: "+s.Stopped, "Ask whoever runs the hub."))
	}
	if s.Feed.Doubt != "" {
		lines = append(lines, fail("hub's log", s.Feed.Doubt, "Tell whoever runs the hub, and keep this workstation's folder."))
	}
	return append(lines, p.lastSync(s), waiting("unsent", s.Pending, "Everything is sent.", "%d entries wait to be sent.", "They are kept; see that the hub can be reached."),
		waiting("refused", s.Refused, "The hub refused nothing.", "The hub refused %d entries.", "The Sync screen says why; their authors settle them, or a colleague of the same record."),
		waiting("quarantine", s.Quarantined, "Nothing was put aside.", "%d entries that came could not be believed or kept, and were put aside.", "Tell whoever runs the hub, and keep this workstation's folder."))
}

func waiting(check string, n int, none, some, do string) Line {
	if n == 0 {
		return ok(check, "%s", none)
	}
	return warn(check, fmt.Sprintf(some, n), do)
}

func (p *Patient) lastSync(s model.DeskStatus) Line {
	const check = "last sync"
	if s.LastSync.IsZero() {
		return warn(check, strings.TrimSpace("It never was in step with the hub. "+s.Err), "Run: throughgate sync --once")
	}
	apart := p.Now().Sub(s.LastSync.Time())
	says := strings.TrimSpace(fmt.Sprintf("In step with the hub %s. %s", ago(apart), s.Err))
	switch {
	case apart > tooLongApart:
		return fail(check, says, "See that the hub can be reached: others do not know what was done here.")
	case apart > longApart:
		return warn(check, says, "Run: throughgate sync --once")
	}
	return ok(check, "%s", says)
}

// soon is how many days before its end a certificate is worth a word.
const soon = 30

func (p *Patient) certificate(id store.Identity) Line {
	const check = "certificate"
	const anew = "Send what waits, ask whoever runs the hub for a code, and enrol in an empty folder."
	block, _ := pem.Decode(id.CertPEM)
	if block == nil {
		return fail(check, "This workstation has none.", anew)
	}
	cert, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return fail(check, "This workstation's certificate cannot be read.", anew)
	}
	now := p.Now()
	days := int(cert.NotAfter.Sub(now).Hours() / 24)
	switch {
	case now.After(cert.NotAfter):
		return fail(check, "This workstation's certificate has ended.", "Look at this computer's date. "+anew)
	case now.Before(cert.NotBefore):
		return fail(check, "This workstation's certificate has not begun.", "This computer's clock is likely wrong: set its date.")
	case days < soon:
		return warn(check, fmt.Sprintf("This workstation's certificate ends in %d days.", days), anew)
	}
	return ok(check, "It is good for %d days.", days)
}
