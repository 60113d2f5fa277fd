package tui_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// way is how plain mode comes to a screen or a form.
type way struct {
	scene scene
	lines []string
	// more are answers that bring questions no single choice brings, by field.
	more map[string]string
}

// smithsWard is a ward where Mr Smith has one of everything.
func smithsWard(t testing.TB, d *desk) {
	m, waits := pill(0, "Sertraline"), pill(1, "Omeprazole")
	with(m, waits, decided(waits, weekOfTTO), agreed(),
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Penicillin", Reaction: "rash"}}})(t, d)
}

func onWardAs(staff model.StaffID, lines ...string) way {
	return way{scene: scene{signedIn: staff, desk: smithsWard}, lines: append([]string{"1"}, lines...)}
}

// screenWays is a way to every type of screen there is. A screen that is not in
// it fails the test below: whoever adds one adds how plain mode comes to it.
var screenWays = map[string]way{
	"signIn":      {},
	"passphrase":  {scene: officer, lines: []string{"passphrase"}},
	"board":       {scene: officer},
	"goToDate":    {scene: officer, lines: []string{"date"}},
	"person":      {scene: officer, lines: []string{"2"}},
	"known":       {scene: officer, lines: []string{"2", "notes"}},
	"history":     {scene: nurse, lines: []string{"2", "history"}},
	"conflicts":   {scene: inConflict, lines: []string{"conflicts"}},
	"syncScreen":  {scene: refused, lines: []string{"sync"}},
	"formScreen":  {scene: officer, lines: []string{"book in"}},
	"court":       {scene: officer, lines: []string{"court"}},
	"courtPack":   {scene: nurse, lines: []string{"court", "today", "1"}},
	"gp":          onWardAs("b.jones", "gp"),
	"gms1":        onWardAs("b.jones", "gp", "form"),
	"medicines":   onWardAs("b.jones", "medicines"),
	"listSigning": onWardAs("c.reid", "medicines", "reconciled"),
	"bags":        {scene: scene{signedIn: "b.jones", desk: smithsBags}, lines: []string{"1", "medicines", "bags"}},
	"consent":     onWardAs("b.jones", "consent"),
	"entriesPage": onWardAs("b.jones", "appointments"),
	"allergyPage": onWardAs("b.jones", "allergies"),
	"letter":      onWardAs("b.jones", "letter"),
	"measures":    {scene: leftAlready, lines: []string{"measures"}},
	"whichWeeks":  {scene: leftAlready, lines: []string{"measures", "weeks"}},
	"printing":    {scene: officer, lines: []string{"2", "print"}},
	"paper":       onWardAs("b.jones", "letter", "letter"),
	"signing":     onWardAs("b.jones", "letter", "write", "Well.", ".", "See soon.", ".", "-", "Healthcare.", ".", "yes", "sign"),
	"rescue":      {scene: afterCourt, lines: []string{"released at court 1"}},
	"triage":      {scene: afterCourtNurse, lines: []string{"released at court 1", "1"}},
	"audit":       {scene: manager, lines: []string{"audit"}},
	"auditEntry":  {scene: manager, lines: []string{"audit", "entries", "1"}},
	"auditFilter": {scene: manager, lines: []string{"audit", "filter"}},
	"glassPage":   {scene: saferCustody, lines: []string{"1", "break glass", "", "1", "Found unconscious in the cell", "open g.ng", "yes"}},
	"worklist":    {scene: officer, lines: []string{"worklist"}},
	"overrides":   {scene: scene{signedIn: "e.wu", desk: broken}, lines: []string{"overrides"}},

	"gateWalk":     {scene: officerAtGate, lines: []string{"3", "release now"}},
	"afterRelease": {scene: nurseAfterward, lines: []string{"5", "after release"}},
}

// formWays is a way to every form, by the function that makes it.
var formWays = map[string]way{
	"newArrival":         {scene: officer, lines: []string{"book in"}},
	"newItemForm":        {scene: officer, lines: []string{"2", "state 20"}},
	"newReleaseForm":     {scene: officer, lines: []string{"2", "date"}},
	"newLetGoForm":       {scene: officer, lines: []string{"released at court 5"}},
	"newLetGoWho":        {scene: scene{signedIn: "a.khan", desk: func(testing.TB, *desk) {}}, lines: []string{"released at court"}},
	"newRescueStepForm":  {scene: afterCourt, lines: []string{"released at court 1", "7"}},
	"newTriageForm":      {scene: afterCourtNurse, lines: []string{"released at court 1", "1", "1"}},
	"newIdentityForm":    {scene: officerLetsGo, lines: []string{"3", "release now", "2"}},
	"newPropertyForm":    {scene: officerLetsGo, lines: []string{"3", "release now", "5"}},
	"newReceiptForm":     {scene: officerLetsGo, lines: []string{"3", "release now", "6"}},
	"newLeaveForm":       {scene: officerAtTheEnd, lines: []string{"3", "release now", "leaves"}},
	"newPassForm":        {scene: scene{signedIn: "b.jones", desk: atTheGate}, lines: []string{"4", "release now", "override 1"}},
	"newCheckForm":       {scene: nurseAfterward, lines: []string{"5", "after release", "1"}},
	"newAlertForm":       {scene: saferCustody, lines: []string{"1", "notes", "alert"}, more: map[string]string{"code": "not for release"}},
	"newAlertEndForm":    {scene: scene{signedIn: "g.ng", desk: heldBack}, lines: []string{"1", "notes", "end"}, more: map[string]string{"code": "1"}},
	"newCustodyNoteForm": {scene: scene{signedIn: "i.fox", desk: ward}, lines: []string{"1", "notes", "note"}},
	"newCellForm":        {scene: scene{signedIn: "i.fox", desk: ward}, lines: []string{"1", "notes", "location"}},
	"newMovementForm":    {scene: officer, lines: []string{"2", "movement"}},
	"newNHSForm":         {scene: nurse, lines: []string{"2", "nhs number"}},
	"newInstructionForm": {scene: nurse, lines: []string{"2", "instruct"}},
	"newSettle":          {scene: inConflict, lines: []string{"conflicts", "1"}},
	"newAppointmentForm": {scene: scene{signedIn: "b.jones", desk: smithsWard}, lines: []string{"1", "appointments", "appointment"}, more: map[string]string{"state": "2"}},
	"newResultForm":      {scene: scene{signedIn: "b.jones", desk: smithsWard}, lines: []string{"1", "appointments", "result"}, more: map[string]string{"state": "2", "of": "1"}},
	"newPreventionForm":  {scene: scene{signedIn: "b.jones", desk: smithsWard}, lines: []string{"1", "appointments", "vaccine or test"}, more: map[string]string{"state": "3", "of": "1"}},
	"newSeenOffForm":     {scene: scene{signedIn: "b.jones", desk: smithsWard}, lines: []string{"1", "letter", "seen"}, more: map[string]string{"answer": "2"}},
	"newConsentForm":     onWardAs("b.jones", "consent", "1"),
	"newStepForm":        onWardAs("b.jones", "gp", "do 1"),
	"newPrisonGPForm":    onWardAs("b.jones", "gp", "prison gp"),
	"newGMS1Form":        onWardAs("b.jones", "gp", "form", "fill 1"),
	"newKeepForm":        onWardAs("b.jones", "gp", "keep"),
	"newContactForm":     onWardAs("b.jones", "gp", "contact"),
	"newChaseForm":       {scene: scene{signedIn: "b.jones", desk: with(sent(3)...)}, lines: []string{"1", "gp", "do 1"}},
	"newDeductionForm":   {scene: scene{signedIn: "b.jones", desk: with(&model.PrisonGPSet{Registered: model.AnswerYes, Since: model.DayOf(deskNow) - 9})}, lines: []string{"1", "gp", "deducted"}},
	"newAllergyForm":     onWardAs("b.jones", "allergies", "add"),
	"newAllergyRemoval":  onWardAs("b.jones", "allergies", "remove 1"),
	"newAllergyAnswer":   onWardAs("b.jones", "allergies", "answer"),
	"newMedicineForm": {
		scene: scene{signedIn: "b.jones", desk: smithsWard}, lines: []string{"1", "medicines", "add"},
		more: map[string]string{"name": "Morphine", "form": "tablets", "dose": "5 ml", "more": "1", "schedule": "1"},
	},
	"newGlassForm":  {scene: scene{signedIn: "e.wu", desk: wardAtNight}, lines: []string{"1", "break glass"}},
	"newReviewForm": {scene: scene{signedIn: "e.wu", desk: broken}, lines: []string{"overrides", "1"}},
	"newStopForm":   onWardAs("b.jones", "medicines", "stop 1"),
	"newSupplyForm": {
		scene: scene{signedIn: "b.jones", desk: with(methadone(0), &model.MedicineCounted{ID: medicineID(0), Quantity: 40000, Unit: "ml", Days: 10, Day: model.DayOf(deskNow)})}, lines: []string{"1", "medicines", "supply 1"},
		more: map[string]string{"begins": "today"},
	},
	"newFurtherForm":    {scene: scene{signedIn: "b.jones", desk: smithsBags}, lines: []string{"1", "medicines", "further 1"}, more: map[string]string{"route": "1", "days": "14", "begins": "today"}},
	"newPackForm":       {scene: scene{signedIn: "b.jones", desk: with(methadone(0), decided(methadone(0), methadoneToHand))}, lines: []string{"1", "medicines", "packed"}, more: map[string]string{"which": "1"}},
	"newNoneForm":       {scene: scene{signedIn: "b.jones", desk: ward}, lines: []string{"1", "medicines", "none"}},
	"newCompareForm":    onWardAs("b.jones", "medicines", "reconciled"),
	"newPossessionForm": onWardAs("b.jones", "medicines", "supply 3"),
	"newOSTForm":        onWardAs("b.jones", "medicines", "supply 4"),
	"newNaloxoneForm":   onWardAs("b.jones", "medicines", "supply 5"),
	"newCountForm":      {scene: scene{signedIn: "b.jones", desk: smithsWard}, lines: []string{"1", "medicines", "count 1"}, more: map[string]string{"quantity": "10", "unit": "puffs"}},
	"newDepotForm":      {scene: scene{signedIn: "b.jones", desk: with(depot(0))}, lines: []string{"1", "medicines", "giver 1"}},
	"newBagForm":        {scene: scene{signedIn: "b.jones", desk: smithsBags}, lines: []string{"1", "medicines", "bags", "give"}},
	"newSeenForm":       {scene: scene{signedIn: "i.fox", desk: bagAtTheGate}, lines: []string{"1", "bags", "sign 1"}, more: map[string]string{"number": "BAG-17"}},
	"newAloneForm":      {scene: scene{signedIn: "b.jones", desk: bagAtTheGate}, lines: []string{"1", "release now", "override 9"}},
	"newWitnessForm":    {scene: scene{signedIn: "b.jones", desk: smithsBags}, lines: []string{"1", "medicines", "bags", "sign 1"}},
	"newReturnForm":     {scene: scene{signedIn: "b.jones", desk: smithsBags}, lines: []string{"1", "medicines", "bags", "return 1"}},
	"newLetterForm":     onWardAs("b.jones", "letter", "write"),
	"newPostForm":       onWardAs("b.jones", signedLetter("delivery", "1", "1", "Park Surgery", "", "", "yes", "delivery")...),
	"newCopyForm":       onWardAs("b.jones", signedLetter("copy")...),
	"newRiskForm":       onWardAs("b.jones", "letter", "risk"),
	"newEasyReadForm":   onWardAs("b.jones", "letter", "easy read"),
	"newWhyForm":        onWardAs("b.jones", signedLetter("write", "Better.", ".", "", "", "", "yes", "sign")...),
}

// signedLetter writes and signs the letter in plain mode, and goes on.
func signedLetter(then ...string) []string {
	return append([]string{"letter", "write", "Well.", ".", "See soon.", ".", "-", "Healthcare.", ".", "yes", "sign", "sign", "sign"}, then...)
}

var inConflict = scene{signedIn: "a.khan", desk: func(t testing.TB, d *desk) { morning(t, d); disagree(d) }}

var refused = scene{signedIn: "a.khan", desk: func(t testing.TB, d *desk) { morning(t, d); refuse(d) }}

// come goes a way, and fails when a line of it was not understood.
func (k *talk) come(w way) {
	k.t.Helper()
	for _, line := range w.lines {
		k.types(line)
		k.hearsNot("not a word of this screen", "not a whole word", "No line ")
	}
}

// sources are the functions of this package that are not tests.
func sources(t *testing.T) []*ast.FuncDecl {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []*ast.FuncDecl
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			if f, ok := declared.(*ast.FuncDecl); ok {
				all = append(all, f)
			}
		}
	}
	return all
}

