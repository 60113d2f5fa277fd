// Package manual writes a program's own manual from its commands, so that what
// is written of a flag is what the flag does. It knows no command by name.
package manual

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

// Command returns the hidden command "docs", which writes one page for each
// command of the program it is added to.
func Command() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "docs FOLDER",
		Short:   "Write a page for each command into a folder",
		Example: "  docs --format man /usr/local/share/man/man1",
		Args:    cobra.ExactArgs(1),
		Hidden:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return write(cmd.Root(), format, args[0])
		},
	}
	cmd.Flags().StringVar(&format, "format", "markdown", "markdown or man")
	return cmd
}

func write(root *cobra.Command, format, folder string) error {
	pages := map[string]func() error{
		"markdown": func() error { return doc.GenMarkdownTree(root, folder) },
		"man":      func() error { return doc.GenManTree(root, &doc.GenManHeader{Section: "1"}, folder) },
	}
	generate, known := pages[format]
	if !known {
		return edge.UsageError(fmt.Sprintf("there is no format %q", format), "Say markdown or man.")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return outside(err)
	}
	if err := generate(); err != nil {
		return outside(err)
	}
	return nil
}

func outside(err error) error {
	return &model.Error{Kind: model.KindOutside, Msg: "The pages could not be written.",
		Hint: "Check that the folder can be written to and that the disk has room.", Err: err}
}
