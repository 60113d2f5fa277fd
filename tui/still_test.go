package tui_test

import (
	"testing"
	"time"
)

// moving are the screens that are about time itself: a glass closes in so many
// minutes, a step of a rescue is overdue by so many, the hub answered just now.
var moving = map[string]bool{"glassPage": true, "rescue": true, "syncScreen": true}

// A screen that is left alone sends nothing down a line: neither the clock nor a
// sync that went well changes it.
func TestAScreenThatIsLeftAloneStaysAsItIs(t *testing.T) {
	for _, ways := range []map[string]way{screenWays, formWays} {
		for kind, w := range ways {
			t.Run(kind, func(t *testing.T) {
				w.scene.still = true
				plainly(t, w.scene, func(k *talk) {
					k.come(w)
					was := k.plain.View()
					k.desk.set(func() {}) // what is read here is read before the next minute
					for range 4 {
						time.Sleep(time.Minute) // of the bubble's clock
						k.desk.set(func() { k.desk.status.LastSync = k.desk.at(0) })
						k.settle()
					}
					if now := k.plain.View(); (now != was) != moving[kind] {
						t.Errorf("after four minutes it is\n%s\nit was\n%s", now, was)
					}
				})
			})
		}
	}
}

// How long the hub has been away is said by when that began.
func TestOfflineIsSaidWithoutAClock(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", still: true}, func(d *driver) {
		cutOff(d.desk)
		d.settle()
		d.sees("OFFLINE since 07:28", "last sync 07:28")
		was := d.view()
		d.pass(5 * time.Minute)
		if now := d.view(); now != was {
			t.Errorf("after five minutes it is\n%s\nit was\n%s", now, was)
		}
		d.pass(15 * time.Hour)
		d.signIn("a.khan")
		d.sees("OFFLINE since 23-Nov-2026 07:28")
	})
}
