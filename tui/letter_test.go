package tui

import (
	"context"
	"crypto/ed25519"
	"io"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

var letterMorning = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// letterDesk is a session over one record in memory. It asks for rights and
// checks as a store does; what a letter screen does not use is not there.
type letterDesk struct {
	Session
	role     model.Role
	clock    model.Clock
	record   *model.Record
	exported []Document
}

func newLetterDesk(role model.Role) *letterDesk {
	return &letterDesk{role: role, clock: model.Clock{Node: 1}, record: model.NewRecord(model.PersonID{1}, role.Compartments())}
}

func (d *letterDesk) Actor() model.Actor {
	return model.Actor{Staff: "a.khan", Role: d.role, Site: "LEI"}
}
func (d *letterDesk) Name() string                   { return "KHAN, A" }
func (d *letterDesk) StaffName(model.StaffID) string { return "KHAN, A" }
func (d *letterDesk) Draft(string) ([]byte, bool)    { return nil, false }
func (d *letterDesk) SaveDraft(string, []byte) error { return nil }
func (d *letterDesk) Sign(message []byte) []byte {
	return ed25519.Sign(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)), message)
}

func (d *letterDesk) VerifyLetter(signed model.SignedLetter) error {
	public := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	return model.VerifyLetter(signed.Frozen, signed.Hash, signed.Signature, public)
}

func (d *letterDesk) Export(_ context.Context, doc Document) (string, error) {
	d.exported = append(d.exported, doc)
	return doc.Name, nil
}

func (d *letterDesk) Do(_ context.Context, w model.Write) error {
	for _, c := range w.Changes {
		if err := model.Allow(d.Actor(), c, d.record); err != nil {
			return err
		}
		if err := c.Check(d.record, letterMorning); err != nil {
			return err
		}
		d.write(c)
		if follower, ok := c.(model.Follower); ok {
			for _, f := range follower.Follows(d.record) {
				d.write(f)
			}
		}
	}
	return nil
}

func (d *letterDesk) write(c model.Change) {
	d.record.Fold(&model.Op{
		Stamp: d.clock.Next(letterMorning), Actor: d.Actor(), Person: d.record.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment(),
	})
}

func (d *letterDesk) must(t *testing.T, changes ...model.Change) {
	t.Helper()
	if err := d.Do(context.Background(), model.Write{Changes: changes}); err != nil {
		t.Fatal(err)
	}
}

func (d *letterDesk) env() *env {
	return &env{
		Session: d, theme: part.NewTheme(lipgloss.NewRenderer(io.Discard), part.Mono), now: func() time.Time { return letterMorning },
		place: Place{Site: "LEI", Name: "HMP Leeds", Address: []string{"2 Gloucester Terrace", "Leeds LS12 2TJ"}},
	}
}

// shown opens the letter's screen with the record as it stands.
func (d *letterDesk) shown() *letter {
	s := newLetter(d.env(), d.record.ID)
	s.Update(letterMsg{d.record, d.env().doubts(d.record)})
	return s
}

// finish runs a command to its end, and every one it is made of.
func finish(cmd tea.Cmd) (said []tea.Msg) {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, each := range msg {
			said = append(said, finish(each)...)
		}
	default:
		said = append(said, msg)
	}
	return said
}

func action(t *testing.T, s Screen, key string) Action {
	t.Helper()
	for _, a := range s.Actions() {
		if a.Key == key {
			return a
		}
	}
	t.Fatalf("%s has no key %s", s.Title(), key)
	return Action{}
}

// writtenUp is a record with all that a letter needs.
func writtenUp(t *testing.T) *letterDesk {
	t.Helper()
	d := newLetterDesk(model.RoleNurse)
	for code, text := range map[model.HeadingCode]string{
		model.HeadingSummary: "Stable on sertraline.", model.HeadingPlan: "GP: review mood within four weeks.",
		model.HeadingContact: "Healthcare 0113 496 0100, weekdays 08:00 to 18:00",
	} {
		d.must(t, &model.LetterDraft{Heading: code, Text: text})
	}
	m := &model.MedicineSet{ID: model.NewMedicineID([8]byte{1}), Prescribed: model.Prescribed{Name: "Sertraline", Strength: "50 mg", Form: "tablets", Dose: "50 mg", Frequency: "once a day"}}
	d.must(t, m, &model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: model.SupplyDecision{Route: model.SupplyTTO, Quantity: 2800, Unit: "tablets", Days: 28}})
	return d
}

func TestLetterScreen(t *testing.T) {
	d := writtenUp(t)
	for _, size := range [][2]int{{80, 19}, {120, 35}} {
		for name, s := range map[string]Screen{"list": d.shown(), "paper": newPaper(d.env(), d.record, d.shown().letter, nil)} {
			t.Run(name+sizeName(size), func(t *testing.T) {
				view := s.View(size[0], size[1])
				for _, line := range strings.Split(view, "\n") {
					if part.Width(line) > size[0] {
						t.Errorf("%d columns: %q", part.Width(line), line)
					}
				}
				golden.RequireEqual(t, []byte(ansi.Strip(view)+"\n"))
			})
		}
	}
}

