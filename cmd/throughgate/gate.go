package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/throughgate/throughgate/cmd/internal/paper"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/letter"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/tui"
)

// gate is the workstation's store as the screens see it.
type gate struct {
	desk   *store.Store
	tables *tables
	papers string         // the folder for letters that were asked for on paper
	retain int            // for how many days who has left stays here; 0 is for ever
	via    string         // how whoever signs in came
	due    model.Timeline // the prison's own due days
}

// SignIn implements tui.Gate.
func (g *gate) SignIn(ctx context.Context, staff model.StaffID, passphrase string) (tui.Session, error) {
	s, err := g.desk.SignInVia(ctx, g.via, staff, passphrase)
	if err != nil {
		return nil, err
	}
	go retainDaily(g.desk, s, g.retain)
	return &session{Session: s, gate: g}, nil
}

// Status implements tui.Gate.
func (g *gate) Status() model.DeskStatus { return g.desk.Status() }

// Watch implements tui.Gate.
func (g *gate) Watch() (tokens <-chan struct{}, stop func()) { return g.desk.Watch() }

// Place implements tui.Gate. The roster's name of the prison is the newer one.
func (g *gate) Place() tui.Place {
	id := g.desk.Identity()
	place := tui.Place{Site: id.Site, Name: id.SiteName}
	if name := g.desk.Site().Name; name != "" {
		place.Name = name
	}
	here := g.tables.here()
	place.Address, place.Practice = addressOf(here), here.Practice
	return place
}

// session is one person signed in, as the screens see them.
type session struct {
	*store.Session
	gate *gate
}

// BreakGlass implements tui.GlassBreaker.
func (s *session) BreakGlass(ctx context.Context, asked model.GlassRequest, passphrase string) (tui.Glass, error) {
	g, err := s.Session.BreakGlass(ctx, asked, passphrase)
	if err != nil {
		return nil, err // a nil *store.Glass would be a tui.Glass that is not nil
	}
	return g, nil
}

// Practices implements tui.Reference.
func (s *session) Practices() *model.PracticeIndex { return s.gate.tables.practices() }

// Products implements tui.Reference.
func (s *session) Products() *model.ProductIndex { return s.gate.tables.products() }

// StaffName implements tui.Reference.
func (s *session) StaffName(id model.StaffID) string { return staffNames(s.gate.desk.Site())(id) }

// VerifyLetter implements tui.Reference.
func (s *session) VerifyLetter(signed model.SignedLetter) error {
	return verifyLetter(s.gate.desk, signed)
}

// Export implements tui.Reference: what was asked for goes into the workstation's
// folder for papers, where only this user of the computer can read it.
func (s *session) Export(ctx context.Context, d tui.Document) (string, error) {
	name := fileName(d.Name)
	content, err := s.content(ctx, d, strings.ToLower(filepath.Ext(name)))
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(s.gate.papers, 0o700); err != nil {
		return "", &model.Error{Kind: model.KindOutside, Msg: "The folder for papers could not be made.", Hint: "Look whether the disk is full or the folder read-only.", Err: err}
	}
	if info, err := os.Lstat(s.gate.papers); err != nil || !info.IsDir() { // a link: papers would go who knows where
		return "", &model.Error{Kind: model.KindOutside, Msg: "The folder for papers leads somewhere else.", Hint: "Tell whoever looks after this computer.", Err: err}
	}
	path := filepath.Join(s.gate.papers, name)
	return path, paper.Save(path, content)
}

// content is a document in a format. That it was asked for is written down
// before anything of it leaves.
func (s *session) content(ctx context.Context, d tui.Document, format string) ([]byte, error) {
	if d.Paper != "" {
		return printed(ctx, s.Session, s.gate.desk, s.gate.due, d.Paper, d.Person, format)
	}
	render, known := letterFormats[format]
	if !known {
		return nil, model.Invalid("A letter is written as .pdf, .txt or .json.", "")
	}
	if d.Signed != nil {
		if err := verifyLetter(s.gate.desk, *d.Signed); err != nil {
			return nil, err
		}
	}
	if d.Easy {
		render = easyFormat(format, d.Welsh)
	}
	content, err := render(d.Letter, letter.Options{Signed: d.Signed})
	if err != nil {
		return nil, err
	}
	return content, s.Note(ctx, model.AccessPrint, d.Person, 0)
}

// fileName keeps what every system takes in a file's name: a person's name or
// number may be part of it.
func fileName(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune("-_.", r):
			return r
		}
		return '-'
	}, filepath.Base(name))
	return strings.TrimLeft(clean, "-.")
}

var (
	_ tui.Gate    = (*gate)(nil)
	_ tui.Session = (*session)(nil)
)
