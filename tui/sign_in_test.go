package tui_test

import (
	"context"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

// slowGate takes its time over a sign-in, as stretching a passphrase does.
type slowGate struct {
	*desk
	asked, open chan struct{}
	session     tui.Session
}

func (g *slowGate) SignIn(ctx context.Context, staff model.StaffID, passphrase string) (tui.Session, error) {
	close(g.asked)
	<-g.open
	s, err := g.desk.SignIn(ctx, staff, passphrase)
	g.session = s
	return s, err
}

// runAll runs a command to its end, with those that it brings.
func runAll(all *sync.WaitGroup, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	all.Go(func() {
		if batch, ok := cmd().(tea.BatchMsg); ok {
			for _, each := range batch {
				runAll(all, each)
			}
		}
	})
}

// TestASessionThatNobodyTakesIsClosed cuts the line while keys are being opened,
// and just after: they must not stay in memory.
func TestASessionThatNobodyTakesIsClosed(t *testing.T) {
	for _, after := range []bool{false, true} {
		d := newDesk(func() (now time.Time) { return deskNow })
		g := &slowGate{desk: d, asked: make(chan struct{}), open: make(chan struct{})}
		app := tui.New(g, tui.Options{Theme: part.ThemeFor(part.Mono, "xterm", ""), Now: d.now, Staff: "a.khan"})
		var all sync.WaitGroup
		for _, r := range "open a.khan" {
			_, cmd := app.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
			runAll(&all, cmd)
		}
		_, cmd := app.Update(tea.KeyMsg{Type: tea.KeyEnter})
		runAll(&all, cmd)
		<-g.asked
		if !after {
			app.Close()
		}
		close(g.open)
		all.Wait()
		if after {
			app.Close()
		}
		if s, ok := g.session.(*session); !ok || !s.over {
			t.Errorf("cut after the keys were opened %t: the session is open", after)
		}
	}
}
