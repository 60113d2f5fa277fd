package model

import (
	"fmt"
	"time"
)

// Instant is a moment, in milliseconds since 1970 UTC. Zero means "not set".
type Instant int64

// InstantOf returns the moment of t.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time returns the moment as a time in UTC.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// IsZero tells whether the moment is not set.
func (i Instant) IsZero() bool { return i == 0 }

// Before tells whether i is earlier than j.
func (i Instant) Before(j Instant) bool { return i < j }

// String returns "14-Aug-1980 09:30" in London.
func (i Instant) String() string {
	if i.IsZero() {
		return "Not recorded"
	}
	return i.Time().In(London).Format("02-Jan-2006 15:04")
}

// Clock returns "09:30" in London.
func (i Instant) Clock() string { return i.Time().In(London).Format("15:04") }

// Ago says how long before now the moment was, in words a person would use.
func (i Instant) Ago(now time.Time) string {
	d := now.Sub(i.Time())
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh %02dm", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}
