package tui

// KeyWords is a key as help names it.
func KeyWords(key string) string { return keyWords(key) }

// ActionsHere are the actions of the shown screen, and those of every screen.
func (a *App) ActionsHere() (here, everywhere []Action) {
	return a.top().Actions(), a.everywhereActions()
}
