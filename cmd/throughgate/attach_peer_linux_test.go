package main

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// Even where the rights of the folder and the socket let anybody in, another
// user is not.
func TestAnotherUserIsNotLetIn(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only an administrator can become somebody else")
	}
	folder, err := os.MkdirTemp("", "tg") // which others may enter, unlike a test's own
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	l, err := listenAttached(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	path := filepath.Join(folder, attachSocket)
	if err := errors.Join(os.Chmod(folder, 0o755), os.Chmod(path, 0o777)); err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(conn, "welcome")
			_ = conn.Close()
		}
	}()
	for name, c := range map[string]struct {
		uid uintptr
		in  bool
	}{"the same user": {0, true}, "another one": {65534, false}} {
		told := make(chan string)
		go func() {
			runtime.LockOSThread() // for ever: the thread is another user's from here on
			if _, _, failed := syscall.RawSyscall(syscall.SYS_SETRESUID, c.uid, c.uid, c.uid); failed != 0 {
				told <- failed.Error()
				return
			}
			conn, err := net.Dial("unix", path)
			if err != nil {
				told <- err.Error()
				return
			}
			said, _ := io.ReadAll(conn)
			told <- string(said)
		}()
		if said := <-told; (said == "welcome") != c.in || !c.in && said != "" {
			t.Errorf("%s is told %q", name, said)
		}
	}
}

func TestOnlyTheSameUserIsLetIn(t *testing.T) {
	for _, c := range []struct {
		peer uint32
		self int
		in   bool
	}{{1000, 1000, true}, {1001, 1000, false}, {0, 1000, false}, {0, 0, true}, {1<<32 - 1, -1, false}} {
		if isSelf(c.peer, c.self) != c.in {
			t.Errorf("%d beside %d: %v", c.peer, c.self, !c.in)
		}
	}
}
