package tui

import (
	"slices"

	"github.com/throughgate/throughgate/model"
)

// sortedAlerts lists the codes of the alerts that are active.
func sortedAlerts(alerts map[string]model.Alert) []string {
	var codes []string
	for code, a := range alerts {
		if a.Active {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}
