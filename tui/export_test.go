package tui

// Shown is the screen on top, for benchmarks of what it does in commands.
func (a *App) Shown() Screen { return a.top() }

// Waits tells whether what a screen shows is on its way, for benchmarks.
func (a *asker) Waits() bool { return a.loading }

// LatelyAt is a time of today or of a day before it, as somebody types it.
var LatelyAt = latelyAt
