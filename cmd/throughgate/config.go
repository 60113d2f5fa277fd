package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
)

func configCommand(d *data) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "What this workstation was told to do differently",
		Long: "What this workstation was told to do differently: throughgate.toml in the data folder, and over it the site's own file " +
			"(/etc/throughgate/site.toml, or site.toml in %ProgramData%\\Throughgate), whose values win and are marked as locked by the site.",
	}
	cmd.AddCommand(configCheckCommand(d), configInitCommand(d), configShowCommand(d))
	return cmd
}

func configCheckCommand(d *data) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:   "check [FILE]",
		Short: "Look for mistakes in the settings, all at once",
		Long: "Look for mistakes in the settings, all at once, each with its line. Without FILE it looks at what this workstation uses; " +
			"with FILE at that file alone, such as a site's before it is given out. Throughgate does not open its screens with settings that are wrong.",
		Example: "  throughgate config check\n  throughgate config check site.toml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			files, err := d.files()
			if err != nil {
				return err
			}
			if len(args) == 1 {
				file, err := openInput(args[0])
				if err != nil {
					return err
				}
				file.Close()
				files = settings.Files{User: args[0]}
			}
			s, problems, err := files.Check()
			if err != nil {
				return err
			}
			return out.checked(cmd, &s, problems)
		},
	}
	out.flags(cmd)
	return cmd
}

// checkedConfig is what config check found. Its JSON is part of the command
// line's contract.
type checkedConfig struct {
	Good     bool              `json:"good"`
	Problems settings.Problems `json:"problems"`
	Unused   []string          `json:"unused"` // the user's, which the site has decided
}

func (o *output) checked(cmd *cobra.Command, s *settings.Settings, problems settings.Problems) error {
	found := checkedConfig{Good: len(problems) == 0, Problems: append(settings.Problems{}, problems...), Unused: []string{}}
	for _, v := range s.Values() {
		if v.Unused != nil {
			found.Unused = append(found.Unused, v.Key)
		}
	}
	if err := o.print(cmd, found, found.lines); err != nil || found.Good {
		return err
	}
	msg := fmt.Sprintf("%d settings are wrong.", len(problems))
	if len(problems) == 1 {
		msg = "One setting is wrong."
	}
	return model.Invalid(msg, "Nothing was changed.")
}

func (c checkedConfig) lines(w io.Writer) {
	c.Problems.Print(w)
	if c.Good {
		line(w, "The settings are good.")
	}
	for _, key := range c.Unused {
		line(w, "%s is locked by the site; what %s says of it is not used.", key, settings.Name)
	}
}

func configInitCommand(d *data) *cobra.Command {
	return &cobra.Command{
		Use:     "init",
		Short:   "Write a settings file to begin with",
		Long:    "Write a settings file to begin with into the data folder: every setting with what it does, each behind a comment mark, so that it changes nothing yet. A file that is there already is left alone.",
		Example: "  throughgate config init",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := d.files()
			if err != nil {
				return err
			}
			if err := settings.Init(files.User); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Wrote %s.\n", plain(files.User))
			return nil
		},
	}
}

func configShowCommand(d *data) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:     "show",
		Short:   "List every setting, its value and where that comes from",
		Example: "  throughgate config show --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files, err := d.files()
			if err != nil {
				return err
			}
			s, err := files.Load()
			if err != nil {
				return err
			}
			shown := shownConfig{User: files.User, Site: files.Site, Settings: s.Values()}
			return out.print(cmd, shown, shown.lines)
		},
	}
	out.flags(cmd)
	return cmd
}

// shownConfig is every setting. Its JSON is part of the command line's contract.
type shownConfig struct {
	User     string           `json:"userFile"`
	Site     string           `json:"siteFile"`
	Settings []settings.Value `json:"settings"`
}

var sourceWords = map[settings.Source]string{
	settings.FromDefault: "as it is by itself",
	settings.FromUser:    settings.Name,
	settings.FromSite:    "locked by the site",
}

func (c shownConfig) lines(w io.Writer) {
	for _, v := range c.Settings {
		from := sourceWords[v.Source]
		if v.Unused != nil {
			from += fmt.Sprintf("; %s in %s is not used", settingWords(v.Unused), settings.Name)
		}
		line(w, "%s\t%s\t%s", v.Key, settingWords(v.Value), from)
	}
	line(w, "\nYours\t%s", plain(c.User))
	line(w, "The site's\t%s", plain(filepath.Clean(c.Site)))
}

func settingWords(value any) string {
	switch v := value.(type) {
	case []string:
		if len(v) > 0 {
			return plain(strings.Join(v, " "))
		}
	case string:
		if v != "" {
			return plain(v)
		}
	default:
		return fmt.Sprint(v)
	}
	return "-"
}
