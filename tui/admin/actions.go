package admin

import (
	"cmp"
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// here is what can be done on the shown list, the most wanted first.
func (a *App) here() []action {
	switch a.tab {
	case tabStaff:
		return a.staffActions()
	case tabWorkstations:
		return a.workstationActions()
	}
	return a.prisonActions()
}

const noRow = "Nothing is selected."

// onRow is an action on the row under the cursor; why says what stands against
// it, "" when nothing does.
func onRow[R any](row *R, key, name, says string, why func(R) string, run func(R) tea.Cmd) action {
	act := action{key: key, name: name, says: says, run: func() tea.Cmd { return run(*row) }}
	switch {
	case row == nil:
		act.disabled = noRow
	case why != nil:
		act.disabled = why(*row)
	}
	return act
}

func (a *App) noPrison() string {
	if len(a.all.prisons) == 0 {
		return "There is no prison yet: add one first, on the list of prisons."
	}
	return ""
}

func (a *App) noOtherPrison() string {
	if len(a.all.prisons) < 2 {
		return "There is no other prison yet: add it first, on the list of prisons."
	}
	return ""
}

func (a *App) staffActions() []action {
	m := a.member()
	off := func(m Member) string {
		if m.Disabled {
			return "They are disabled. Let them in again first, with e."
		}
		return ""
	}
	return []action{
		{key: "a", name: "add", says: "Add a member of staff.", disabled: a.noPrison(), run: a.addStaff},
		onRow(m, "o", "role", "Change their role.", off, a.changeRole),
		onRow(m, "p", "passphrase", "Give them a new first passphrase: they forgot theirs.", off, a.reset),
		onRow(m, "k", "SSH key", "Register an SSH key of theirs.", off, a.addSSHKey),
		onRow(m, "K", "", "Take an SSH key of theirs away.", noKeys, a.readSSHKeys),
		onRow(m, "m", "move", "Move them to another prison.", func(m Member) string { return cmp.Or(off(m), a.noOtherPrison()) }, a.move),
		onRow(m, "d", "disable", "Take all their rights away, everywhere.", func(m Member) string { return yes(m.Disabled, "They are disabled already.") }, a.disable),
		onRow(m, "e", "let in again", "Let somebody who was disabled in again.", func(m Member) string { return yes(!m.Disabled, "They are not disabled.") }, a.enable),
	}
}

func noKeys(m Member) string { return yes(m.SSHKeys == 0, "They have no SSH key.") }

func yes(is bool, words string) string {
	if is {
		return words
	}
	return ""
}

func (a *App) workstationActions() []action {
	w := a.workstation()
	return []action{
		{key: "a", name: "enrol", says: "Draw a code that enrols one more workstation.", disabled: a.noPrison(), run: a.addCode},
		onRow(w, "w", "withdraw", "Withdraw the workstation: it is refused, and erases what it holds at its next contact.",
			func(w Workstation) string {
				return yes(!w.Active && !w.Stopped, "It is withdrawn already.")
			}, a.withdraw),
		onRow(w, "g", "let go on", "Let a workstation that was stopped go on.",
			func(w Workstation) string { return yes(!w.Stopped, "It is not stopped.") }, a.resume),
	}
}

func (a *App) prisonActions() []action {
	return []action{
		{key: "a", name: "add", says: "Add a prison.", run: a.addPrison},
		onRow(a.prison(), "n", "new keys", "Give the prison new keys for all three records.", nil, a.rotate),
	}
}

func (a *App) reset(m Member) tea.Cmd {
	return a.confirm("A new first passphrase for "+m.Name+"?",
		"Be sure who asks: whoever gets it signs in as them. The one they have opens nothing any more, and their open sessions end.", "RESET",
		func() tea.Cmd {
			return a.do("", func(ctx context.Context) (*Secret, error) { return told(a.service.ResetPassphrase(ctx, m.ID)) })
		})
}

func (a *App) disable(m Member) tea.Cmd {
	return a.confirm("Disable "+m.Name+"?",
		"The hub takes nothing more of theirs, and no workstation lets them in once the news has reached it. What they signed stays.", "DISABLE",
		func() tea.Cmd {
			return a.do("Disabled. Could they have kept a copy of a workstation's data? Then give "+string(m.Site)+" new keys: n, on the list of prisons.", func(ctx context.Context) (*Secret, error) { return nil, a.service.Disable(ctx, m.ID) })
		})
}

func (a *App) enable(m Member) tea.Cmd {
	return a.do("They may sign in again.", func(ctx context.Context) (*Secret, error) { return nil, a.service.Enable(ctx, m.ID) })
}

func (a *App) withdraw(w Workstation) tea.Cmd {
	return a.confirm("Withdraw workstation "+w.ID.String()[:shortID]+"?",
		"It erases what it holds at its next contact. What it has not sent yet is lost with it: if it is not stolen, let it send everything first.", "WITHDRAW",
		func() tea.Cmd {
			return a.do("Withdrawn.", func(ctx context.Context) (*Secret, error) { return nil, a.service.Withdraw(ctx, w.ID) })
		})
}

func (a *App) resume(w Workstation) tea.Cmd {
	return a.confirm("Let workstation "+w.ID.String()[:shortID]+" go on?",
		w.Detail+" The next copy of its data that comes in goes on; every other copy stays stopped. Switch the wrong one off first.", "GO ON",
		func() tea.Cmd {
			return a.do("It goes on at its next contact.", func(ctx context.Context) (*Secret, error) { return nil, a.service.Resume(ctx, w.ID) })
		})
}

func (a *App) rotate(p Prison) tea.Cmd {
	return a.confirm("New keys for "+p.Name+"?",
		"From now on everything new is sealed with them; what is there stays readable. Do it when a keyring or a workstation with somebody signed in was lost.", "NEW KEYS",
		func() tea.Cmd {
			return a.do("The prison has new keys. Back the hub up now: an older backup does not have them.", func(ctx context.Context) (*Secret, error) { return nil, a.service.RotateKeys(ctx, p.Code) })
		})
}
