package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/verified"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/tree"
)

func auditHead(d *data) *cobra.Command {
	var out output
	var compare string
	cmd := &cobra.Command{
		Use:   "head",
		Short: "Print what the hub last signed of its log, to compare elsewhere",
		Long: "Print what the hub last signed of its log for this workstation, and what fits all that was read here. It holds nobody's data. " +
			"Two desks that were shown different logs find out by comparing: write it into a file at one, and give that file to --compare at another desk of the prison, " +
			"or to throughgate-hub audit verify --heads at the hub. Nobody needs to sign in.",
		Example: "  throughgate audit head > head.txt\n  throughgate audit head --compare head.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			desk, err := d.open(store.Options{})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, desk.Close()) }()
			if compare != "" {
				return compareHeads(cmd, &out, desk.Store, compare)
			}
			signed, head, err := desk.Head()
			if err != nil {
				return err
			}
			answer := headAnswer{head, string(signed)}
			return out.print(cmd, answer, func(w io.Writer) { _, _ = io.WriteString(w, answer.Signed) })
		},
	}
	out.flags(cmd)
	cmd.Flags().StringVar(&compare, "compare", "", "a file with the head of another desk, to hold to what this one read")
	_ = cmd.MarkFlagFilename("compare") // fails for a flag that is not there
	return cmd
}

// headAnswer is a head as a document. Its JSON is part of the command line's
// contract.
type headAnswer struct {
	tree.Head
	Signed string `json:"signed"`
}

// comparison is what holding heads to this desk's log came to.
type comparison struct {
	Same     []tree.Head     `json:"same"`
	Findings []model.Finding `json:"findings"`
}

func compareHeads(cmd *cobra.Command, out *output, desk *store.Store, path string) error {
	heads, err := verified.Heads(path)
	if err != nil {
		return err
	}
	c := comparison{Same: []tree.Head{}, Findings: []model.Finding{}}
	for _, signed := range heads {
		head, wrong, err := desk.Compare(signed)
		switch {
		case err != nil:
			return err
		case wrong != nil:
			c.Findings = append(c.Findings, *wrong)
		default:
			c.Same = append(c.Same, head)
		}
	}
	report := model.AuditReport{Findings: c.Findings}
	return errors.Join(out.print(cmd, c, c.lines), report.Err())
}

func (c comparison) lines(w io.Writer) {
	for _, h := range c.Same {
		line(w, "The head over %d entries, signed on %s, is of the same log.", h.Size, h.At)
	}
	for _, f := range c.Findings {
		line(w, "The head over %d entries: %s", f.Place, f.Says)
		line(w, "   %s", f.Do)
	}
}
