package tui_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/tui"
)

// keysPage is the page of every key, made from the screens' own actions.
const keysPage = "../docs/keys.md"

// openedStop is what somebody of safer custody comes to.
const openedStop = "What was opened by breaking the glass"

// stops is a walk through the screens, each from the board.
var stops = []struct {
	name  string
	scene scene
	come  func(*driver)
}{
	{"Release board", officer, func(*driver) {}},
	{"Release board, while filtering", officer, func(d *driver) { d.press("/") }},
	{"One person", nurse, openSmith},
	{"GP registration", nurse, smiths("g")},
	{"Registration form", nurse, smiths("g", "f")},
	{"Medicines", nurse, smiths("e")},
	{"Signing the medicines list", scene{signedIn: "c.reid", desk: with(pills(1)...)}, func(d *driver) { d.press("enter", "e", "r") }},
	{"Bags of medicines", scene{signedIn: "b.jones", desk: smithsBags}, func(d *driver) { d.press("enter", "v") }},
	{"Consent", nurse, smiths("o")},
	{"Allergies", nurse, smiths("y")},
	{"Appointments and results", nurse, smiths("w")},
	{"Discharge letter", nurse, smiths("l")},
	{"Letter to read", nurse, smiths("l", "p")},
	{"Alerts, instructions, notes and movements", nurse, smiths("a")},
	{"History", nurse, smiths("h")},
	{"Print", nurse, smiths("p")},
	{"Conflicts", officer, func(d *driver) { disagree(d.desk); d.press("c") }},
	{"Settling a conflict", officer, func(d *driver) { disagree(d.desk); d.press("c", "enter") }},
	{"Release now", officerAtGate, okafors("r")},
	{"After release", nurseAfterward, okafors("f")},
	{"Rescue list", afterCourtNurse, toRescue},
	{"Triage", afterCourtNurse, func(d *driver) { toRescue(d); d.press("home", "enter") }},
	{"Measures", manager, func(d *driver) { d.press("m") }},
	{"Weeks to measure", leftAlready, func(d *driver) { d.press("m", "w") }},
	{"Court tomorrow", officer, func(d *driver) { d.press("o") }},
	{"Court pack", officer, func(d *driver) { d.press("o", "tab", "enter") }},
	{"Audit: what to ask about", manager, func(d *driver) { d.press("a") }},
	{"Audit: what is written down", manager, func(d *driver) { d.press("a", "tab") }},
	{"An entry of the audit", manager, func(d *driver) { d.press("a", "tab", "enter") }},
	{"Choosing what of the audit is shown", manager, func(d *driver) { d.press("a", "/") }},
	{"Worklist", officer, func(d *driver) { d.press("w") }},
	{"Overrides", scene{signedIn: "e.wu", desk: broken}, func(d *driver) { d.press("v") }},
	{openedStop, saferCustody, brokenBy},
	{"Go to a date", officer, func(d *driver) { d.press("g") }},
	{"Change passphrase", officer, func(d *driver) { d.press("p") }},
	{"Sync", officer, func(d *driver) { d.press("s") }},
	{"Any form", officer, func(d *driver) { openSmith(d); d.press("d") }},
}

// smiths opens a screen from Mr Smith's page.
func smiths(keys ...string) func(*driver) {
	return func(d *driver) { openSmith(d); d.press(keys...) }
}

// TestKeysPageIsWhatTheScreensSay compares docs/keys.md with the actions of
// every screen. Run with -update after changing one.
func TestKeysPageIsWhatTheScreensSay(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Keys\n\nEvery key of every screen, as `?` and F1 show it there too. This page is made from\n" +
		"the screens by `make golden`.\n\nWhile somebody types, letters are text and never commands.\n")
	var everywhere []tui.Action
	for _, stop := range stops {
		t.Run(stop.name, func(t *testing.T) {
			inBubble(t, stop.scene, func(d *driver) {
				stop.come(d)
				here, always := d.app.ActionsHere()
				everywhere = always
				writeKeys(&page, stop.name, here)
			})
		})
	}
	writeKeys(&page, "On every screen", everywhere)
	if update := flag.Lookup("update"); update != nil && update.Value.String() == "true" {
		if err := os.WriteFile(keysPage, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(keysPage)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != page.String() {
		t.Errorf("%s is not what the screens say now; run make golden", keysPage)
	}
}

func writeKeys(page *strings.Builder, name string, actions []tui.Action) {
	fmt.Fprintf(page, "\n## %s\n\n| key | does |\n|---|---|\n", name)
	for _, action := range actions {
		key := tui.KeyWords(action.Key)
		if len(key) == 1 {
			key = "`" + key + "`"
		}
		fmt.Fprintf(page, "| %s | %s |\n", key, strings.ReplaceAll(action.Says, "|", "\\|"))
	}
}

// notStops are screens that the walk does not stop at, and why.
var notStops = map[string]string{
	"signIn":  "nobody is signed in there, so no role is asked about",
	"signing": "Discharge letter and its form say who may sign; what is signed there is a form's",
}

// Every screen is a stop of the walk: so it stands on the page of keys, and every
// role is held to what it says there.
func TestTheWalkStopsAtEveryScreen(t *testing.T) {
	screens, _ := registered(t)
	come := make(map[string]bool)
	for _, stop := range stops {
		inBubble(t, stop.scene, func(d *driver) {
			stop.come(d)
			come[strings.TrimPrefix(fmt.Sprintf("%T", d.app.Shown()), "*tui.")] = true
		})
	}
	for _, kind := range screens {
		if !come[kind] && notStops[kind] == "" {
			t.Errorf("no stop is a %s", kind)
		}
	}
}