// registered are the types of screens and the functions that make forms, as the
// sources have them.
func registered(t *testing.T) (screens, forms []string) {
	t.Helper()
	for _, f := range sources(t) {
		if f.Recv != nil && f.Name.Name == "Speak" {
			screens = append(screens, f.Recv.List[0].Type.(*ast.StarExpr).X.(*ast.Ident).Name)
		}
		if f.Recv == nil && calls(f, "newForm") {
			forms = append(forms, f.Name.Name)
		}
	}
	slices.Sort(screens)
	slices.Sort(forms)
	return screens, forms
}

// calls tells whether a function calls another by its name.
func calls(f *ast.FuncDecl, name string) bool {
	found := false
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			called, ok := call.Fun.(*ast.Ident)
			found = found || ok && called.Name == name
		}
		return true
	})
	return found
}

func TestPlainHasAWayToEveryScreenAndForm(t *testing.T) {
	screens, forms := registered(t)
	if known := slices.Sorted(maps.Keys(screenWays)); !slices.Equal(known, screens) {
		t.Errorf("the screens are %v; plain mode's ways lead to %v", screens, known)
	}
	if known := slices.Sorted(maps.Keys(formWays)); !slices.Equal(known, forms) {
		t.Errorf("the forms are %v; plain mode's ways lead to %v", forms, known)
	}
}

