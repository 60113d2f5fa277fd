package settings

import (
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/backup"
)

// A field is one setting: its name in the file, where its value goes, and what
// that may be. Reading, the example file, the list that people are shown and the
// page in docs all come from this table.
type field struct {
	key     string
	at      func(*Settings) any // pointer to the value
	wrong   func(any) string    // why a value of the right kind will not do, "" when it will
	allowed string              // the same in a few words, for people
	words   string
}

const (
	themeNames = "dark, light, contrast or mono"
	maxIdle    = 60
	maxSSHIdle = 240
)

var fields = append([]field{
	{"theme", func(s *Settings) any { return &s.Theme }, aTheme, themeNames,
		"The colours of the screens. Where NO_COLOR is set the screens are mono."},
	{"plain", func(s *Settings) any { return &s.Plain }, anything, "true or false",
		"Numbered lines instead of screens, for screen readers and bad lines."},
	{"idle_minutes", func(s *Settings) any { return &s.IdleMinutes }, between(1, maxIdle), "1 to 60",
		"Minutes without a key until the screens lock."},
	{"ssh.listen", func(s *Settings) any { return &s.SSH.Listen }, anAddress, "host:port, such as \"0.0.0.0:7422\"",
		"Where the screens are served over SSH; empty serves nobody."},
	{"ssh.sessions", func(s *Settings) any { return &s.SSH.Sessions }, between(1, 500), "1 to 500",
		"Sessions over SSH that may be open at once."},
	{"ssh.sessions_per_person", func(s *Settings) any { return &s.SSH.SessionsPerPerson }, between(1, 20), "1 to 20",
		"Sessions over SSH that one person may have open at once."},
	{"ssh.idle_minutes", func(s *Settings) any { return &s.SSH.IdleMinutes }, between(1, maxSSHIdle), "1 to 240",
		"Minutes without a key until a session over SSH ends."},
	{"retention.days", func(s *Settings) any { return &s.Retention.Days }, between(7, 3650), "7 to 3650",
		"Days that a person's record stays here after they have left the prison."},
	{"backup.recipients", func(s *Settings) any { return &s.Backup.Recipients }, publicKeys, "a list of age public keys, \"age1...\"",
		"Who can open a backup, where the command does not say."},
	{"hours.from", func(s *Settings) any { return &s.Hours.From }, anything, "00:00 to 23:59",
		"When the working day begins. What happens outside it may be an alarm."},
	{"hours.to", func(s *Settings) any { return &s.Hours.To }, anything, "00:00 to 23:59",
		"When the working day ends; earlier than its beginning is on the next day."},
}, dueFields()...)

// dueFields are the due days of the release checklist, one for each of its lines.
func dueFields() []field {
	var all []field
	for i, facts := range model.Checklist() {
		all = append(all, field{
			key: "due." + string(facts.ID), at: func(s *Settings) any { return &s.Due[i] },
			wrong: between(model.TimelineEarliest, model.TimelineLatest), allowed: fmt.Sprintf("%d to %d", model.TimelineEarliest, model.TimelineLatest),
			words: facts.Name + ": days after the release when it is due; negative is before it.",
		})
	}
	return all
}

// fieldOf finds a setting by its name in the file.
func fieldOf(key string) (field, bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return field{}, false
	}
	return fields[i], true
}

// sections are the tables of the file, in its order.
func sections() []string {
	var all []string
	for _, f := range fields {
		if section, _, in := strings.Cut(f.key, "."); in && !slices.Contains(all, section) {
			all = append(all, section)
		}
	}
	return all
}

func anything(any) string { return "" }

func aTheme(v any) string {
	if slices.Contains([]string{"dark", "light", "contrast", "mono"}, v.(string)) {
		return ""
	}
	return fmt.Sprintf("may be %s, not %q", themeNames, v)
}

func between(least, most int) func(any) string {
	return func(v any) string {
		if n := v.(int); n < least || n > most {
			return fmt.Sprintf("must be from %d to %d, not %d", least, most, n)
		}
		return ""
	}
}

func anAddress(v any) string {
	text := v.(string)
	if text == "" {
		return ""
	}
	_, port, err := net.SplitHostPort(text)
	if n, numberErr := strconv.ParseUint(port, 10, 16); err != nil || numberErr != nil || n == 0 {
		return fmt.Sprintf("must be an address with a port, such as \"0.0.0.0:7422\", not %q", text)
	}
	return ""
}

func publicKeys(v any) string {
	if _, err := backup.ParseRecipients(v.([]string)); err != nil {
		return "cannot be used: " + err.Error()
	}
	return ""
}
