// Command calm links bubbletea behind quiet, as the real program does, and says
// what CI was before and after Restore.
package main

import (
	"fmt"
	"os"

	_ "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/cmd/internal/quiet"
)

func main() {
	held, _ := os.LookupEnv("CI")
	quiet.Restore()
	after, set := os.LookupEnv("CI")
	fmt.Printf("held %q after %q %t", held, after, set)
}
