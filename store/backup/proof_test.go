package backup_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"github.com/throughgate/throughgate/store/backup"
)

// spoiler is a recipient after whom a file cannot be opened by the key that was
// noted, as if its bytes had come to harm on the disk.
type spoiler struct{ age.Recipient }

func (s spoiler) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	stanzas, err := s.Recipient.Wrap(fileKey)
	fileKey[0] ^= 1
	return stanzas, err
}

// TestWhatCannotBeReadBackGetsNoName: a file of that name is a backup that opens.
func TestWhatCannotBeReadBackGetsNoName(t *testing.T) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	_, _, err = backup.Write(t.Context(), newDesk(t), filepath.Join(folder, "desk.age"), backup.LockOf(spoiler{identity.Recipient()}), noon)
	if err == nil {
		t.Error("it was believed")
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// TestAWholeStoreWithAnotherSumDoesNotComeBack: the sum counts by itself, also
// where every seal before it is right.
func TestAWholeStoreWithAnotherSumDoesNotComeBack(t *testing.T) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	key, err := backup.KeyOf(strings.NewReader(identity.String()))
	if err != nil {
		t.Fatal(err)
	}
	public := identity.Recipient().String()
	content, err := os.ReadFile(write(t, newDesk(t), lockFor(t, public)))
	if err != nil {
		t.Fatal(err)
	}
	inner := unlocked(t, content, identity)
	whole := filepath.Join(t.TempDir(), "whole.age")
	if err := os.WriteFile(whole, locked(t, public, packed(t, inner)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), whole, filepath.Join(t.TempDir(), "desk"), key, options); err != nil {
		t.Fatalf("as it was: %v", err)
	}
	inner[len(inner)-1] ^= 1
	refused(t, locked(t, public, packed(t, inner)), key, "This backup is damaged or cut short.")
}

// unlocked is what a backup holds: two lines, the store, its sum.
func unlocked(t *testing.T, content []byte, identity age.Identity) []byte {
	t.Helper()
	clear, err := age.Decrypt(bytes.NewReader(content), identity)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := zstd.NewReader(clear)
	if err != nil {
		t.Fatal(err)
	}
	defer unpacked.Close()
	inner, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return inner
}
