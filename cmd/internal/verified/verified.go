// Package verified prints what the verification of a log found, the same in both
// programs, and reads the signed heads that are carried from one to the other. It
// refuses to judge: the store and the hub do.
package verified

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// Lines prints a report for people: how far each feed was verified, what was
// looked at, and each finding with what to do.
func Lines(r *model.AuditReport) func(io.Writer) {
	return func(w io.Writer) {
		line(w, "SITE\tENTRIES\tSIGNED BY THE HUB\tROOT")
		for _, f := range r.Feeds {
			line(w, "%s\t%d\t%d\t%s", f.Site, f.Size, f.Proven, f.Root)
		}
		counts(w, &r.Checked)
		if r.PutBack != nil {
			line(w, "\n%s", r.PutBack)
		}
		for i := range r.Evidence {
			line(w, "\nEvidence: %s", &r.Evidence[i])
		}
		for i, f := range r.Findings {
			line(w, "\n%d. %s%s", i+1, f.Says, where(&f))
			line(w, "   %s", f.Do)
		}
		if r.More > 0 {
			line(w, "\nand %d more.", r.More)
		}
		if len(r.Findings) == 0 {
			line(w, "\nNothing is missing, and nothing was altered.")
		}
	}
}

func counts(w io.Writer, c *model.AuditCounts) {
	line(w, "\nLooked at: %d places, %d signatures, %d chains of workstations, %d signed heads, %d entries of access logs.",
		c.Places, c.Ops, c.Chains, c.Heads, c.Access)
	for _, more := range []struct {
		n     int
		words string
	}{
		{c.Shown, "%d parts of people's records are as their entries say."},
		{c.Closed, "%d entries only another role can open; their bytes were compared."},
		{c.Refused, "%d entries were refused by the hub, with the reason."},
		{c.Removed, "%d entries were taken out by the retention rule."},
		{c.Unconfirmed, "%d entries of this workstation are at the hub and not yet in its list."},
		{c.OnlyHere, "%d entries are kept here that the hub lost when it was put back."},
	} {
		if more.n > 0 {
			line(w, more.words, more.n)
		}
	}
}

// where says which entry a finding is about.
func where(f *model.Finding) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if f.Site != "" {
		add("site %s", f.Site)
	}
	switch {
	case f.Upto > f.Place:
		add("places %d to %d", f.Place, f.Upto)
	case f.Place > 0:
		add("place %d", f.Place)
	}
	if f.After > 0 {
		add("see place %d", f.After)
	}
	if f.Device != nil {
		add("workstation %s", f.Device)
	}
	if f.Incarnation > 0 {
		add("incarnation %d", f.Incarnation)
	}
	if f.Seq > 0 {
		add("number %d", f.Seq)
	}
	if f.Stamp != nil {
		add("of %s (%s)", model.InstantOf(f.Stamp.Time()), f.Stamp)
	}
	if len(parts) == 0 {
		return ""
	}
	return " [" + strings.Join(parts, ", ") + "]"
}

func line(w io.Writer, format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// maxHeads bounds a file of heads, in bytes: some thousand.
const maxHeads = 1 << 20

// Heads reads a file of signed heads, as throughgate audit head prints them, one
// after another.
func Heads(path string) ([][]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &model.Error{Kind: model.KindNotFound, Msg: "The file of heads could not be opened.", Hint: "Check its name and folder.", Err: err}
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxHeads+1))
	if err != nil {
		return nil, &model.Error{Kind: model.KindOutside, Msg: "The file of heads could not be read.", Err: err}
	}
	heads := split(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
	if len(heads) == 0 || len(text) > maxHeads {
		return nil, model.Invalid("This is not a file of heads.", "Write it at a desk with: throughgate audit head > FILE.")
	}
	return heads, nil
}

// split divides heads, each of which begins with a line "throughgate/SITE".
func split(text []byte) [][]byte {
	var heads [][]byte
	for _, one := range bytes.SplitAfter(text, []byte("\n")) {
		if bytes.HasPrefix(one, []byte("throughgate/")) {
			heads = append(heads, nil)
		}
		if len(heads) > 0 {
			heads[len(heads)-1] = append(heads[len(heads)-1], one...)
		}
	}
	for i := range heads {
		heads[i] = append(bytes.TrimRight(heads[i], "\n"), '\n')
	}
	return heads
}