func sizeName(size [2]int) string {
	if size[0] == 80 {
		return "-80"
	}
	return "-120"
}

func TestLetterIsSignedOnlyByTheTypedWord(t *testing.T) {
	d := writtenUp(t)
	list := d.shown()
	if why := action(t, list, "s").Disabled; why != "" {
		t.Fatalf("a letter that is written up cannot be signed: %s", why)
	}
	s := newSigning(d.env(), d.record, list.letter)
	action(t, s, "s").Run()
	if !s.Typing() {
		t.Fatal("no word is asked for")
	}
	finish(s.Update(tea.KeyMsg{Type: tea.KeyEnter}))
	if n := len(d.record.Health.Letters); n != 0 {
		t.Fatalf("Enter alone signed %d letters", n)
	}
	for _, r := range signWord {
		s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	finish(s.Update(tea.KeyMsg{Type: tea.KeyEnter}))
	last, signed := d.record.Health.LastLetter()
	if !signed {
		t.Fatal("the typed word did not sign")
	}
	public := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	if err := model.VerifyLetter(last.Frozen, last.Hash, last.Signature, public); err != nil {
		t.Error(err)
	}
	if why := action(t, d.shown(), "s").Disabled; why == "" {
		t.Error("a letter that holds may be signed again")
	}
	if view := ansi.Strip(d.shown().View(80, 19)); !strings.Contains(view, "Letter 1 is signed") {
		t.Errorf("the screen does not say that it is signed:\n%s", view)
	}
}

func TestLetterThatLacksWordsCannotBeSigned(t *testing.T) {
	d := newLetterDesk(model.RoleNurse)
	why := action(t, d.shown(), "s").Disabled
	for _, missing := range []string{"Clinical summary", "Plan and requested actions", "Contact for further information"} {
		if !strings.Contains(why, missing) {
			t.Errorf("%q does not name %s", why, missing)
		}
	}
	pharmacy := writtenUp(t)
	pharmacy.role = model.RolePharmacy
	if why := action(t, pharmacy.shown(), "s").Disabled; why == "" {
		t.Error("a pharmacist may sign")
	}
}

func TestLetterThatItsSignerDidNotSignIsNotShown(t *testing.T) {
	d := writtenUp(t)
	signed, err := model.SignLetter(d.shown().letter, d.Sign)
	if err != nil {
		t.Fatal(err)
	}
	d.must(t, signed)
	d.record.Health.Letters[0].Signature[0] ^= 1
	s := d.shown()
	if view := ansi.Strip(s.View(120, 40)); strings.Count(view, "NOT VERIFIED") != 2 {
		t.Errorf("the screen does not doubt it:\n%s", view)
	}
	s.list.Select("signed/" + signed.Hash.String())
	for _, said := range finish(s.openRow()) {
		if _, shown := said.(openMsg); shown {
			t.Error("it is shown")
		}
	}
}

func TestLetterPrintsTheSignedOneOnlyWhileItHolds(t *testing.T) {
	d := writtenUp(t)
	signed, err := model.SignLetter(d.shown().letter, d.Sign)
	if err != nil {
		t.Fatal(err)
	}
	d.must(t, signed)
	finish(action(t, d.shown(), "x").Run())
	d.must(t, &model.AllergiesSet{State: model.AllergiesNone})
	finish(action(t, d.shown(), "t").Run())
	if len(d.exported) != 2 || d.exported[0].Signed == nil || d.exported[1].Signed != nil {
		t.Fatalf("exported %+v", d.exported)
	}
	if got := d.exported[0].Name + " " + d.exported[1].Name; got != "letter-not-recorded-1-signed.pdf letter-not-recorded-2-draft.txt" {
		t.Errorf("the files are called %s", got)
	}
}

func TestLetterFormWritesOnlyWhatWasChanged(t *testing.T) {
	d := writtenUp(t)
	values := part.Values{
		string(model.HeadingSummary): "Stable on sertraline.", string(model.HeadingPlan): "GP: review mood within two weeks.",
		string(model.HeadingContact): "Healthcare 0113 496 0100, weekdays 08:00 to 18:00",
	}
	changes, err := letterChanges(d.env(), d.record, values, mainHeadings)
	if err != nil || len(changes) != 1 || changes[0].Slot() != "letter/"+string(model.HeadingPlan) {
		t.Errorf("writes %v, %v", changes, err)
	}
	values[string(model.HeadingPlan)] = "GP: review mood within four weeks."
	if _, err := letterChanges(d.env(), d.record, values, mainHeadings); err == nil {
		t.Error("a form that changes nothing is kept")
	}
}

func TestLetterIsNotForCustody(t *testing.T) {
	d := newLetterDesk(model.RoleReception)
	if healthScreen(d.env(), d.record, model.ItemLetter) != nil {
		t.Error("an officer is led to the letter")
	}
	for _, a := range healthActions(d.env(), d.record) {
		if !strings.HasPrefix(a.Disabled, heldByHealthcare) {
			t.Errorf("%s is open to an officer", a.Says)
		}
	}
}
