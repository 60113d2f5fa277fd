package model

import "time"

// Alert is one alert on the person, mirrored from prison IT.
type Alert struct {
	Code   string `json:"code"`
	Active bool   `json:"active"`
	At     Stamp  `json:"at"`
}

// AlertSet mirrors one alert. Alerts both sides must know are shared; security
// alerts, and those not to be shared with the person, are custody's.
type AlertSet struct {
	Code   string `json:"code"`
	Active bool   `json:"active"`
}

// Kind implements Change.
func (*AlertSet) Kind() string { return "alert.set" }

// Slot implements Change.
func (c *AlertSet) Slot() string { return "alert/" + c.Code }

// Compartment implements Change.
func (c *AlertSet) Compartment() Compartment {
	if AlertIsShared(c.Code) {
		return Shared
	}
	return Custody
}

// Check implements Change.
func (c *AlertSet) Check(*Record, time.Time) error {
	if c.Code == "" {
		return Invalid("The alert has no code.", "")
	}
	return checkLine("The alert code", c.Code, 12)
}

// Apply implements Change.
func (c *AlertSet) Apply(r *Record, op *Op) {
	alerts := &r.Shared.Alerts
	if c.Compartment() == Custody {
		alerts = &r.Custody.Alerts
	}
	if *alerts == nil {
		*alerts = make(map[string]Alert)
	}
	(*alerts)[c.Code] = Alert{Code: c.Code, Active: c.Active, At: op.Stamp}
}

// String implements Change.
func (c *AlertSet) String() string {
	if c.Active {
		return "Alert: " + AlertWords(c.Code)
	}
	return "Alert ended: " + AlertWords(c.Code)
}
