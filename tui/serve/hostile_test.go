package serve_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

func TestHostileWindowSizesCostNothing(t *testing.T) {
	s := newServer(t, nil)
	for _, c := range []struct {
		columns, rows int
		says          string
	}{
		{0, 0, "You sign in as a.khan"}, {1, 1, ""}, {79, 24, "Window too small: 79x24"},
		{65535, 65535, ""}, {1 << 31, 1 << 31, ""}, {80, 0, "You sign in as a.khan"},
	} {
		w := openOn(t, s.client("a.khan"), 80, 24, nil)
		w.sees("You sign in as a.khan")
		before := len(w.sent())
		if err := w.session.WindowChange(c.rows, c.columns); err != nil {
			t.Fatal(err)
		}
		if c.says != "" {
			w.hears("\x1b[2J")
			w.sees(c.says)
		}
		for range 2000 { // whoever drags at a corner
			if err := w.session.WindowChange(c.rows, c.columns); err != nil {
				t.Fatal(err)
			}
		}
		w.session.WindowChange(24, 80)
		w.sees("You sign in as a.khan")
		if sent := len(w.sent()) - before; sent > 1<<20 {
			t.Errorf("%dx%d: %d bytes are sent", c.columns, c.rows, sent)
		}
		w.client.Close()
	}
}

func TestAWindowMayBeginAtAnySize(t *testing.T) {
	s := newServer(t, nil)
	for _, c := range [][2]int{{0, 0}, {1, 1}, {65535, 65535}, {120, 40}} {
		w := openOn(t, s.client("a.khan"), min(c[0], 600), min(c[1], 300), nil)
		w.hears("\x1b[2J")
		w.write("\x03")
		if err := w.ends(); err != nil {
			t.Errorf("%v: %v", c, err)
		}
	}
}

// Ten megabytes pasted are taken as far as a field could hold them, with a
// sentence, and the memory for them is not.
func TestAPasteOfTenMegabytesIsCut(t *testing.T) {
	s := newServer(t, nil)
	w := s.open("a.khan")
	w.signIn("a.khan")
	w.write("/")
	w.sees("Esc end the filter")
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w.write("\x1b[200~")
	piece := strings.Repeat("Llŷr ", 200)
	for sent := 0; sent < 10<<20; sent += len(piece) {
		w.write(piece)
	}
	w.write("\x1b[201~")
	w.sees("What you pasted is too long: only its beginning was taken.")
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 8<<20 {
		t.Errorf("%d bytes are kept of it", grown)
	}
	w.write("\x15A")
	w.sees("A")
}

// What a terminal answers, and what is made to look so, is nobody's key and
// never comes back.
func TestEscapesFromAClientDoNothing(t *testing.T) {
	s := newServer(t, nil)
	w := s.open("a.khan")
	w.signIn("a.khan")
	w.write("/")
	w.sees("Esc end the filter")
	before := len(w.sent())
	for _, text := range []string{
		"\x1b]0;owned\a", "\x1b]52;c;b3duZWQ=\x1b\\", "\x1bPowned\x1b\\", "\x1b_owned\x1b\\", "\x1b[?1;2c", "\x1b[24;80R",
		"\x1b[200~\x1b]0;pasted\a\x1b[31m\x1b[201~", "\u009b31m", "\x00\x00", "\xff\xfe", "\x1b[" + strings.Repeat("1;", 5000) + "m",
	} {
		w.write(text)
		w.write("Z")
	}
	w.until(func() bool { return strings.Count(w.view(), "Z") >= 11 }, "eleven letters")
	if view := w.view(); strings.Contains(view, "owned") {
		t.Errorf("an answer was typed:\n%s", view)
	}
	for i, part := range strings.Split(w.sent()[before:], "\x1b") {
		if i > 0 && !strings.HasPrefix(part, "[") {
			t.Errorf("it sends back %q", part)
		}
	}
	if sent := w.sent()[before:]; strings.ContainsAny(sent, "\a\u009b") || strings.Contains(sent, "\x1b[31mZ") {
		t.Errorf("it sends back %q", sent)
	}
}

// One who sends as fast as the line goes takes nothing from the others.
func TestAFloodOfKeysIsSlowedDown(t *testing.T) {
	s := newServer(t, nil)
	loud, quiet := s.open("a.khan"), s.open("b.jones")
	loud.signIn("a.khan")
	quiet.signIn("b.jones")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 2000 {
			if _, err := fmt.Fprint(loud.keys, strings.Repeat("\x1b[B\x1b[A", 500)); err != nil {
				return
			}
		}
	}()
	for range 10 {
		quiet.write("?")
		quiet.sees("Help: Releases")
		quiet.write("\x1b")
		quiet.sees("HMP Leeds  Releases", "INVENTED000")
	}
	loud.client.Close()
	<-done
	s.left(1)
}

func TestEachWindowHasItsOwnColours(t *testing.T) {
	s := newServer(t, nil)
	mono := openOn(t, s.client("a.khan"), 80, 24, map[string]string{"NO_COLOR": "1"})
	bright := openOn(t, s.client("b.jones"), 120, 40, nil)
	light := openOn(t, s.client("b.jones"), 80, 24, map[string]string{"THROUGHGATE_THEME": "light"})
	mono.signIn("a.khan")
	bright.signIn("b.jones")
	light.signIn("b.jones")
	const cyan, blue = "\x1b[1;96m", "\x1b[34m"
	if strings.Contains(mono.sent(), cyan) || !strings.Contains(bright.sent(), cyan) {
		t.Errorf("NO_COLOR of one window changes another, or nothing:\n%q", bright.sent())
	}
	if !strings.Contains(light.sent(), blue) || strings.Contains(bright.sent(), blue) {
		t.Errorf("a theme that was asked for is not shown:\n%q", light.sent())
	}
}
