package main

import (
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
)

const numberHint = "Give a prison number such as A1234AA, or an NHS number of 10 digits."

// findPerson finds who goes by a prison number, one they had before a merge
// included, or by an NHS number.
func findPerson(rows []model.Row, typed string) (model.Row, error) {
	prison, notPrison := model.ParsePrisonNumber(typed)
	nhs, notNHS := model.ParseNHSNumber(typed)
	if notPrison != nil && notNHS != nil {
		if strings.ContainsAny(typed, "0123456789") && len(typed) >= 10 {
			return model.Row{}, notNHS
		}
		return model.Row{}, model.Invalid("This is neither a prison number nor an NHS number.", numberHint)
	}
	var found []model.Row
	for _, row := range rows {
		if notPrison == nil && (row.Prison == string(prison) || slices.Contains(row.Former, string(prison))) || notNHS == nil && row.NHS == string(nhs) {
			found = append(found, row)
		}
	}
	switch len(found) {
	case 0:
		return model.Row{}, model.NotFound("Nobody here goes by this number.", "Check the number, or import the custody list.")
	case 1:
		return found[0], nil
	}
	return model.Row{}, &model.Error{Kind: model.KindConflict, Msg: "Several people here go by this number.",
		Hint: "Look each of them up by prison number, and tell healthcare if it is an NHS number."}
}
