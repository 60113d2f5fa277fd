package papers_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/papers"
	"github.com/throughgate/throughgate/model/sheet"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var morning = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

var today = model.DayOf(morning)

func actor(role model.Role) model.Actor {
	return model.Actor{Staff: "a.khan", Role: role, Site: "LEI"}
}

func facts(role model.Role) papers.Facts {
	return papers.Facts{Prison: "HMP Leeds", By: actor(role), Now: morning, Name: func(model.StaffID) string { return "KHAN, A" }}
}

// folded is the record of changes that somebody made, as a role reads it.
func folded(tb testing.TB, reads model.Role, changes ...model.Change) *model.Record {
	tb.Helper()
	r := model.NewRecord(model.PersonID{1}, reads.Compartments())
	clock := model.Clock{Node: 1}
	for _, c := range changes {
		op := &model.Op{Stamp: clock.Next(morning), Actor: actor(model.RolePrescriber), Person: r.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment()}
		if r.Holds(c.Compartment()) {
			r.Fold(op)
		}
	}
	return r
}

const secret = "Xyzzycillin"

// leaver is somebody who leaves tomorrow with letters from all over Europe in
// their name and a health record full of a word that no officer may see.
func leaver(tb testing.TB, reads model.Role) *model.Record {
	tb.Helper()
	born, err := model.ParsePartialDate("1980-08-14")
	if err != nil {
		tb.Fatal(err)
	}
	bagged := model.MedicineSet{ID: model.NewMedicineID([8]byte{1}), Prescribed: model.Prescribed{Name: "Methadone", Strength: "1 mg/ml", Form: "oral solution", Dose: "40 mg", Frequency: "once a day", Indication: secret, Start: today - 40}}
	decision := model.SupplyDecision{Route: model.SupplyTTO, Quantity: 280000, Unit: "ml", Days: 7}
	waits := model.MedicineSet{ID: model.NewMedicineID([8]byte{2}), Prescribed: model.Prescribed{Name: secret, Dose: "50 mg", Frequency: "once a day", LastGiven: today - 1, NextDue: today + 27}}
	return folded(tb, reads,
		&model.PersonNamed{Name: model.PersonName{Family: "Nguyễn-Pryce", Given: []string{"Llŷr", "Łucja"}}},
		&model.PersonBorn{Date: born, Sex: model.SexMale},
		&model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceVerified},
		&model.PersonNumbered{Scheme: model.SchemePrison, Value: "A1234AA"},
		&model.StaySet{Site: "LEI", Received: today - 120}, &model.LocationSet{Cell: "B-2-014"},
		&model.ReleaseSet{Day: today + 1, Time: "09:30", Basis: model.BasisConfirmed, Reason: "CR", Destination: "Approved premises, Caernarfon"},
		&model.InstructionGiven{Text: "Wait for the escort from the approved premises"}, &model.InstructionGiven{Text: "A week ago", Until: today - 7},
		&model.ItemSet{Item: model.ItemConsent, State: model.Done},
		&model.ItemSet{Item: model.ItemGP, State: model.InProgress, Detail: "sent"},
		&model.ItemSet{Item: model.ItemMedicines, State: model.InProgress, Detail: "pack"},
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Penicillin", Reaction: secret}}},
		&bagged, &waits,
		&model.SupplySet{ID: bagged.ID, For: bagged.Fingerprint(), SupplyDecision: decision},
		&model.SupplyPacked{ID: bagged.ID, Reference: "Bag 4711", Of: decision},
		&model.BagPackedUp{Number: "BAG-4711"},
		&model.MedicineSet{ID: "ff00000000000000", Prescribed: model.Prescribed{Name: "Mirtazapine 15mg tablets"}},
		&model.MedicineStopped{ID: "ff00000000000000", Day: today - 3, Reason: "weight gain"},
	)
}

func paper(t *testing.T, p model.Paper, r *model.Record, f papers.Facts) sheet.Document {
	t.Helper()
	doc, err := papers.Of(p, r, f)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s is not what stands in the golden file; run make golden and read the difference\n%s", name, got)
	}
}

// personal are the papers about one person.
func personal() []model.PaperFacts {
	var out []model.PaperFacts
	for _, p := range model.Papers() {
		if !p.List {
			out = append(out, p)
		}
	}
	return out
}

func TestEveryPaperGolden(t *testing.T) {
	for _, p := range personal() {
		golden(t, string(p.Paper)+".txt", sheet.Text(paper(t, p.Paper, leaver(t, model.RolePharmacy), facts(model.RolePharmacy))))
	}
}

