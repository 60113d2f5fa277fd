// Package edge is where a program of ours meets its caller: it runs the command
// that was asked for and turns what came of it into one sentence on stderr and
// an exit code. Nothing else prints an error or ends the process.
package edge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
)

// The exit codes. Scripts rely on them: they never change their meaning.
const (
	Done    = 0
	Refused = 1 // refused, not found, or anything else that went wrong
	Usage   = 2 // the command line makes no sense
	Offline = 3 // the hub cannot be reached; trying later may do
)

// usageError is a command line that makes no sense.
type usageError struct{ msg, hint string }

func (e *usageError) Error() string { return e.msg }

// UsageError says that the command line makes no sense, for what a command
// finds out only when it runs (two flags that exclude each other, a number out
// of range). The hint may be empty.
func UsageError(msg, hint string) error { return &usageError{msg, hint} }

// exited is how a command ended that ran elsewhere and said there what was wrong.
type exited int

func (e exited) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Exited is the error of a command that another process ran and that said there
// what was wrong: Run adds no sentence and returns its exit code. It is nil for
// Done.
func Exited(code int) error {
	if code == Done {
		return nil
	}
	return exited(code)
}

// Run runs the command that args ask for and returns the exit code. The
// command's context ends at the first interrupt or termination signal, and when
// its terminal goes away; a second one ends the process.
func Run(root *cobra.Command, args []string, in io.Reader, out, errout io.Writer) int {
	// cobra keeps a console program from being started by a double click on
	// Windows, which is just how a desk starts this one.
	cobra.MousetrapHelpText = ""

	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	context.AfterFunc(ctx, stop)
	return RunWithin(ctx, root, args, in, out, errout)
}

// RunWithin is Run for a process that goes on afterwards, such as one that runs
// commands for others: the command ends with the context, and no signal is
// listened to.
func RunWithin(ctx context.Context, root *cobra.Command, args []string, in io.Reader, out, errout io.Writer) int {
	root.SilenceErrors, root.SilenceUsage = true, true
	root.DisableAutoGenTag = true
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errout)

	err := run(ctx, root, args)
	var elsewhere exited
	switch {
	case err == nil:
		return Done
	case errors.As(err, &elsewhere):
		return int(elsewhere)
	}
	fmt.Fprintf(errout, "%s: %s\n", root.Name(), Sentence(err))
	return Code(err)
}

// run executes the command that args ask for.
func run(ctx context.Context, root *cobra.Command, args []string) error {
	root.InitDefaultCompletionCmd(args...)
	if err := incomplete(root, args); err != nil {
		return err
	}
	began := false
	watch(root, &began)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !began {
		return asUsage(err, cmd)
	}
	return err
}

// incomplete complains of a command that only groups others, when none of them
// follows. cobra would print the help and call that a success, so a script with
// a misspelt command would go on.
func incomplete(root *cobra.Command, args []string) error {
	cmd, rest, err := root.Find(args)
	if err != nil || cmd.Runnable() || !cmd.HasParent() {
		return nil
	}
	if len(rest) == 0 {
		return &usageError{fmt.Sprintf("%q is only the beginning of a command", cmd.CommandPath()), seeHelp(cmd)}
	}
	if strings.HasPrefix(rest[0], "-") {
		return nil
	}
	hint := seeHelp(cmd)
	if likely := cmd.SuggestionsFor(rest[0]); len(likely) > 0 {
		hint = didYouMean(likely)
	}
	return &usageError{fmt.Sprintf("unknown command %q for %q", rest[0], cmd.CommandPath()), hint}
}

// endings are the signals that ask a command to end. A terminal that is closed
// sends one of its own, unless somebody took care that it is ignored (nohup).
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// watch notes when a command itself begins. What fails before that is cobra's
// own complaint about the command line: an unknown command or flag, a missing
// argument.
func watch(cmd *cobra.Command, began *bool) {
	if run := cmd.RunE; run != nil {
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			*began = true
			return run(cmd, args)
		}
	}
	for _, child := range cmd.Commands() {
		watch(child, began)
	}
}

// asUsage turns cobra's complaint into a sentence, with its suggestion or the
// command's help as the hint.
func asUsage(err error, cmd *cobra.Command) error {
	var usage *usageError
	if errors.As(err, &usage) {
		return err
	}
	msg, likely, found := strings.Cut(err.Error(), "\n\nDid you mean this?\n")
	hint := seeHelp(cmd)
	if found {
		hint = didYouMean(strings.Fields(likely))
	}
	return &usageError{msg, hint}
}

func seeHelp(cmd *cobra.Command) string {
	return fmt.Sprintf("Run %q.", cmd.CommandPath()+" --help")
}

func didYouMean(likely []string) string {
	return fmt.Sprintf("Did you mean %s?", strings.Join(likely, " or "))
}

// Code returns the exit code for an error.
func Code(err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return Done
	case errors.As(err, &usage):
		return Usage
	case model.KindOf(err) == model.KindOffline:
		return Offline
	}
	return Refused
}

// Sentence returns what the caller reads of an error: its message and its
// hint, on one line, without anything that could command a terminal.
func Sentence(err error) string {
	var usage *usageError
	var known *model.Error
	switch {
	case errors.As(err, &usage):
		return join(usage.msg, usage.hint)
	case errors.As(err, &known):
		return join(known.Msg, known.Hint)
	case errors.Is(err, context.Canceled):
		return "Stopped."
	}
	return join(err.Error(), "")
}

// join puts message and hint on one line, each ended like a sentence.
func join(msg, hint string) string {
	msg, hint = clean(msg), clean(hint)
	if msg != "" && !strings.ContainsAny(msg[len(msg)-1:], ".!?") {
		msg += "."
	}
	return strings.TrimSpace(msg + " " + hint)
}

// clean folds white space and drops what is not for reading: control
// characters, and the invisible ones that reorder text. A file name or a hub's
// answer may have ended up in an error.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
