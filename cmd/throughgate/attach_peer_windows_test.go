package main

import (
	"net"
	"os"
	"path/filepath"
	"testing"
)

// A process of this user is let in; one that is nobody's, the system's, or that
// has ended is not.
func TestOnlyTheSameUsersProcessesAreLetIn(t *testing.T) {
	if !isOwnProcess(uint32(os.Getpid())) {
		t.Error("this process is not this user's")
	}
	for _, pid := range []uint32{0, 4, 1<<32 - 4} {
		if isOwnProcess(pid) {
			t.Errorf("process %d is let in", pid)
		}
	}
}

// The attach socket knows who is at both its ends.
func TestTheAttachSocketKnowsWhoComes(t *testing.T) {
	folder := t.TempDir()
	l, err := listenAttached(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	came := make(chan uint32, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			close(came)
			return
		}
		defer conn.Close()
		pid, known := peerOf(conn)
		if !known {
			pid = 0
		}
		came <- pid
	}()
	conn, err := net.Dial("unix", filepath.Join(folder, attachSocket))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if pid := <-came; pid != uint32(os.Getpid()) {
		t.Errorf("process %d came, it was %d", pid, os.Getpid())
	}
	if pid, known := peerOf(conn); !known || pid != uint32(os.Getpid()) {
		t.Errorf("process %d serves, it is %d", pid, os.Getpid())
	}
}
