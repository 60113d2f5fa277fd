package auditlist

import (
	"math"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

// Flags are what of the audit is asked for.
type Flags struct {
	since, until, by, person, what, device string
	glass, csv, reads, writes              bool
	limit                                  int
}

// Add gives a command the flags.
func (a *Flags) Add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&a.since, "since", "", "from this day on, such as 2026-11-23, yesterday or -7d")
	flags.StringVar(&a.until, "until", "", "up to this day, with it")
	flags.StringVar(&a.by, "by", "", "by one member of staff, by staff id")
	flags.StringVar(&a.person, "person", "", "about one person, by their number")
	flags.StringVar(&a.what, "what", "", "one kind of entry only, such as record, export or sign-in-failed")
	flags.StringVar(&a.device, "device", "", "of one workstation, by its id")
	flags.BoolVar(&a.glass, "break-glass", false, "only looks behind broken glass")
	flags.BoolVar(&a.reads, "reads", false, "what was read, and who came and went; so it is without --writes")
	flags.BoolVar(&a.writes, "writes", false, "who changed what kind of thing, and no value; with --reads both")
	flags.IntVar(&a.limit, "limit", 0, "the newest so many entries only")
	flags.BoolVar(&a.csv, "csv", false, "print CSV for a spreadsheet")
	cmd.MarkFlagsMutuallyExclusive("what", "break-glass", "writes")
	_ = cmd.RegisterFlagCompletionFunc("what", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var all []string
		for _, what := range model.AccessWhats() {
			all = append(all, string(what))
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	})
}

// Reads tells whether the access log is asked for.
func (a *Flags) Reads() bool { return a.reads || !a.writes }

// Writes tells whether the log of changes is asked for.
func (a *Flags) Writes() bool { return a.writes }

// CSV tells whether the list is wanted for a spreadsheet.
func (a *Flags) CSV() bool { return a.csv }

// Person is the number that was given, "" when none was.
func (a *Flags) Person() string { return a.person }

// Most is how many entries are wanted.
func (a *Flags) Most() int {
	if a.limit > 0 {
		return a.limit
	}
	return math.MaxInt32
}

// Filter reads the flags but the person's, whose id the caller finds. Days are
// days in London, the first and the last included.
func (a *Flags) Filter(now time.Time, person func(number string) (model.PersonID, error)) (f model.AccessFilter, err error) {
	if a.limit < 0 {
		return f, edge.UsageError("--limit must not be below 0", "")
	}
	since, err := Day(a.since, now)
	if err != nil {
		return f, err
	}
	until, err := Day(a.until, now)
	if err != nil {
		return f, err
	}
	if !since.IsZero() && !until.IsZero() && until < since {
		return f, edge.UsageError("--until is before --since", "")
	}
	f.Within(since, until)
	if a.by != "" {
		if f.Staff, err = model.ParseStaffID(a.by); err != nil {
			return f, err
		}
	}
	if a.person != "" {
		if f.Person, err = person(a.person); err != nil {
			return f, err
		}
	}
	if a.device != "" {
		if err := f.Device.UnmarshalText([]byte(a.device)); err != nil {
			return f, model.Invalid("This is not a workstation's id.", "It has 32 digits and letters; throughgate status shows it.")
		}
	}
	if a.glass {
		a.what = string(model.AccessGlass)
	}
	if a.what != "" {
		f.What, err = model.ParseAccessWhat(a.what)
	}
	return f, err
}

// Day reads a day as a form does; one that can mean several is refused.
func Day(text string, now time.Time) (model.Day, error) {
	if text == "" {
		return 0, nil
	}
	readings, err := model.ReadDate(text, model.DayOf(now))
	if err != nil {
		return 0, err
	}
	if len(readings) != 1 {
		return 0, model.Invalid("This date can mean several days.", "Write it as 2026-11-23.")
	}
	if day, full := readings[0].Date.Day(); full {
		return day, nil
	}
	return 0, model.Invalid("This is not a whole date.", "Write it as 2026-11-23.")
}
