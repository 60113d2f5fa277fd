package tui

import (
	"cmp"
	"slices"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The names of the forms of the page of alerts and notes.
const (
	alertForm       = "alert"
	alertEndForm    = "alert-end"
	custodyNoteForm = "custody-note"
	cellForm        = "cell"
)

// custodyForm makes such a form of its name; nil when there is none, or the role
// may not use it any more.
func custodyForm(e *env, r *model.Record, name string) Screen {
	allowed := func(c model.Change) bool { return e.allow(r, c) == "" }
	switch {
	case name == alertForm && allowed(&model.AlertSet{}):
		return newAlertForm(e, r)
	case name == alertEndForm && allowed(&model.AlertSet{}) && len(activeAlerts(r)) > 0:
		return newAlertEndForm(e, r)
	case name == custodyNoteForm && allowed(&model.CustodyNoted{}):
		return newCustodyNoteForm(e, r)
	case name == cellForm && allowed(&model.LocationSet{}):
		return newCellForm(e, r)
	}
	return nil
}

// mirrored is said where an alert is begun or ended: prison IT keeps them.
const mirrored = "Record it in prison IT too: this is a copy, and the next list that comes from there ends here what it does not have, and begins again what it has."

// newAlertForm begins an alert.
func newAlertForm(e *env, r *model.Record) Screen {
	return newForm(e, r, formSpec{
		title: "Add an alert", name: alertForm, button: "Add the alert", done: "The alert is recorded.", compact: true,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: mirrored},
			{Key: "code", Kind: part.PickerField, Label: "Alert", Find: findOption(alertOptions(r)), Rows: 7, Required: "Choose the alert", Hint: "Words of it or its code: not for release, XNR."},
			{Key: "reach", Kind: part.InfoField, Strong: true, Say: func(v part.Values) string { return alertReach(v["code"]) }},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.AlertSet{Code: v["code"], Active: true}}, nil
		},
	})
}

// alertOptions are the alerts that are given now: first what holds somebody, then
// what everybody must know. One that is active is not given twice.
func alertOptions(r *model.Record) []part.Option {
	active := make(map[string]bool)
	for _, code := range activeAlerts(r) {
		active[code] = true
	}
	all := model.AlertCodes()
	slices.SortStableFunc(all, func(a, b model.AlertCode) int { return cmp.Compare(alertRank(a.Code), alertRank(b.Code)) })
	out := make([]part.Option, 0, len(all))
	for _, a := range all {
		o := part.Option{Value: a.Code, Label: a.Words, Hint: a.Code + ", " + model.AlertTypeWords(a.Type)}
		if active[a.Code] {
			o.Disabled = "it is active already"
		}
		out = append(out, o)
	}
	return out
}

func alertRank(code string) int {
	switch {
	case model.AlertStopsRelease(code):
		return 0
	case model.AlertIsShared(code):
		return 1
	}
	return 2
}

// alertReach says who reads an alert, and what it does.
func alertReach(code string) string {
	if code == "" {
		return ""
	}
	words := "Custody roles alone can read it."
	if model.AlertIsShared(code) {
		words = "Every role here can read it."
	}
	if model.AlertStopsRelease(code) {
		words += " HELD: nobody is released while it stands."
	}
	if !model.AlertMayReachPerson(code) {
		words += " It must never be shown to the person."
	}
	return words
}

// activeAlerts are the codes of the alerts that stand, as far as the record can
// be read.
func activeAlerts(r *model.Record) []string {
	codes := sortedAlerts(r.Shared.Alerts)
	if r.Custody != nil {
		codes = append(codes, sortedAlerts(r.Custody.Alerts)...)
	}
	return codes
}

// newAlertEndForm ends one.
func newAlertEndForm(e *env, r *model.Record) Screen {
	which := part.Field{Key: "code", Kind: part.ChoiceField, Label: "Which alert?", Required: "Choose the alert that has ended"}
	for _, code := range activeAlerts(r) {
		which.Options = append(which.Options, part.Option{Value: code, Label: model.AlertWords(code), Hint: code})
	}
	return newForm(e, r, formSpec{
		title: "End an alert", name: alertEndForm, button: "End the alert", done: "The alert has ended.", compact: true,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: mirrored},
			which,
			{Key: "hold", Kind: part.InfoField, Strong: true, Say: func(v part.Values) string {
				if model.AlertStopsRelease(v["code"]) {
					return "It holds the person. Once it has ended, it keeps nobody from releasing them."
				}
				return ""
			}},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.AlertSet{Code: v["code"]}}, nil
		},
	})
}

// newCustodyNoteForm adds a note that custody alone reads.
func newCustodyNoteForm(e *env, r *model.Record) Screen {
	return newForm(e, r, formSpec{
		title: "Custody note", name: custodyNoteForm, button: "Add the note", done: "The note is kept, for custody alone.",
		fields: []part.Field{
			{Key: "text", Kind: part.LongField, Label: "Note", Max: 4000, Required: "Enter the note", Hint: "Custody roles alone read it, and whoever breaks the glass. It cannot be changed or taken back. What others must do is an instruction."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.CustodyNoted{Text: v["text"]}}, nil
		},
	})
}

// newCellForm says where in the prison the person lives now.
func newCellForm(e *env, r *model.Record) Screen {
	return newForm(e, r, formSpec{
		title: "Location", name: cellForm, button: "Keep", done: "The location is recorded.", compact: true,
		start: map[string]string{"cell": r.Shared.Stay.Cell},
		fields: []part.Field{
			{Key: "cell", Label: "Location", Max: 40, Required: "Enter the location", Hint: "As prison IT writes it: A-2-014, or RECP in reception."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.LocationSet{Cell: v["cell"]}}, nil
		},
	})
}
