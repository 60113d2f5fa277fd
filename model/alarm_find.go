package model

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// byKey puts entries that belong together into one list each, in their order,
// and returns the lists in the order of their keys.
func byKey[K cmp.Ordered](entries []Access, key func(*Access) (K, bool)) [][]Access {
	groups := make(map[K][]Access)
	for i := range entries {
		if k, wanted := key(&entries[i]); wanted {
			groups[k] = append(groups[k], entries[i])
		}
	}
	out := make([][]Access, 0, len(groups))
	for _, k := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, groups[k])
	}
	return out
}

func byStaff(a *Access) (StaffID, bool) { return a.Staff, opened(a) && a.Staff != "" }

// span is an alarm over a run of entries of one person.
func span(kind AlarmKind, run []Access) Alarm {
	return Alarm{Kind: kind, Staff: run[0].Staff, From: run[0].At, To: run[len(run)-1].At, Many: len(run)}
}

// manyAlarms finds the stretches in which every entry lies in some window with
// too many people in it.
func manyAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	for _, all := range byKey(entries, byStaff) {
		first, start, end := 0, -1, -1
		within := make(map[PersonID]int)
		flush := func() {
			if start >= 0 {
				out = append(out, manyAlarm(all[start:end+1]))
			}
			start = -1
		}
		for i := range all {
			rules := AlarmRulesOf(DayOf(all[i].At.Time()))
			within[all[i].Person]++
			for all[i].At-all[first].At >= Instant(rules.ManyWithin.Milliseconds()) {
				if within[all[first].Person]--; within[all[first].Person] == 0 {
					delete(within, all[first].Person)
				}
				first++
			}
			if len(within) < rules.Many {
				continue
			}
			if start >= 0 && first > end {
				flush()
			}
			if start < 0 {
				start = first
			}
			end = i
		}
		flush()
	}
	return out
}

func manyAlarm(run []Access) Alarm {
	a := span(AlarmMany, run)
	a.Many = distinct(run)
	within := "a minute"
	if minutes := (a.To-a.From)/60_000 + 1; minutes > 1 {
		within = fmt.Sprintf("%d minutes", minutes)
	}
	a.Says = fmt.Sprintf("Opened the records of %s within %s.", peopleWords(a.Many), within)
	return a
}

func distinct(run []Access) int {
	seen := make(map[PersonID]bool)
	for i := range run {
		seen[run[i].Person] = true
	}
	return len(seen)
}

// volumeAlarms holds each day of a person against their other days.
func volumeAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	for _, all := range byKey(entries, byStaff) {
		days := byKey(all, func(a *Access) (Day, bool) { return DayOf(a.At.Time()), true })
		counts := make([]int, len(days))
		for i := range days {
			counts[i] = distinct(days[i])
		}
		for i, day := range days {
			rules := AlarmRulesOf(DayOf(day[0].At.Time()))
			usual, known := median(slices.Delete(slices.Clone(counts), i, i+1), rules.UsualDays)
			most := max(rules.VolumeFrom-1, usual*rules.UsualTimes)
			if !known {
				most = rules.VolumeNew - 1
			}
			if counts[i] <= most {
				continue
			}
			a := span(AlarmVolume, day)
			a.Many, a.Says = counts[i], fmt.Sprintf("Opened the records of %s in one day.", peopleWords(counts[i]))
			if known {
				a.Says = fmt.Sprintf("Opened the records of %s in one day; %d is usual for them.", peopleWords(counts[i]), usual)
			}
			out = append(out, a)
		}
	}
	return out
}

// median is known when there are enough values.
func median(values []int, enough int) (int, bool) {
	if len(values) < enough || len(values) == 0 {
		return 0, false
	}
	slices.Sort(values)
	return values[len(values)/2], true
}

// perDay is a key for one alarm a day.
func perDay(a *Access, also string) string {
	return fmt.Sprintf("%08d\x00%s\x00%s\x00%s", DayOf(a.At.Time()), a.Staff, a.Person, also)
}

// kinAlarms finds who looked at, or for, their own family name by their own
// choice.
func kinAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	own := func(a *Access) (string, bool) {
		return perDay(a, ""), a.Kin && a.Staff != "" && a.What != AccessAudit && !unchosen(a)
	}
	for _, run := range byKey(entries, own) {
		a := span(AlarmKin, run)
		a.Person = run[0].Person
		a.Says = "Searched for their own family name."
		if !a.Person.IsZero() {
			a.Says = "Opened the record of somebody who bears their own family name."
		}
		out = append(out, a)
	}
	return out
}

