package hubdata_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// begun is a folder with a hub that has one prison.
func begun(t *testing.T) hubdata.Source {
	t.Helper()
	s := hubdata.Source{Folder: filepath.Join(t.TempDir(), "hub"), Make: true}
	add(t, s, "LEI")
	s.Make = false
	return s
}

func add(t *testing.T, s hubdata.Source, code model.SiteCode) {
	t.Helper()
	admin, closer, err := hubdata.Connect(s)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	if _, err := hubdata.Call[hub.SiteInfo](admin, hub.VerbAddSite, hub.NewSite{Code: code, Name: "A prison"}); err != nil {
		t.Fatal(err)
	}
}

func sites(s hubdata.Source) (int, error) {
	admin, closer, err := hubdata.Connect(s)
	if err != nil {
		return 0, err
	}
	defer closer.Close()
	all, err := hubdata.Call[[]hub.SiteInfo](admin, hub.VerbSites, hub.Done{})
	return len(all), err
}

func TestAFolderIsMadeForItsOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("Windows guards the folder by its own means")
		return
	}
	s := begun(t)
	for path, want := range map[string]os.FileMode{"": 0o700, "hub.db": 0o600, "hub.key": 0o600} {
		info, err := os.Stat(filepath.Join(s.Folder, path))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v", path, info.Mode(), err)
		}
	}
}

func TestNothingIsMadeWhereNothingWas(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "typo")
	if _, err := sites(hubdata.Source{Folder: folder}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a folder that is not: %v", err)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder was made")
	}
	if _, err := sites(hubdata.Source{}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("no folder: %v", err)
	}
}

func TestTheKeyComesFromWhereItIs(t *testing.T) {
	s := begun(t)
	inFolder := filepath.Join(s.Folder, "hub.key")
	text, err := os.ReadFile(inFolder)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "key")
	if err := os.Rename(inFolder, elsewhere); err != nil {
		t.Fatal(err)
	}
	if _, err := sites(s); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a key that is missing: %v", err)
	}
	if _, err := os.Stat(inFolder); err == nil {
		t.Error("another key was drawn")
	}
	named := s
	named.KeyFile = elsewhere
	if n, err := sites(named); err != nil || n != 1 {
		t.Errorf("a key in another file: %d, %v", n, err)
	}
	t.Setenv(hubdata.KeyVariable, string(text))
	if n, err := sites(s); err != nil || n != 1 {
		t.Errorf("a key in the environment: %d, %v", n, err)
	}
	for value, want := range map[string]model.Kind{
		strings.Repeat("00", 32): model.KindForbidden, "letmein": model.KindInvalid, strings.Repeat("00", 31): model.KindInvalid,
	} {
		t.Setenv(hubdata.KeyVariable, value)
		if _, err := sites(s); model.KindOf(err) != want || strings.Contains(err.Error(), value) {
			t.Errorf("%d characters: %v", len(value), err)
		}
	}
	named.KeyFile = s.Folder
	if _, err := sites(named); model.KindOf(err) != model.KindOutside {
		t.Errorf("a folder as key file: %v", err)
	}
}

// TestCommandsWorkBesideAHubThatRuns opens the folder, and asks again while it
// is held, and when it is held by something that does not answer.
func TestCommandsWorkBesideAHubThatRuns(t *testing.T) {
	s := begun(t)
	h, closer, err := hubdata.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sites(s); model.KindOf(err) != model.KindLocked {
		t.Errorf("held, without a door: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done, err := hubdata.ServeAdmin(ctx, s.Folder, h, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	add(t, s, "MDI")
	if n, err := sites(s); err != nil || n != 2 {
		t.Errorf("%d sites, %v", n, err)
	}
	admin, _, err := hubdata.Connect(s)
	if err != nil {
		t.Fatal(err)
	}
	_, err = hubdata.Call[hub.SiteInfo](admin, hub.VerbAddSite, hub.NewSite{Code: "MDI", Name: "Again"})
	if model.KindOf(err) != model.KindConflict {
		t.Errorf("an error of the running hub: %v", err)
	}
	cancel()
	<-done
	if _, err := hubdata.Call[hub.Done](admin, hub.VerbStatus, hub.Done{}); model.KindOf(err) != model.KindOffline {
		t.Errorf("a hub that has gone: %v", err)
	}
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := sites(s); err != nil || n != 2 {
		t.Errorf("%d sites, %v", n, err)
	}
}

// TestTheDoorNeedsItsToken tries what a stranger on the computer could try, and
// what a killed hub leaves behind.
func TestTheDoorNeedsItsToken(t *testing.T) {
	s := begun(t)
	h, closer, err := hubdata.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	done, err := hubdata.ServeAdmin(t.Context(), s.Folder, h, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { <-done })
	door := filepath.Join(s.Folder, "admin.json")
	text, err := os.ReadFile(door)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"another token": strings.Replace(string(text), `"token":"`, `"token":"0`, 1),
		"elsewhere":     `{"address":"192.0.2.1:80","token":"x"}`,
		"a stale door":  `{"address":"127.0.0.1:1","token":"x"}`,
		"no door":       "<html>",
	} {
		if err := os.WriteFile(door, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := sites(s); model.KindOf(err) != model.KindLocked {
			t.Errorf("%s: %v", name, err)
		}
	}
}
