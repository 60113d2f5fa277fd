package settings

import (
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// Settings are what a workstation does, after the user's file, the site's file
// and flags. Every value is in range.
type Settings struct {
	Theme       string // dark, light, contrast or mono
	Plain       bool   // line mode instead of screens
	IdleMinutes int    // without a key until the screens lock
	SSH         SSH
	Retention   Retention
	Backup      Backup
	Hours       Hours
	Due         Due

	from map[string]Source // by key; what is not in it is the default
	mine map[string]any    // what the user's file says of locked settings
}

// SSH is how throughgate serves the screens over SSH.
type SSH struct {
	Listen            string // host:port; "" serves nobody
	Sessions          int    // open at once in all
	SessionsPerPerson int    // open at once of one person
	IdleMinutes       int    // without a key until the connection ends
}

// Retention is how long a workstation holds what it no longer needs.
type Retention struct {
	Days int // after somebody has left the prison
}

// Backup is how backups are made.
type Backup struct {
	Recipients []string // age public keys that can open a backup
}

// Due is the day of each line of the release checklist, in its order: days after
// the release, negative before it.
type Due [28]int

// Timeline is the days as the checklist takes them: those that are not its own.
func (d Due) Timeline() model.Timeline {
	t := make(model.Timeline)
	for i, facts := range model.Checklist() {
		if d[i] != facts.Due {
			t[facts.ID] = d[i]
		}
	}
	return t
}

func standardDue() (d Due) {
	for i, facts := range model.Checklist() {
		d[i] = facts.Due
	}
	return d
}

// Hours are the working day, outside of which some things are worth a manager's
// look. From after To is a day that goes over midnight.
type Hours struct{ From, To TimeOfDay }

// Day is the working day as alarms take it.
func (h Hours) Day() model.Hours { return model.Hours{From: int(h.From), To: int(h.To)} }

// TimeOfDay is minutes after midnight on the clock of the wall.
type TimeOfDay int

// String is the time as it is written: "07:30".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", int(t)/60, int(t)%60) }

// MarshalText writes the time as String does.
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Default is what a workstation does that was told nothing.
func Default() Settings {
	return Settings{
		Theme:       "dark",
		IdleMinutes: 10,
		SSH:         SSH{Sessions: 50, SessionsPerPerson: 3, IdleMinutes: 30},
		Retention:   Retention{Days: model.RetentionDays},
		Backup:      Backup{Recipients: []string{}},
		Hours:       Hours{From: 7 * 60, To: 19 * 60}, // as model.AlarmRules
		Due:         standardDue(),
	}
}

// Source is where a value comes from.
type Source string

// The sources, each stronger than the one before.
const (
	FromDefault Source = "default"
	FromUser    Source = "user"
	FromFlag    Source = "flag"
	FromSite    Source = "site"
)

// Source returns where the value of a setting comes from.
func (s *Settings) Source(key string) Source {
	if from, known := s.from[key]; known {
		return from
	}
	return FromDefault
}

// Locked tells whether the site's file has decided a setting.
func (s *Settings) Locked(key string) bool { return s.Source(key) == FromSite }

// Value is one setting as a person is shown it.
type Value struct {
	Key     string `json:"key"` // as in the file: "ssh.listen"
	Value   any    `json:"value"`
	Default any    `json:"default"`
	Source  Source `json:"source"`
	Locked  bool   `json:"locked"`
	// Unused is what the user's own file says of a locked setting.
	Unused any    `json:"unused,omitempty"`
	Words  string `json:"words"` // what it does
	Range  string `json:"range"` // what it may be
}

// Values lists every setting, in the order of the file.
func (s *Settings) Values() []Value {
	standard := Default()
	all := make([]Value, 0, len(fields))
	for _, f := range fields {
		all = append(all, Value{
			Key: f.key, Value: valueAt(f.at(s)), Default: valueAt(f.at(&standard)), Source: s.Source(f.key),
			Locked: s.Locked(f.key), Unused: s.mine[f.key], Words: f.words, Range: f.allowed,
		})
	}
	return all
}
