package model

import "fmt"

// Hours are a part of the day, in minutes after midnight on the wall's clock in
// Europe/London: from the first up to, and without, the last. A last that is
// earlier than the first is on the next day. Zero is no hours at all.
type Hours struct{ From, To int }

// Has tells whether a moment is within the hours.
func (h Hours) Has(at Instant) bool {
	local := at.Time().In(London)
	now := local.Hour()*60 + local.Minute()
	if h.From <= h.To {
		return h.From <= now && now < h.To
	}
	return now >= h.From || now < h.To
}

// String is "07:00 to 19:00".
func (h Hours) String() string {
	return fmt.Sprintf("%02d:%02d to %02d:%02d", h.From/60, h.From%60, h.To/60, h.To%60)
}
