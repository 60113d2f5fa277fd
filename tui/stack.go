package tui

import tea "github.com/charmbracelet/bubbletea"

// top is the screen that is shown; the sign-in screen while nobody is in or
// the session is locked.
func (a *App) top() Screen {
	if a.env == nil || a.locked {
		return a.signIn
	}
	return a.stack[len(a.stack)-1]
}

// push shows a screen. One that is open further down is gone back to, with all
// that was typed there, rather than opened twice.
func (a *App) push(s Screen) tea.Cmd {
	a.hush()
	a.overlay = nil
	for i := range a.stack {
		if samePlace(a.stack[i], s) {
			a.cut(i + 1)
			return a.stack[i].Load()
		}
	}
	a.stack = append(a.stack, s)
	return s.Load()
}

// cut leaves every screen above the first n.
func (a *App) cut(n int) {
	for _, s := range a.stack[n:] {
		drop(s)
	}
	a.stack = a.stack[:n]
}

// cutHolders leaves what holds more than the session, and what was opened from
// there.
func (a *App) cutHolders() {
	for i, s := range a.stack {
		if _, holds := s.(Holder); holds {
			a.cut(i)
			return
		}
	}
}

// replace puts a screen in the place of the shown one, which is done. While the
// session is locked nobody is there for one that holds more than it.
func (a *App) replace(msg replaceMsg) tea.Cmd {
	if !a.isTop(msg.from) {
		drop(msg.screen)
		return nil
	}
	a.cut(len(a.stack) - 1)
	if _, holds := msg.screen.(Holder); holds && a.locked {
		drop(msg.screen)
		return nil
	}
	cmd := a.push(msg.screen)
	a.tell(msg.note)
	return cmd
}

// pop goes back to the screen before, which reads anew what it shows.
func (a *App) pop() tea.Cmd {
	if len(a.stack) > 1 {
		a.cut(len(a.stack) - 1)
	}
	a.overlay = nil
	return a.reload()
}

// closed ends the shown screen. One that was left before it was done closes
// nothing.
func (a *App) closed(msg closeMsg) tea.Cmd {
	if !a.isTop(msg.from) {
		return nil
	}
	cmd := a.pop()
	a.tell(msg.note)
	return cmd
}

// isTop tells whether a screen is the last that was opened. Nil stands for
// whichever is.
func (a *App) isTop(s Screen) bool {
	return len(a.stack) > 0 && (s == nil || a.stack[len(a.stack)-1] == s)
}

// reload asks the shown screen to read anew. Those below it do when they are
// shown again.
func (a *App) reload() tea.Cmd {
	if a.env == nil {
		return nil
	}
	return a.stack[len(a.stack)-1].Load()
}

type goHomeMsg struct{ everybody bool }

// goHome leaves every screen for the first one. Drafts keep what was typed.
func (a *App) goHome(everybody bool) tea.Cmd {
	first, ok := a.stack[0].(*board)
	if !ok {
		return nil
	}
	a.hush()
	a.overlay = nil
	a.cut(1)
	return tea.Batch(first.show(everybody), first.Load())
}
