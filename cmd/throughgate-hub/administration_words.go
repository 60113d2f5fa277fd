package main

import (
	"errors"

	"github.com/throughgate/throughgate/model"
)

// screenHints are the hub's hints that name a command, in the words of the
// screens: who has a list before them is not sent to type.
var screenHints = map[string]string{
	"See: throughgate-hub site list.":                                  "It is on the list of prisons.",
	"Make it with: throughgate-hub site add CODE --name NAME.":         "Add it with a, on the list of prisons.",
	"See: throughgate-hub device list.":                                "Read the list of workstations anew with r.",
	"See: throughgate-hub staff list.":                                 "Read the list of staff anew with r, and look at their line.",
	"See: throughgate-hub staff ssh-key list.":                         "See theirs with K, on the list of staff.",
	"Remove one that is not used: throughgate-hub staff ssh-key list.": "Take one away that is not used: K, on the list of staff.",
}

// onScreen is an error as the screens say it.
func onScreen(err error) error {
	var said *model.Error
	if !errors.As(err, &said) {
		return err
	}
	hint, known := screenHints[said.Hint]
	if !known {
		return err
	}
	again := *said
	again.Hint = hint
	return &again
}
