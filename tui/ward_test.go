package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// ward is a desk with one person who leaves today and a few practices.
func ward(t testing.TB, d *desk) {
	t.Helper()
	d.practices = model.NewPracticeIndex([]model.Practice{
		aPractice("A81001", "The Densham Surgery", "Stockton On Tees", "TS18 1HU", model.PracticeActive),
		aPractice("A81002", "Queens Park Medical Centre", "Stockton On Tees", "TS18 2AW", model.PracticeActive),
		aPractice("A81003", "Victoria Medical Practice", "Hartlepool", "TS26 8DB", model.PracticeClosed),
		aPractice("B83033", "Horton Park Surgery", "Bradford", "BD7 3EG", model.PracticeActive),
	}, nil)
	d.person(t, invented{family: "Smith", given: "John", number: "A1234BC", time: "09:30", basis: model.BasisConfirmed, reason: "CR"})
	d.write(t, "b.jones", smith, &model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceVerified})
}

func aPractice(code, name, town, postcode string, status model.PracticeStatus) model.Practice {
	return model.Practice{
		Code: model.ODSCode(code), Name: name, Address: []string{"1 Mill Lane", town}, Postcode: postcode, Phone: "01632 960100",
		Status: status, Setting: model.SettingGP,
	}
}

// with is a ward in which a nurse has written something before.
func with(more ...model.Change) func(testing.TB, *desk) {
	return func(t testing.TB, d *desk) {
		ward(t, d)
		d.write(t, "b.jones", smith, more...)
	}
}

// onWard runs a test as a member of staff, with a screen of the person's page
// open.
func onWard(t *testing.T, staff model.StaffID, key string, set func(testing.TB, *desk), test func(d *driver)) {
	t.Helper()
	inBubble(t, scene{signedIn: staff, desk: set}, func(d *driver) {
		d.press("enter", key)
		test(d)
	})
}

// answer types texts, each followed by Enter, which goes on to the next
// question.
func (d *driver) answer(texts ...string) {
	for _, text := range texts {
		d.write(text)
		d.press("enter")
	}
}

// says fails unless every text stands on the screen, across the ends of lines
// as well.
func (d *driver) says(texts ...string) {
	d.t.Helper()
	plain := strings.Join(strings.Fields(d.view()), " ")
	for _, text := range texts {
		if !strings.Contains(plain, text) {
			d.t.Fatalf("%q is not on the screen:\n%s", text, d.view())
		}
	}
}

// health is what a nurse would read of the person.
func (d *driver) health() *model.HealthPart {
	d.desk.mu.Lock()
	defer d.desk.mu.Unlock()
	return d.desk.record(smith, model.RoleNurse).Health
}

// medicineID is the id of the nth medicine of a test.
func medicineID(n int) model.MedicineID { return model.NewMedicineID([8]byte{1, byte(n)}) }

// pills are so many medicines, each once a day, by name in the order of the
// alphabet.
func pills(n int) []model.Change {
	var out []model.Change
	for i := range n {
		out = append(out, pill(i, fmt.Sprintf("Medicine %c", 'A'+i)))
	}
	return out
}

func pill(i int, name string) *model.MedicineSet {
	return &model.MedicineSet{ID: medicineID(i), Prescribed: model.Prescribed{
		Name: name, Strength: "50 mg", Form: "tablets", Dose: "50 mg", Route: "oral", Frequency: "once a day", Indication: "depression", Possession: model.PossessionYes,
	}}
}

func methadone(i int) *model.MedicineSet {
	return &model.MedicineSet{ID: medicineID(i), Prescribed: model.Prescribed{
		Name: "Methadone", Strength: "1 mg/ml", Form: "oral solution", Dose: "40 mg", Route: "oral", Frequency: "once a day", Indication: "opioid dependence", Possession: model.PossessionNo,
	}}
}

// decided is the decision on a medicine as it was set.
func decided(m *model.MedicineSet, d model.SupplyDecision) *model.SupplySet {
	return &model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: d}
}

var weekOfTTO = model.SupplyDecision{Route: model.SupplyTTO, Quantity: 700, Unit: "tablets", Days: 7}

// methadoneToHand is a week of it, handed over.
var methadoneToHand = model.SupplyDecision{Route: model.SupplyTTO, Quantity: 28000, Unit: "ml", Days: 7}

// depot is an injection every two weeks.
func depot(i int) *model.MedicineSet {
	return &model.MedicineSet{ID: medicineID(i), Prescribed: model.Prescribed{
		Name: "Zuclopenthixol decanoate", Strength: "200 mg/ml", Form: "solution for injection", Dose: "200 mg", Route: "into the muscle", Frequency: "every 2 weeks",
		Indication: "schizophrenia", LastGiven: model.DayOf(deskNow) - 10, NextDue: model.DayOf(deskNow) + 4,
	}}
}

// smithsBags is a ward where a pharmacist has packed Mr Smith's methadone.
func smithsBags(t testing.TB, d *desk) {
	m := methadone(0)
	with(m, decided(m, methadoneToHand))(t, d)
	d.write(t, "c.reid", smith, &model.SupplyPacked{ID: m.ID, Reference: "BAG-17", Of: methadoneToHand, Register: "CD2 page 41"})
}

// checkedBag is that ward after a nurse has checked the bag.
func checkedBag(t testing.TB, d *desk) {
	smithsBags(t, d)
	d.write(t, "b.jones", smith, &model.SupplyWitnessed{Bag: "BAG-17", Contents: d.record(smith, model.RoleNurse).Health.BagContents("BAG-17")})
}

// bagAtTheGate is that ward after one officer has handed the bag over.
func bagAtTheGate(t testing.TB, d *desk) {
	checkedBag(t, d)
	d.write(t, "a.khan", smith, &model.BagGiven{Number: "BAG-17", Signature: "signed"})
}

// agreed is the person's yes to being registered.
func agreed() model.Change {
	return &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentSigned}}
}
