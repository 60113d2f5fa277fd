package part

import tea "github.com/charmbracelet/bubbletea"

// fieldPage is how many fields Page Up and Page Down pass.
const fieldPage = 5

// Update takes a key, or an answer on its way to a picker.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	if _, isKey := msg.(tea.KeyMsg); !isKey {
		return f.broadcast(msg)
	}
	before, was := f.focus, ""
	q := f.focused()
	if q != nil {
		was = q.control.draft()
	}
	cmd := f.key(msg)
	changed := q != nil && q.control.draft() != was
	if changed {
		f.show()
	}
	if (changed || f.focus != before) && f.OnChange != nil {
		cmd = tea.Batch(cmd, f.OnChange())
	}
	return cmd
}

// broadcast gives a message that is no key to every control: it says itself whose it is.
func (f *Form) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, q := range f.asked {
		if q.control != nil {
			cmd, _ := q.control.update(msg)
			cmds = append(cmds, cmd)
		}
	}
	return tea.Batch(cmds...)
}

func (f *Form) key(msg tea.Msg) tea.Cmd {
	switch PressedKey(msg) {
	case KeyTab, KeyBackTab, KeyPageDown, KeyPageUp:
		f.takeTyped()
	}
	switch PressedKey(msg) {
	case KeyTab:
		f.move(1, true)
		return nil
	case KeyBackTab:
		f.move(-1, true)
		return nil
	case KeyPageDown:
		f.move(fieldPage, false)
		return nil
	case KeyPageUp:
		f.move(-fieldPage, false)
		return nil
	}
	if q := f.focused(); q != nil {
		return f.keyInField(q, msg)
	}
	return f.keyOutside(PressedKey(msg))
}

// takeTyped answers a picker that takes any text with what stands in it, as the focus leaves it.
func (f *Form) takeTyped() {
	q := f.focused()
	if q == nil || q.Typed == nil {
		return
	}
	if c, ok := q.control.(*pickerControl); ok && c.chosen == nil && !c.input.Empty() {
		c.Choose(q.Typed(c.Query()))
		f.show() // before looking for the next field, which this answer may have brought
	}
}

func (f *Form) keyInField(q *question, msg tea.Msg) tea.Cmd {
	cmd, out := q.control.update(msg)
	if out != stayed {
		f.show() // before looking for the next field, which this answer may have brought
	}
	switch out {
	case goNext:
		f.move(1, false)
	case goBack:
		f.move(-1, false)
	}
	return cmd
}

// keyOutside is a key on the summary or on the button.
func (f *Form) keyOutside(key string) tea.Cmd {
	switch key {
	case KeyUp:
		f.move(-1, false)
	case KeyDown:
		f.move(1, false)
	case KeyEnter:
		if f.focus.kind == atProblem {
			f.Focus(f.focus.key)
			return nil
		}
		return f.submit()
	}
	return nil
}
