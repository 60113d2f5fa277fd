// Command asking links bubbletea with nothing before it, to show that the
// question is really asked.
package main

import _ "github.com/charmbracelet/bubbletea"

func main() {}