// Nobody gets a paper made of health without the health key, and what an officer
// does get has no health in it: it is the same sheet as a nurse's.
func TestAnOfficersPapersHoldNoHealth(t *testing.T) {
	for _, p := range personal() {
		doc, err := papers.Of(p.Paper, leaver(t, model.RoleReception), facts(model.RoleReception))
		if p.Health {
			if model.KindOf(err) != model.KindForbidden {
				t.Errorf("%s: %v", p.Paper, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		officers := sheet.Text(doc)
		nurses := sheet.Text(paper(t, p.Paper, leaver(t, model.RoleNurse), facts(model.RoleNurse)))
		if p.Paper == model.PaperCourtPack { // a nurse's says more
			nurses = strings.ReplaceAll(officers, "Reception", "Nurse")
		}
		for _, text := range []string{officers, nurses} {
			if strings.Contains(text, secret) || strings.Contains(text, "Methadone") {
				t.Errorf("%s names what healthcare holds:\n%s", p.Paper, text)
			}
		}
		same := strings.ReplaceAll(strings.Join(strings.Fields(officers), " "), "(Reception)", "(Nurse)")
		if same != strings.Join(strings.Fields(nurses), " ") {
			t.Errorf("%s is not the same for an officer and a nurse:\n%s\n%s", p.Paper, officers, nurses)
		}
	}
}

// A right is not a key: a record without the health part makes no sheet of it.
func TestAPaperOfHealthNeedsTheKey(t *testing.T) {
	if _, err := papers.Of(model.PaperMedicines, leaver(t, model.RoleReception), facts(model.RoleNurse)); model.KindOf(err) != model.KindForbidden {
		t.Errorf("%v", err)
	}
}

func TestWhereARestrictedPersonGoesIsNotPrinted(t *testing.T) {
	r := leaver(t, model.RoleNurse)
	r.Shared.Restricted = true
	for _, p := range personal() {
		text := sheet.Text(paper(t, p.Paper, r, facts(model.RoleNurse)))
		says := strings.Contains(text, "RESTRICTED") || p.Paper == model.PaperEntitlement // the person's own, to show to anybody
		if strings.Contains(text, "Caernarfon") || !says {
			t.Errorf("%s:\n%s", p.Paper, text)
		}
	}
}

// Somebody of whom nothing is known can be printed too, and nothing is blank
// where a fact is missing.
func TestAnEmptyRecordMakesEveryPaper(t *testing.T) {
	for _, p := range personal() {
		doc := paper(t, p.Paper, model.NewRecord(model.PersonID{2}, model.Compartments()), facts(model.RoleNurse))
		names := p.Paper != model.PaperEntitlement // which is about rights
		if text := sheet.Text(doc); strings.Contains(text, model.NotRecorded) != names || strings.Contains(text, "01-Jan-1970") {
			t.Errorf("%s:\n%s", p.Paper, text)
		}
		if err := sheet.PDF(&bytes.Buffer{}, doc); err != nil {
			t.Error(err)
		}
	}
}

func TestThereIsNoOtherPaper(t *testing.T) {
	for _, p := range []model.Paper{"", "letter", model.PaperWorklist} {
		if _, err := papers.Of(p, leaver(t, model.RoleNurse), facts(model.RoleNurse)); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%q: %v", p, err)
		}
	}
}

// The printed worklist is the screen's: the same lines in the same order and words.
func TestAPrintedWorklistIsTheRolesList(t *testing.T) {
	r := leaver(t, model.RoleNurse)
	rows := []model.Row{model.RowOf(r.ID, &r.Shared), model.RowOf(model.PersonID{3}, &model.NewRecord(model.PersonID{3}, model.Compartments()).Shared)}
	for _, role := range model.Roles() {
		f := facts(role)
		f.Due = model.Timeline{model.ItemResults: -3, model.ItemIdentity: 1}
		doc, n, err := papers.OfMany(model.PaperWorklist, rows, f)
		if err != nil {
			t.Fatal(err)
		}
		tasks := model.Worklist(rows, role, f.Due, today, model.WorklistDays)
		if len(tasks) == 0 {
			if text := sheet.Text(doc); n != 0 || !strings.Contains(text, model.NothingWaits(role)) {
				t.Errorf("%s: %d people\n%s", role, n, text)
			}
			continue
		}
		table := doc.Blocks[len(doc.Blocks)-1].(sheet.Table)
		if n != 1 || len(table.Rows) != len(tasks) || !strings.Contains(sheet.Text(doc), model.WorklistWords(tasks, role, today)) {
			t.Fatalf("%s: %d people, %d rows, want %d", role, n, len(table.Rows), len(tasks))
		}
		for i, task := range tasks {
			want := []string{sheet.Unticked, "A1234AA", "NGUYỄN-PRYCE, Llŷr  B-2-014", task.What(), task.When(today, false), task.StateWords()}
			if !slices.Equal(table.Rows[i], want) {
				t.Errorf("%s: row %d is %q, want %q", role, i, table.Rows[i], want)
			}
		}
	}
	if _, _, err := papers.OfMany(model.PaperChecklist, rows, facts(model.RoleNurse)); model.KindOf(err) != model.KindInvalid {
		t.Errorf("%v", err)
	}
}

// The list on paper, with what is overdue, what is due and what has no day yet.
func TestThePrintedWorklistGolden(t *testing.T) {
	r := leaver(t, model.RoleNurse)
	rows := []model.Row{model.RowOf(r.ID, &r.Shared), model.RowOf(model.PersonID{3}, &model.NewRecord(model.PersonID{3}, model.Compartments()).Shared)}
	f := facts(model.RoleNurse)
	f.Due = model.Timeline{model.ItemResults: -3, model.ItemIdentity: 1}
	doc, _, err := papers.OfMany(model.PaperWorklist, rows, f)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "worklist.txt", sheet.Text(doc))
}
