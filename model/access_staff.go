package model

import "strings"

// StaffEvent says what was done about somebody's access, in an entry that the hub
// makes at each prison that it is about.
type StaffEvent string

// What may be done about somebody's access, and about a prison's keys. The words
// on the wire never change their meaning.
const (
	StaffAdded      StaffEvent = "added"
	StaffRole       StaffEvent = "role"
	StaffMovedHere  StaffEvent = "moved-here"
	StaffMovedAway  StaffEvent = "moved-away"
	StaffDisabled   StaffEvent = "disabled"
	StaffEnabled    StaffEvent = "enabled"
	StaffReset      StaffEvent = "reset"
	StaffSSHAdded   StaffEvent = "ssh-key-added"
	StaffSSHRemoved StaffEvent = "ssh-key-removed"
	StaffRotated    StaffEvent = "keys-replaced" // of the prison, and about nobody
)

var staffWords = map[StaffEvent]string{
	StaffAdded:      "added to the staff",
	StaffRole:       "given another role",
	StaffMovedHere:  "came from another prison",
	StaffMovedAway:  "moved to another prison",
	StaffDisabled:   "access taken away",
	StaffEnabled:    "access given back",
	StaffReset:      "given a new first passphrase",
	StaffSSHAdded:   "an SSH key was added",
	StaffSSHRemoved: "an SSH key was removed",
	StaffRotated:    "keys of the prison replaced",
}

// StaffEvents lists them.
func StaffEvents() []StaffEvent {
	return []StaffEvent{StaffAdded, StaffRole, StaffMovedHere, StaffMovedAway, StaffDisabled, StaffEnabled,
		StaffReset, StaffSSHAdded, StaffSSHRemoved, StaffRotated}
}

// words says what was done: to whom, by name or staff id, with the role that they
// have from then on; of the prison's keys, with those that were replaced.
func (e StaffEvent) words(whom string, as Role, parts []Compartment) string {
	words, known := staffWords[e]
	if !known {
		words = string(e)
	}
	if whom != "" {
		words = whom + ": " + words
	} else {
		words = strings.ToUpper(words[:min(1, len(words))]) + words[min(1, len(words)):]
	}
	if as != "" {
		words += ", " + as.Words()
	}
	if e == StaffRotated && len(parts) > 0 {
		var names []string
		for _, c := range parts {
			names = append(names, c.String())
		}
		words += ": " + strings.Join(names, ", ")
	}
	return words
}
