package sync_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// aCode is the same in every run.
func aCode(tb testing.TB) sync.Code {
	tb.Helper()
	c, err := sync.NewCode(strings.NewReader("0123456789"), []byte("a certificate"))
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestCodeSurvivesItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.SliceOfN(rapid.Byte(), sync.SecretSize, sync.SecretSize).Draw(t, "secret")
		c, err := sync.NewCode(bytes.NewReader(secret), rapid.SliceOf(rapid.Byte()).Draw(t, "authority"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := sync.ParseCode(c.String()); err != nil || got != c {
			t.Fatalf("%v, %v", got == c, err)
		}
	})
}

func TestCodeIsReadAsPeopleTypeIt(t *testing.T) {
	c := aCode(t)
	written := c.String()
	if groups := strings.Split(written, "-"); len(groups) != 9 || len(written) != 53 {
		t.Fatalf("%d groups, %d characters", len(groups), len(written))
	}
	for name, typed := range map[string]string{
		"as printed":   written,
		"lower case":   strings.ToLower(written),
		"no dashes":    strings.ReplaceAll(written, "-", ""),
		"spaces":       " " + strings.ReplaceAll(written, "-", "  ") + "\r\n",
		"long dashes":  strings.ReplaceAll(written, "-", "–"),
		"letter O":     strings.ReplaceAll(written, "0", "O"),
		"letters I, L": strings.Replace(strings.ReplaceAll(written, "1", "l"), "l", "I", 1),
	} {
		if got, err := sync.ParseCode(typed); err != nil || got != c {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCodeSaysWhereTheMistakeIs(t *testing.T) {
	written := aCode(t).String()
	group := func(n int, text string) string {
		groups := strings.Split(written, "-")
		groups[n-1] = text
		return strings.Join(groups, "-")
	}
	swapped := []byte(strings.Split(written, "-")[2])
	swapped[1], swapped[2] = swapped[2], swapped[1]
	wrong := []byte(strings.Split(written, "-")[6])
	wrong[0] = "23"[map[bool]int{true: 1}[wrong[0] == '2']]
	for name, c := range map[string]struct{ typed, want string }{
		"nothing":          {" - ", "Enter the enrolment code."},
		"cut":              {written[:len(written)-1], "44 characters of 45"},
		"too long":         {written + "7", "longer than 45"},
		"no such letter":   {group(4, "ABUDE"), "Group 4 "},
		"other alphabet":   {group(2, "ÅÄÖÅÄ"), "Group 2 "},
		"one wrong":        {group(7, string(wrong)), "group 7 again"},
		"two changed over": {group(3, string(swapped)), "group 3 again"},
		"much is wrong":    {group(1, "ZZZZZ"), "characters are wrong"},
	} {
		_, err := sync.ParseCode(c.typed)
		if model.KindOf(err) != model.KindInvalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEverySingleMistakeIsFound(t *testing.T) {
	written := aCode(t).String()
	for i := range written {
		if written[i] == '-' {
			continue
		}
		for _, r := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			typed := written[:i] + string(r) + written[i+1:]
			if _, err := sync.ParseCode(typed); (err == nil) != (typed == written) {
				t.Fatalf("position %d", i)
			}
		}
	}
}

func TestCodeNamesOneAuthority(t *testing.T) {
	c := aCode(t)
	if !c.Names([]byte("a certificate")) || c.Names([]byte("another certificate")) {
		t.Error("the fingerprint does not tell authorities apart")
	}
	if _, err := sync.NewCode(strings.NewReader("short"), nil); err == nil {
		t.Error("a code was made of too little randomness")
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add(aCode(f).String())
	f.Add("O0Il-")
	f.Fuzz(func(t *testing.T, typed string) {
		c, err := sync.ParseCode(typed)
		if err != nil {
			return
		}
		if again, err := sync.ParseCode(c.String()); err != nil || again != c {
			t.Fatal("a code that was read cannot be read again")
		}
	})
}
