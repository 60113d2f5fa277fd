package store

import "sync"

// watch wakes whoever shows or sends what the store holds.
type watch struct {
	mu     sync.Mutex
	wakers map[chan struct{}]bool
	closed bool
}

// Watch returns a channel that gets a token after each commit that changes what
// somebody could be looking at, and when the desk's standing changes. Its capacity is one: several commits in a row are one
// token, and nobody ever waits for a slow reader. It is closed by stop, or when
// the store is.
func (s *Store) Watch() (tokens <-chan struct{}, stop func()) {
	w := &s.watch
	waker := make(chan struct{}, 1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		close(waker)
		return waker, func() {}
	}
	if w.wakers == nil {
		w.wakers = make(map[chan struct{}]bool)
	}
	w.wakers[waker] = true
	return waker, func() { w.drop(waker) }
}

func (w *watch) drop(waker chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.wakers[waker] {
		delete(w.wakers, waker)
		close(waker)
	}
}

func (w *watch) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for waker := range w.wakers {
		select {
		case waker <- struct{}{}:
		default: // it has one already
		}
	}
}

func (w *watch) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for waker := range w.wakers {
		close(waker)
	}
	w.wakers = nil
}