// TestPlainSaysEveryScreen walks to every screen and holds what plain mode
// promises there.
func TestPlainSaysEveryScreen(t *testing.T) {
	for kind, w := range screenWays {
		t.Run(kind, func(t *testing.T) {
			plainly(t, w.scene, func(k *talk) {
				k.come(w)
				if came, _ := k.plain.Kind(); came != kind {
					t.Fatalf("the way leads to %s:\n%s", came, k.all())
				}
				if !strings.Contains(k.last(), "\n") {
					t.Errorf("it says nothing: %q", k.last())
				}
				k.holdsActions(t)
				k.types("?", "where", "help", "again", "")
				k.holds(t)
			})
		})
	}
}

// holdsActions fails when an action cannot be had by a word, or help leaves it
// out.
func (k *talk) holdsActions(t *testing.T) {
	t.Helper()
	if key, _ := k.plain.Asking(); key != "" {
		return // a form is answered; its words are the same everywhere
	}
	k.types("?")
	for typed, err := range k.plain.Typed() {
		if err != nil {
			t.Error(err)
		}
		if !strings.Contains(k.last(), "\n"+typed+": ") {
			t.Errorf("help leaves out %q:\n%s", typed, k.last())
		}
	}
}

// pressed are words of keys and cursors, which plain mode has none of.
var pressed = regexp.MustCompile(`\b(Esc|Ctrl|Tab|Shift|Page Up|Page Down|F1)\b|cursor|\bpress\b|Space (ticks|opens)|Not now: \.|(?i)\b(what|who|nothing|nobody) is[.,:]|,\.`)

