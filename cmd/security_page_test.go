package cmd_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestEveryAttackOnThePageIsATest holds that docs/security.md promises no test
// that there is not.
func TestEveryAttackOnThePageIsATest(t *testing.T) {
	page, err := os.ReadFile("../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("git", "-C", "..", "grep", "-hoE", "^func Test[A-Za-z0-9]+", "--", "*_test.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	there := make(map[string]bool)
	for _, line := range strings.Fields(string(out)) {
		there[line] = true
	}
	named := regexp.MustCompile("`(Test[A-Za-z0-9]+)`").FindAllStringSubmatch(string(page), -1)
	if len(named) < 40 {
		t.Errorf("only %d tests are named", len(named))
	}
	for _, name := range named {
		if !there[name[1]] {
			t.Errorf("there is no %s", name[1])
		}
	}
}
