package main

import (
	"context"
	"errors"
	"testing"

	"github.com/throughgate/throughgate/store"
)

// TestWhyTheStoreHasGoneIsTheLastWord has the screens see an erased store before
// the agent that erased it has come to its end.
func TestWhyTheStoreHasGoneIsTheLastWord(t *testing.T) {
	broken := errors.New("the screens broke")
	over, end := context.WithCancel(t.Context())
	end()
	for name, c := range map[string]struct {
		asked                context.Context
		agent, screens, want error
	}{
		"withdrawn":            {t.Context(), store.ErrErased, nil, store.ErrErased},
		"withdrawn and broken": {t.Context(), store.ErrErased, broken, store.ErrErased},
		"withdrawn at the end": {over, store.ErrErased, context.Canceled, store.ErrErased},
		"left":                 {t.Context(), nil, nil, nil},
		"broken":               {t.Context(), nil, broken, broken},
		"asked to end":         {over, nil, context.Canceled, nil},
	} {
		agent := make(chan error)
		go func() { agent <- c.agent }()
		if got := lastWord(c.asked, agent, c.screens); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