// holds fails unless everything that was ever said keeps the promises of plain
// mode: whole lines of text, no control bytes, no keys, one prompt at a time and
// no time lost.
func (k *talk) holds(t *testing.T) {
	t.Helper()
	said := k.all()
	if !utf8.ValidString(said) {
		t.Error("it is not UTF-8")
	}
	for _, r := range said {
		if r < ' ' && r != '\n' || r >= 0x7f && r <= 0x9f {
			t.Fatalf("a control character, %U, was written", r)
		}
	}
	for _, line := range strings.Split(said, "\n") {
		if found := pressed.FindString(line); found != "" {
			t.Errorf("%q speaks of %q", line, found)
		}
		if strings.Contains(line, "  ") {
			t.Errorf("%q has blanks to look at", line)
		}
	}
	if !strings.HasSuffix(said, ": ") {
		t.Errorf("it does not end with a prompt: %q", k.prompt())
	}
	if k.worked > time.Second {
		t.Errorf("it took %v of waiting for nothing: time is waited for with later", k.worked)
	}
}

// TestPlainAsksEveryField walks through every form along every choice, until
// every field was asked.
func TestPlainAsksEveryField(t *testing.T) {
	for maker, w := range formWays {
		t.Run(maker, func(t *testing.T) {
			seen, fields := map[string]bool{}, map[string]string{}
			queue := []map[string]string{{}, w.more}
			for len(queue) > 0 {
				answers := queue[0]
				queue = append(queue[1:], walkForm(t, w, answers, seen, fields)...)
			}
			for key, label := range fields {
				if !seen[key] {
					t.Errorf("%s (%s) is never asked", key, label)
				}
			}
		})
	}
}

