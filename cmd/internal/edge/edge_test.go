package edge_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

// program is a small program whose one command fails with err.
func program(err error) *cobra.Command {
	root := &cobra.Command{Use: "prog"}
	try := &cobra.Command{Use: "attempt NUMBER", Args: cobra.ExactArgs(1),
		RunE: func(*cobra.Command, []string) error { return err }}
	try.Flags().Int("days", 28, "how many days")
	try.Flags().String("hub", "", "the hub's address")
	strict := &cobra.Command{Use: "enrol", RunE: func(*cobra.Command, []string) error { return err }}
	strict.Flags().String("hub", "", "the hub's address")
	strict.MarkFlagRequired("hub")
	site := &cobra.Command{Use: "site"}
	site.AddCommand(&cobra.Command{Use: "add CODE", RunE: func(*cobra.Command, []string) error { return err }})
	root.AddCommand(try, strict, site)
	return root
}

func TestEveryFailureIsOneSentenceAndACode(t *testing.T) {
	offline := &model.Error{Kind: model.KindOffline, Msg: "The hub does not answer.", Hint: "Your work is kept.", Err: errors.New("dial tcp")}
	run := []string{"attempt", "A1234BC"}
	for _, test := range []struct {
		name string
		args []string
		err  error
		code int
		says string
	}{
		{"done", run, nil, edge.Done, ""},
		{"no such person", run, model.NotFound("Nobody here has that number.", ""), edge.Refused, "prog: Nobody here has that number.\n"},
		{"refused, with a hint", run, model.Forbidden("Your role may not do this.", "Ask a nurse."), edge.Refused, "prog: Your role may not do this. Ask a nurse.\n"},
		{"invalid input is not a usage error", run, model.Invalid("The file is not JSON.", ""), edge.Refused, "prog: The file is not JSON.\n"},
		{"offline", run, offline, edge.Offline, "prog: The hub does not answer. Your work is kept.\n"},
		{"offline, wrapped", run, fmt.Errorf("sync: %w", offline), edge.Offline, "prog: The hub does not answer. Your work is kept.\n"},
		{"an error nobody gave a kind", run, errors.New("disk on fire"), edge.Refused, "prog: disk on fire.\n"},
		{"failed elsewhere, where it was said", run, edge.Exited(7), 7, ""},
		{"done elsewhere", run, edge.Exited(edge.Done), edge.Done, ""},
		{"interrupted", run, fmt.Errorf("pull: %w", context.Canceled), edge.Refused, "prog: Stopped.\n"},
		{"a usage error of the command's own", run, edge.UsageError("--days must be 1 to 366", ""), edge.Usage, "prog: --days must be 1 to 366.\n"},
		{"hostile text", run, errors.New("open a\x1b]0;x\x07b\r\n\u202egnp.exe\u009b31m\xff"), edge.Refused, "prog: open a]0;xb gnp.exe31m.\n"},
		{"unknown command", []string{"atempt"}, nil, edge.Usage, "prog: unknown command \"atempt\" for \"prog\". Did you mean attempt?\n"},
		{"unknown flag", []string{"attempt", "--dys", "2"}, nil, edge.Usage, "prog: unknown flag: --dys. Run \"prog attempt --help\".\n"},
		{"a flag of the wrong type", []string{"attempt", "x", "--days", "many"}, nil, edge.Usage, ""},
		{"a missing argument", []string{"attempt"}, nil, edge.Usage, "prog: accepts 1 arg(s), received 0. Run \"prog attempt --help\".\n"},
		{"a missing flag", []string{"enrol"}, nil, edge.Usage, "prog: required flag(s) \"hub\" not set. Run \"prog enrol --help\".\n"},
		{"half a command", []string{"site"}, nil, edge.Usage, "prog: \"prog site\" is only the beginning of a command. Run \"prog site --help\".\n"},
		{"a group's unknown command", []string{"site", "ad", "LEI"}, nil, edge.Usage, "prog: unknown command \"ad\" for \"prog site\". Did you mean add?\n"},
		{"a group's unknown flag", []string{"site", "--ad"}, nil, edge.Usage, "prog: unknown flag: --ad. Run \"prog site --help\".\n"},
		{"an unknown shell", []string{"completion", "csh"}, nil, edge.Usage, ""},
		{"help on a group", []string{"site", "--help"}, nil, edge.Done, ""},
		{"help on a group by name", []string{"help", "site"}, nil, edge.Done, ""},
		{"help is no failure", []string{"attempt", "--help"}, nil, edge.Done, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out, errout bytes.Buffer
			code := edge.Run(program(test.err), test.args, strings.NewReader(""), &out, &errout)
			if code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			if test.says != "" && errout.String() != test.says {
				t.Errorf("says %q, want %q", errout.String(), test.says)
			}
			if code == edge.Done && errout.Len() > 0 {
				t.Errorf("done, but says %q", errout.String())
			}
			if strings.Count(errout.String(), "\n") > 1 {
				t.Errorf("says more than one line: %q", errout.String())
			}
		})
	}
}