func glassAlarms(entries []Access, facts AlarmFacts) []Alarm {
	var out []Alarm
	late := func(a *Access) (string, bool) {
		return perDay(a, a.Reason), a.What == AccessGlass && !inHours(facts.hours(a.At), a.At)
	}
	for _, run := range byKey(entries, late) {
		a := span(AlarmGlassHours, run)
		a.Person = run[0].Person
		a.Says = fmt.Sprintf("Broke the glass outside %s of a working day. %s.", facts.hours(a.From), GlassReason(run[0].Reason).Words())
		out = append(out, a)
	}
	return out
}

// reviewAlarms says whose record was opened in need and not looked at since,
// however long ago that was.
func reviewAlarms(_ []Access, facts AlarmFacts) []Alarm {
	var out []Alarm
	for i := range facts.Rows {
		row := &facts.Rows[i]
		if row.Glass == 0 {
			continue
		}
		a := Alarm{Kind: AlarmReview, Staff: row.GlassBy, Person: row.ID, From: row.GlassFrom, To: row.GlassTo, Many: row.Glass}
		a.Says = fmt.Sprintf("The glass was broken %d times for this person and nobody has reviewed it.", row.Glass)
		if row.Glass == 1 {
			a.Says = "The glass was broken for this person and nobody has reviewed it."
		}
		out = append(out, a)
	}
	return out
}

// passphraseAlarms counts per staff id; what is nobody's staff id is counted per
// workstation.
func passphraseAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	key := func(a *Access) (string, bool) {
		k := string(a.Staff)
		if k == "" {
			k = "\x00" + a.Device.String()
		}
		return k, a.What == AccessSignInFailed && a.Reason == ""
	}
	for _, all := range byKey(entries, key) {
		for len(all) > 0 {
			rules := AlarmRulesOf(DayOf(all[0].At.Time()))
			n := 1
			for n < len(all) && all[n].At-all[n-1].At < Instant(rules.WrongWithin.Milliseconds()) {
				n++
			}
			if n >= rules.Wrong && densest(all[:n], Instant(rules.WrongWithin.Milliseconds())) >= rules.Wrong {
				out = append(out, passphraseAlarm(all[:n]))
			}
			all = all[n:]
		}
	}
	return out
}

// densest is how many entries of a run lie in one window at most.
func densest(run []Access, within Instant) int {
	most, first := 0, 0
	for i := range run {
		for run[i].At-run[first].At >= within {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

func passphraseAlarm(run []Access) Alarm {
	a := span(AlarmPassphrase, run)
	a.Says = fmt.Sprintf("%d wrong passphrases for this staff id.", a.Many)
	if a.Staff == "" {
		a.Device = run[0].Device
		a.Says = fmt.Sprintf("%d attempts to sign in with staff ids that are nobody's.", a.Many)
	}
	return a
}

func disabledAlarms(entries []Access, facts AlarmFacts) []Alarm {
	var out []Alarm
	tries := func(a *Access) (string, bool) {
		if facts.Roster == nil || a.What != AccessSignInFailed || a.Staff == "" {
			return "", false
		}
		staff, known := facts.Roster(a.Staff)
		return perDay(a, ""), known && staff.Disabled
	}
	for _, run := range byKey(entries, tries) {
		a := span(AlarmDisabled, run)
		a.Says = fmt.Sprintf("%d attempts to sign in by somebody who is disabled.", a.Many)
		if a.Many == 1 {
			a.Says = "An attempt to sign in by somebody who is disabled."
		}
		out = append(out, a)
	}
	return out
}

func gapAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	for i := range entries {
		if e := &entries[i]; e.What == AccessGap {
			out = append(out, Alarm{Kind: AlarmGap, Device: e.Of, From: e.At, To: e.At, Many: int(min(e.Many, 1<<31)), Says: e.Words() + "."})
		}
	}
	slices.SortStableFunc(out, func(a, b Alarm) int { return bytes.Compare(a.Device[:], b.Device[:]) })
	return out
}

// stopAlarms says which workstations were stopped, whether one was let go on
// since or not.
func stopAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	for i := range entries {
		if e := &entries[i]; e.What == AccessDevice && DeviceEvent(e.Reason).IsStop() {
			out = append(out, Alarm{Kind: AlarmStopped, Device: e.Of, From: e.At, To: e.At, Many: 1, Says: e.Words() + "."})
		}
	}
	return out
}

// refusedAlarms makes one of all that a workstation was refused for one reason in
// one name on one day.
func refusedAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	suspect := func(a *Access) (string, bool) {
		return perDay(a, a.Reason+a.Of.String()), a.What == AccessRefused
	}
	for _, run := range byKey(entries, suspect) {
		a, total := span(AlarmRefused, run), run[0]
		for _, more := range run[1:] {
			total.Many += more.Many
		}
		a.Device, a.Many, a.Says, a.Claimed = total.Of, int(min(total.Many, 1<<31)), total.Words()+".", total.Claimed()
		out = append(out, a)
	}
	return out
}