// walkForm goes through a form with some answers and empty lines for the rest.
// It returns the answers to try next: each option of each question that was not
// seen before.
func walkForm(t *testing.T, w way, answers map[string]string, seen map[string]bool, fields map[string]string) (next []map[string]string) {
	t.Helper()
	plainly(t, w.scene, func(k *talk) {
		k.come(w)
		if kind, _ := k.plain.Kind(); kind != "formScreen" {
			t.Fatalf("the way leads to %s:\n%s", kind, k.all())
		}
		maps.Copy(fields, k.plain.FieldsOfForm())
		for range 60 {
			key, options := k.plain.Asking()
			if key == "" {
				break
			}
			if !seen[key] {
				seen[key] = true
				k.hears(part.Clean(fields[key]))
				for i := range options {
					more := maps.Clone(answers)
					if more == nil {
						more = map[string]string{}
					}
					more[key] = fmt.Sprint(i + 1)
					next = append(next, more)
				}
			}
			k.types(answers[key])
			if still, options := k.plain.Asking(); still == key && answers[key] != "" {
				if options == 0 {
					k.types("1") // what was found
				} else {
					k.types("") // an option that cannot be chosen now
				}
			}
			if still, _ := k.plain.Asking(); still == key {
				t.Fatalf("it stays at %s:\n%s", key, k.all())
			}
		}
		k.hears("Type yes, or check, back or cancel: ")
		k.types("check", "?", "cancel")
		k.holds(t)
	})
	return next
}

// TestPlainGoesToEveryDestination goes wherever the palette of the full screen
// goes.
func TestPlainGoesToEveryDestination(t *testing.T) {
	for _, sc := range []scene{officer, nurse, {signedIn: "e.wu"}} {
		plainly(t, sc, func(k *talk) {
			k.types("2", "find")
			screens := regexp.MustCompile(`(?m)^(\d+)\. Screen: ([^;\n]*)(; not now)?`).FindAllStringSubmatch(k.last(), -1)
			if len(screens) < 5 {
				t.Fatalf("few screens are found:\n%s", k.last())
			}
			for _, s := range screens {
				k.types("home", "2", "find", s[1])
				kind, _ := k.plain.Kind()
				if (kind == "person") != (s[3] != "") {
					t.Errorf("%s leads to %s:\n%s", s[2], kind, k.last())
				}
				k.types("cancel") // out of a form; elsewhere no word
			}
			k.holds(t)
		})
	}
}

// TestAllWaitingGoesThroughLater holds what plain mode needs to know when work
// is done.
func TestAllWaitingGoesThroughLater(t *testing.T) {
	for _, f := range sources(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && (s.Sel.Name == "Tick" || s.Sel.Name == "Every") {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "tea" && f.Name.Name != "Update" {
					t.Errorf("%s waits with tea.%s: use later", f.Name.Name, s.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestNoSentenceNamesAKeyToWhoHearsIt: "settle it with w" is for who sees the
// keys. Sentences for both say it with env.with, or with env.keys.
func TestNoSentenceNamesAKeyToWhoHearsIt(t *testing.T) {
	named := regexp.MustCompile(`\b(with|press|by) ([b-z]\b|a[,.])`)
	for _, f := range sources(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				s, ok := n.Fun.(*ast.SelectorExpr)
				return !ok || s.Sel.Name != "keys"
			case *ast.BasicLit:
				if n.Kind == token.STRING && named.MatchString(n.Value) {
					t.Errorf("%s says %s", f.Name.Name, n.Value)
				}
			}
			return true
		})
	}
}
