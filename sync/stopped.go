package sync

import (
	"errors"

	"github.com/throughgate/throughgate/model"
)

// A hub that has stopped a device until a person decides is asked by pulling
// only, and nothing is pushed until a pull is answered. The desk keeps why, so
// that it is said also when the hub cannot be reached.

// present shows the hub the desk as it stands now.
func (a *Agent) present() error {
	passport, err := a.Desk.Passport()
	if err != nil {
		return atDesk("passport", err)
	}
	a.Hub.Present(passport)
	return nil
}

// keepTurn keeps the hub's new token before anything shows it.
func (a *Agent) keepTurn(feed *Feed) error {
	if feed.Turn == "" {
		return nil
	}
	if err := a.Desk.KeepTurn(feed.Turn, feed.Incarnation); err != nil {
		return atDesk("keep turn", err)
	}
	return a.present()
}

// letIn takes note that a pull was answered: the device is not stopped.
func (a *Agent) letIn() {
	a.standing.mu.Lock()
	defer a.standing.mu.Unlock()
	if a.standing.state.Stopped != "" {
		a.standing.state.Stopped = ""
		a.push.nudge()
	}
}

// mayPush is the error of a device that is stopped.
func (a *Agent) mayPush() error {
	a.standing.mu.Lock()
	defer a.standing.mu.Unlock()
	if a.standing.state.Stopped == "" {
		return nil
	}
	return &model.Error{Kind: model.KindForbidden, Msg: a.standing.state.Stopped, Err: ErrStopped}
}

// noteStop keeps why the device was stopped. The caller holds standing.mu.
func (a *Agent) noteStop(err error) {
	if errors.Is(err, ErrStopped) {
		a.standing.state.Stopped = words(err)
	}
}
