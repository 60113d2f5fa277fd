package part

import (
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// DraftFocus is the key in a draft under which the focused field stands. No field may be called so.
const DraftFocus = "@focus"

// Draft is everything typed so far, finished or not, and the place of the focus, in a form that
// can be stored and given to Restore. Secrets are left out. Answers of fields that are not shown
// now are kept.
func (f *Form) Draft() map[string]string {
	draft := map[string]string{}
	for _, q := range f.asked {
		if q.control == nil {
			continue
		}
		if text := q.control.draft(); text != "" {
			draft[q.Key] = text
		}
	}
	if key := f.Focused(); key != "" {
		draft[DraftFocus] = key
	}
	return draft
}

// Restore takes a draft back. Fields the form does not have any more are passed over. The command
// searches again for what had been typed into pickers.
func (f *Form) Restore(draft map[string]string) tea.Cmd {
	var cmds []tea.Cmd
	for _, q := range f.asked {
		if text, kept := draft[q.Key]; kept && q.control != nil {
			cmds = append(cmds, q.control.restore(text))
		}
	}
	f.show()
	f.Focus(draft[DraftFocus])
	return tea.Batch(cmds...)
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
