package serve_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/serve"
)

func TestTheHostKeyIsMadeOnceAndNeverReplaced(t *testing.T) {
	folder := t.TempDir()
	if _, err := serve.ReadHostKey(folder); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a key before there is one: %v", err)
	}
	first, err := serve.HostKey(folder)
	if err != nil {
		t.Fatal(err)
	}
	again, err := serve.HostKey(folder)
	if err != nil || !bytes.Equal(first.PublicKey().Marshal(), again.PublicKey().Marshal()) {
		t.Errorf("another key the second time, %v", err)
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	path := filepath.Join(folder, files[0].Name())
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for name, text := range map[string][]byte{
		"empty": nil, "cut": whole[:len(whole)/2], "turned": bytes.Replace(whole, whole[60:61], []byte("?"), 1), "long": bytes.Repeat([]byte("x"), 20<<10),
	} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := serve.HostKey(folder); err == nil || !strings.Contains(err.Error(), "host key is damaged") {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadFile(path); !bytes.Equal(left, text) {
			t.Errorf("%s: it was replaced", name)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := serve.HostKey(folder); err == nil || !strings.Contains(err.Error(), "Others may read") {
		t.Errorf("a key that others may read: %v", err)
	}
}
