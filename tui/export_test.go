package tui

// Shown is the screen on top, for benchmarks of what it does in commands.
func (a *App) Shown() Screen { return a.top() }
