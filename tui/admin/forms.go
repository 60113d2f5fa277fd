package admin

import (
	"context"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// formPanel is one form. What is typed is lost with Escape: none of these forms
// holds more than a line or two.
type formPanel struct {
	app   *App
	title string
	form  *part.Form
}

// openForm shows a form; send does what its answers ask for.
func (a *App) openForm(title, button string, start map[string]string, send func(part.Values) tea.Cmd, fields ...part.Field) tea.Cmd {
	f := &formPanel{app: a, title: title, form: part.NewForm(a.theme, fields...)}
	f.form.Button, f.form.OnSubmit = button, send
	a.panel = f
	return f.form.Restore(start)
}

// refuse shows why the hub would not, beside the answer it is about.
func (f *formPanel) refuse(err error) {
	field := ""
	var known *model.Error
	if errors.As(err, &known) {
		field = known.Field
	}
	f.form.SetProblems(map[string]string{field: err.Error()})
}

// Update implements panel.
func (f *formPanel) Update(msg tea.Msg) tea.Cmd {
	if part.PressedKey(msg) == part.KeyEscape {
		return f.app.closePanel()
	}
	if f.app.busy {
		return nil
	}
	return f.form.Update(msg)
}

// View implements panel.
func (f *formPanel) View(width, height int) string {
	const widest = 96
	title := f.app.theme.Title.Render(part.Cut(f.title, width))
	return title + "\n\n" + f.form.View(min(width, widest), height-2)
}

func (f *formPanel) hints() []part.Hint {
	return []part.Hint{{Key: "Tab", Text: "next"}, {Key: "Enter", Text: "answer"}, {Key: "Esc", Text: "leave it"}}
}

// siteField asks for a prison, any but one.
func (a *App) siteField(but model.SiteCode) part.Field {
	field := part.Field{Key: "site", Kind: part.ChoiceField, Label: "Prison"}
	for _, p := range a.all.prisons {
		if p.Code == but {
			continue
		}
		field.Options = append(field.Options, part.Option{Value: string(p.Code), Label: string(p.Code) + "  " + p.Name})
	}
	return field
}

// roleField says of each role which records it opens: that is what is given away.
func roleField() part.Field {
	field := part.Field{Key: "role", Kind: part.ChoiceField, Label: "Role", Hint: "It decides what they may read and change."}
	for _, r := range model.Roles() {
		field.Options = append(field.Options, part.Option{Value: string(r), Label: r.Words(), Hint: "reads " + compartmentWords(r)})
	}
	return field
}

// compartmentWords names what a role reads, and what it may open in need.
func compartmentWords(r model.Role) string {
	out := listed(r.Compartments())
	if glass := r.Glass(); len(glass) > 0 {
		out += "; " + listed(glass) + " by breaking the glass"
	}
	return out
}

func listed(all []model.Compartment) string {
	words := make([]string, len(all))
	for i, c := range all {
		words[i] = c.String()
	}
	return strings.Join(words, ", ")
}

func (a *App) addStaff() tea.Cmd {
	start := map[string]string{}
	if len(a.all.prisons) == 1 {
		start["site"] = string(a.all.prisons[0].Code)
	}
	return a.openForm("Add a member of staff", "Add", start, func(v part.Values) tea.Cmd {
		m := NewMember{ID: model.StaffID(v["id"]), Name: v["name"], Role: model.Role(v["role"]), Site: model.SiteCode(v["site"])}
		return a.do("", func(ctx context.Context) (*Secret, error) { return told(a.service.AddStaff(ctx, m)) })
	},
		part.Field{Key: "id", Label: "Staff id", Hint: "What they type to sign in, such as a.khan. Never used again for anybody else.", Max: 40},
		part.Field{Key: "name", Label: "Name", Hint: "As colleagues see it: KHAN, A", Max: 100},
		a.siteField(""), roleField())
}

func (a *App) addPrison() tea.Cmd {
	return a.openForm("Add a prison", "Add", nil, func(v part.Values) tea.Cmd {
		return a.do("Added. Now add its staff, and draw a code for its first workstation.", func(ctx context.Context) (*Secret, error) {
			return nil, a.service.AddPrison(ctx, model.SiteCode(v["code"]), v["name"])
		})
	},
		part.Field{Key: "code", Label: "Code", Hint: "The prison's own three letters, such as LEI for Leeds.", Max: 3},
		part.Field{Key: "name", Label: "Name", Hint: "Such as HMP Leeds.", Max: 100})
}

func (a *App) changeRole(m Member) tea.Cmd {
	return a.openForm("Change the role of "+m.Name, "Change", nil, func(v part.Values) tea.Cmd {
		return a.do("Changed. Open sessions of theirs end; they sign in again with the passphrase they have.", func(ctx context.Context) (*Secret, error) {
			return nil, a.service.ChangeRole(ctx, m.ID, model.Role(v["role"]))
		})
	}, part.Field{Key: "now", Kind: part.InfoField, Label: "Now: " + m.Role.Words() + ", reads " + compartmentWords(m.Role) + "."}, roleField())
}

func (a *App) move(m Member) tea.Cmd {
	return a.openForm("Move "+m.Name+" to another prison", "Move", nil, func(v part.Values) tea.Cmd {
		return a.do("", func(ctx context.Context) (*Secret, error) {
			return told(a.service.Move(ctx, m.ID, model.SiteCode(v["site"])))
		})
	}, part.Field{Key: "now", Kind: part.InfoField, Label: "Now at " + string(m.Site) + ". What they signed there stays theirs."}, a.siteField(m.Site))
}

func (a *App) addSSHKey(m Member) tea.Cmd {
	return a.openForm("Register an SSH key of "+m.Name, "Register", nil, func(v part.Values) tea.Cmd {
		return a.doAnd(func(ctx context.Context) (string, error) {
			key, err := a.service.AddSSHKey(ctx, m.ID, v["key"])
			return "Registered " + key.Fingerprint + ". Ask them to read theirs: ssh-keygen -lf their .pub file.", err
		})
	}, part.Field{Key: "key", Label: "Public key", Hint: "Paste the one line of their .pub file. Make sure it is theirs: its fingerprint is shown when it is registered.", Max: 8000})
}

// keysMsg is somebody's SSH keys, to choose one from.
type keysMsg struct {
	member Member
	keys   []SSHKey
	err    error
}

func (a *App) readSSHKeys(m Member) tea.Cmd {
	return func() tea.Msg {
		keys, err := a.service.SSHKeys(context.Background(), m.ID)
		return keysMsg{m, keys, err}
	}
}

func (a *App) removeSSHKey(m Member, keys []SSHKey) tea.Cmd {
	field := part.Field{Key: "key", Kind: part.ChoiceField, Label: "Which key"}
	for _, k := range keys {
		field.Options = append(field.Options, part.Option{Value: k.Fingerprint, Label: k.Type + "  " + k.Fingerprint})
	}
	return a.openForm("Take away an SSH key of "+m.Name, "Take away", nil, func(v part.Values) tea.Cmd {
		return a.do("Taken away. Sessions that came in with it end.", func(ctx context.Context) (*Secret, error) {
			return nil, a.service.RemoveSSHKey(ctx, m.ID, v["key"])
		})
	}, field)
}

func (a *App) addCode() tea.Cmd {
	start := map[string]string{}
	if len(a.all.prisons) == 1 {
		start["site"] = string(a.all.prisons[0].Code)
	}
	return a.openForm("Draw a code that enrols one workstation", "Draw", start, func(v part.Values) tea.Cmd {
		return a.do("", func(ctx context.Context) (*Secret, error) {
			return told(a.service.AddCode(ctx, model.SiteCode(v["site"])))
		})
	}, a.siteField(""))
}

func told(s Secret, err error) (*Secret, error) {
	if err != nil {
		return nil, err
	}
	return &s, nil
}
