package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// recordPage is what screens about one person share: their record, read anew
// whenever it changes, with a list of what the screen shows of it.
type recordPage struct {
	asker
	env    *env
	name   string // of the screen, for coming back to it
	id     model.PersonID
	record *model.Record
	list   *part.List
}

func newRecordPage(e *env, name string, id model.PersonID) recordPage {
	return recordPage{env: e, name: name, id: id, list: part.NewList(e.theme)}
}

// Subject implements Subject.
func (p *recordPage) Subject() *model.Record { return p.record }

// Place implements Placed.
func (p *recordPage) Place() place { return place{Screen: p.name, Person: p.id} }

// update takes what every such page takes: an answer of its own, or a key for
// its list.
func (p *recordPage) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case saidMsg:
		return notice(string(msg))
	case openMsg:
		return func() tea.Msg { return msg }
	}
	return p.list.Update(msg)
}

// readAny asks for the record, whichever parts the person signed in may read.
func (p *recordPage) readAny(to Screen) tea.Cmd {
	return p.load(to, func() (tea.Msg, error) {
		r, err := p.env.Get(context.Background(), p.id)
		return recordMsg{r}, err
	})
}

// do writes at once, and says so when it is kept.
func (p *recordPage) do(to Screen, said string, changes ...model.Change) tea.Cmd {
	e, write := p.env, model.Write{Person: p.id, Seen: p.record, Changes: changes}
	return p.deed(to, func() (tea.Msg, error) { return saidMsg(said), e.Do(context.Background(), write) })
}

// selected is the id of the row under the cursor, "" when there is none.
func (p *recordPage) selected() string {
	id, _ := p.list.Selected()
	return id
}
