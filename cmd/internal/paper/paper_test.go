package paper_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/paper"
	"github.com/throughgate/throughgate/model"
)

func TestAFileIsReplacedWholeAndPrivate(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "letter.txt")
	for _, text := range []string{"a long first letter", "second"} {
		if err := paper.Save(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v", info.Mode())
	}
	onlyFile(t, folder)
}

func TestAFileThatCannotBeWrittenIsOneSentence(t *testing.T) {
	folder := t.TempDir()
	for path, want := range map[string]struct {
		kind model.Kind
		msg  string
	}{
		filepath.Join(folder, "none", "letter.txt"): {model.KindNotFound, "There is no such folder."},
		folder: {model.KindInvalid, "This is a folder, not a file."},
	} {
		err := paper.Save(path, []byte("text"))
		if model.KindOf(err) != want.kind || err.(*model.Error).Msg != want.msg {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

func TestAReadOnlyFolderKeepsItsFile(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Log("permissions do not hold here")
		return
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "letter.txt")
	if err := os.WriteFile(path, []byte("first"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	if err := paper.Save(path, []byte("second")); model.KindOf(err) != model.KindOutside {
		t.Errorf("%v", err)
	}
	onlyFile(t, folder)
}

func onlyFile(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files left, %v", len(entries), err)
	}
}
