package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func TestEveryPaperIsWrittenAsItsNameSays(t *testing.T) {
	b := newLoneBench(t)
	okafor := b.someone("OKAFOR")
	for _, p := range model.Papers() {
		args := []string{"print", string(p.Paper)}
		if !p.List {
			args = append(args, okafor.Prison)
		}
		text, pdf := filepath.Join(b.folder, "paper.txt"), filepath.Join(b.folder, "paper.PDF")
		if code, out, errout := b.as("nurse", append(args, "--out", text)...); code != edge.Done || out+errout != "" {
			t.Errorf("%s: exit %d, %q, %q", p.Paper, code, out, errout)
		}
		content, err := os.ReadFile(text)
		if words := string(content); p.Paper == model.PaperEntitlement { // what the person keeps bears no name and no marking
			if err != nil || !strings.HasPrefix(words, "For you to keep") {
				t.Errorf("%s: %v\n%s", p.Paper, err, words)
			}
		} else if err != nil || !strings.HasPrefix(words, "OFFICIAL-SENSITIVE") || !strings.Contains(words, "(Nurse)") || !p.List && !strings.Contains(words, "OKAFOR") {
			t.Errorf("%s: %v\n%s", p.Paper, err, words)
		}
		code, _, errout := b.as("nurse", append(args, "--out", pdf)...)
		if content, err := os.ReadFile(pdf); code != edge.Done || err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
			t.Errorf("%s: exit %d, %q, %v", p.Paper, code, errout, err)
		}
		code, out, errout := b.as("nurse", append(args, "--out", filepath.Join(b.folder, "paper.doc"))...)
		b.refused(edge.Usage, ".pdf or .txt", code, out, errout)
		if p.Health {
			code, out, errout = b.as("officer", append(args, "--out", text)...)
			b.refused(edge.Refused, "held by healthcare", code, out, errout)
		}
	}
	code, out, errout := b.as("nurse", "print", "checklist", "A1234AA", "--out", filepath.Join(b.folder, "paper.txt"))
	b.refused(edge.Refused, "Nobody here goes by this number.", code, out, errout)
}

// A paper that was taken out is in the audit, with the person it is about.
func TestAPrintedPaperIsWrittenDown(t *testing.T) {
	b := newLoneBench(t)
	okafor := b.someone("OKAFOR")
	if code, _, errout := b.as("nurse", "print", "checklist", okafor.Prison, "--out", filepath.Join(b.folder, "paper.txt")); code != edge.Done {
		t.Fatal(errout)
	}
	code, out, errout := b.as("manager", "audit", "--what", "export")
	if code != edge.Done || !strings.Contains(out, "Exported") || !strings.Contains(out, okafor.Prison) {
		t.Errorf("exit %d, %q\n%s", code, errout, out)
	}
}
