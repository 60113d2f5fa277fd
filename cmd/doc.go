// Package cmd holds no code: its folders are the two programs and what they
// share, and its tests hold the rules that concern the project as a whole (who
// may import whom).
package cmd
