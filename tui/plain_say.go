package tui

import (
	"io"
	"strings"

	"github.com/throughgate/throughgate/tui/part"
)

// say writes paragraphs, each on a line of its own, however long: whoever reads
// them aloud or feels them breaks them as they like.
func (p *Plain) say(paragraphs ...string) {
	for _, text := range paragraphs {
		if text = aloud(text); text != "" {
			p.write(text + "\n")
		}
	}
}

// write cannot do anything about a console that has gone: reading from it will
// end plain mode.
func (p *Plain) write(text string) { _, _ = io.WriteString(p.console, text) }

// breakLine ends the line of a prompt that nobody answered.
func (p *Plain) breakLine() {
	if p.console.Shows() {
		p.write("\n")
	}
}

// aloud is words for the eye as words for the ear: no marks, no room to spare,
// and no cursor.
func aloud(text string) string {
	text = strings.TrimSpace(part.Clean(text))
	text = strings.TrimSpace(strings.TrimPrefix(text, "! "))
	text = strings.ReplaceAll(text, " under the cursor", "")
	var b strings.Builder
	for i, gap := range strings.Split(text, "  ") { // two blanks stand between two facts on a screen
		gap = strings.TrimSpace(gap)
		switch {
		case gap == "":
			continue
		case i > 0 && strings.HasSuffix(b.String(), "."), i > 0 && strings.HasSuffix(b.String(), ":"):
			b.WriteString(" ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(gap)
	}
	return b.String()
}

// stopped ends a sentence.
func stopped(text string) string {
	if text = strings.TrimSpace(text); text == "" || strings.ContainsAny(text[len(text)-1:], ".:?!\"") {
		return text
	}
	return text + "."
}

// facts are joined so that one cannot be taken for the end of another.
func facts(words []string) string {
	for i, w := range words {
		words[i] = strings.TrimPrefix(w, "! ")
	}
	return strings.Join(words, "; ")
}

// prompt writes what is asked for, and tells whether the answer is a secret.
func (p *Plain) prompt() (secret bool) {
	text, secret := p.promptWords()
	if secret {
		p.console.Hide()
	}
	p.write(aloud(text) + ":")
	if p.console.Shows() {
		p.write(" ")
	} else {
		p.write("\n")
	}
	return secret
}

func (p *Plain) promptWords() (text string, secret bool) {
	screen := p.app.top()
	speech := screen.Speak()
	if question := p.question(speech); question != nil {
		_, _, word := question.Asks()
		return "Type " + word + " to go on, or no to go back", false
	}
	if speech.Form != nil {
		return p.formPrompt(screen, speech)
	}
	return p.whose(screen, screen.Title()), false
}

// whose puts the name of the person a screen is about before some words: nobody
// who hears only the prompt acts on somebody else.
func (p *Plain) whose(screen Screen, words string) string {
	if subject, ok := screen.(Subject); ok && p.app.present() && subject.Subject() != nil {
		return orNot(subject.Subject().Shared.Name.Official()) + "; " + words
	}
	return words
}

// note is said before the next prompt.
func (p *Plain) note(text string) { p.notes = append(p.notes, text) }

// hear takes over what the frame has to say.
func (p *Plain) hear() {
	if text := p.app.said.text; text != "" {
		p.note(text)
		p.app.hush()
	}
}
