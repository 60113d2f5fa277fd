package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// signIn is who uses a command: --staff and --passphrase-file, or what they
// answer on a terminal.
type signIn struct {
	*data
	staff, file string
}

func (s *signIn) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.staff, "staff", "", "your staff id, such as a.khan")
	cmd.Flags().StringVar(&s.file, "passphrase-file", "", "a file with your passphrase, when there is no terminal to ask on")
	_ = cmd.MarkFlagFilename("passphrase-file") // fails for a flag that is not there
}

// signedIn is a session with the desk it is at.
type signedIn struct {
	*store.Session
	desk       *store.Store
	passphrase string
}

// with opens the store and a session, runs fn, and closes both.
func (s *signIn) with(cmd *cobra.Command, fn func(*signedIn) error) (err error) {
	desk, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	ask := asking(cmd)
	staff, err := s.who(ask)
	if err != nil {
		return err
	}
	passphrase, err := passphraseFrom(s.file, "Passphrase: ", ask)
	if err != nil {
		return err
	}
	session, err := desk.SignInVia(cmd.Context(), model.ViaCommand, staff, passphrase)
	if err != nil {
		return err
	}
	defer session.Close()
	return fn(&signedIn{session, desk.Store, passphrase})
}

func (s *signIn) who(ask prompter) (model.StaffID, error) {
	typed := s.staff
	if typed == "" {
		if ask == nil {
			return "", edge.UsageError("Nobody is signed in and there is no terminal to ask on.", "Give --staff ID and --passphrase-file FILE.")
		}
		var err error
		if typed, err = ask.line("Staff id: "); err != nil {
			return "", err
		}
	}
	return model.ParseStaffID(strings.TrimSpace(typed))
}

// maxPassphraseFile bounds what is read, in bytes: nobody types more.
const maxPassphraseFile = 4096

// passphraseFrom reads a passphrase from a file, or asks for it where there is
// none. Line breaks at its end, which editors add, are not part of it.
func passphraseFrom(path, question string, ask prompter) (string, error) {
	if path == "" {
		if ask == nil {
			return "", edge.UsageError("There is no terminal to ask for the passphrase on.", "Give --passphrase-file FILE.")
		}
		return ask.secret(question)
	}
	file, err := openInput(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxPassphraseFile+1))
	switch text = bytes.TrimRight(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), "\r\n"); {
	case err != nil:
		return "", &model.Error{Kind: model.KindOutside, Msg: "The passphrase file could not be read.", Err: err}
	case len(text) == 0:
		return "", model.Invalid("The passphrase file is empty.", "Write the passphrase on its first line.")
	case len(text) > maxPassphraseFile || bytes.ContainsAny(text, "\n\x00"):
		return "", model.Invalid("The passphrase file is not one line of text.", "Write the passphrase alone in it, as UTF-8.")
	}
	return string(text), nil
}

// openInput opens a file that a person named.
func openInput(path string) (*os.File, error) {
	file, err := os.Open(path)
	if err == nil {
		var info fs.FileInfo
		if info, err = file.Stat(); err == nil && info.IsDir() {
			file.Close()
			return nil, model.Invalid("This is a folder, not a file.", "Give the name of the file as well.")
		}
	}
	switch {
	case err == nil:
		return file, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, &model.Error{Kind: model.KindNotFound, Msg: "There is no such file.", Hint: "Check its name and folder.", Err: err}
	case errors.Is(err, fs.ErrPermission):
		return nil, &model.Error{Kind: model.KindOutside, Msg: "This file may not be read.", Hint: "Ask for the right to read it.", Err: err}
	}
	return nil, &model.Error{Kind: model.KindOutside, Msg: "The file could not be opened.", Hint: "Check its name and folder.", Err: err}
}

// prompter asks whoever runs a command.
type prompter interface {
	line(question string) (string, error)
	secret(question string) (string, error) // what is typed is not shown
}

// asking returns whom to ask, nil when nobody is there. An input that can ask by
// itself stands for a terminal elsewhere.
func asking(cmd *cobra.Command) prompter {
	switch in := cmd.InOrStdin().(type) {
	case prompter:
		return in
	case *os.File:
		if term.IsTerminal(int(in.Fd())) {
			return &terminal{in: in, buf: bufio.NewReader(in), out: cmd.ErrOrStderr(), ended: cmd.Context().Done()}
		}
	}
	return nil
}

// terminal is this process's own. Questions go to the error output, so that
// what a command prints can be redirected.
type terminal struct {
	in  *os.File
	buf *bufio.Reader
	out io.Writer

	ended <-chan struct{} // closed when the command is told to end
}

func (t *terminal) line(question string) (string, error) {
	fmt.Fprint(t.out, question)
	answer, err := t.buf.ReadString('\n')
	if err != nil {
		return "", errNoAnswer
	}
	return strings.TrimRight(answer, "\r\n"), nil
}

func (t *terminal) secret(question string) (string, error) {
	defer hush(t.in)()
	fmt.Fprint(t.out, question)
	answer, err := readHidden(t.in, t.ended)
	fmt.Fprintln(t.out)
	if err != nil {
		return "", errNoAnswer
	}
	return answer, nil
}

// readHidden reads a line that the terminal does not show, until the command is
// told to end; main leaves the terminal as it was.
func readHidden(in *os.File, ended <-chan struct{}) (string, error) {
	type answer struct {
		line []byte
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		line, err := term.ReadPassword(int(in.Fd()))
		answers <- answer{line, err}
	}()
	select {
	case a := <-answers:
		return string(a.line), a.err
	case <-ended:
		return "", io.EOF
	}
}

var errNoAnswer = model.Invalid("There was no answer.", "Type it and press Enter.")
