package store_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// childRole tells a test binary that was started by a test what to be.
const childRole = "THROUGHGATE_STORE_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childRole) {
	case "writer":
		os.Exit(writeUntilKilled(os.Args[len(os.Args)-1]))
	case "reader":
		os.Exit(reportMemory(os.Args[len(os.Args)-1]))
	case "backup":
		os.Exit(reportBackup(os.Args[1], os.Args[2], os.Args[3]))
	case "restore":
		os.Exit(reportRestore(os.Args[1], os.Args[2], os.Args[3]))
	}
	goleak.VerifyTestMain(m)
}

// writeUntilKilled writes one instruction after another and says each number
// when the store says that it is kept.
func writeUntilKilled(dir string) int {
	st, err := store.Open(dir, store.Options{Stretch: quick})
	if err != nil {
		return failed(err)
	}
	nurse, err := st.SignIn(context.Background(), "nurse", passphraseOf("nurse"))
	if err != nil {
		return failed(err)
	}
	first := 0
	if r, err := nurse.Get(context.Background(), killed); err == nil {
		first = len(r.Shared.Instruction)
	}
	for i := first; ; i++ {
		changes := []model.Change{&model.InstructionGiven{Text: fmt.Sprint(i)}, &model.ItemSet{Item: model.ItemConsent, State: model.Problem, Note: fmt.Sprint(i)}}
		if err := nurse.Do(context.Background(), model.Write{Person: killed, Changes: changes}); err != nil {
			return failed(err)
		}
		fmt.Println(i)
	}
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}
