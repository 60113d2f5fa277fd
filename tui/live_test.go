package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// selected is the line under the cursor, without its mark.
func (d *driver) selected() string { return strings.TrimPrefix(d.line("> "), "> ") }

func TestLiveNewsAppearsUnasked(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.desk.farAway("c.reid", smith, item(model.ItemLetter, model.Done, "signed"))
		d.settle()
		d.sees("GP yes    Meds NO    Letter signed")
	})
}

func TestLiveNewsNeverMovesTheCursor(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("down", "down")
		if got := d.selected(); !strings.Contains(got, "OKAFOR") {
			t.Fatalf("the cursor is on %q", got)
		}
		before := strings.Index(d.view(), "> A4411KD")
		for _, p := range []invented{
			{family: "Aaron", given: "Early", number: "A0001AA", time: "06:00", basis: model.BasisConfirmed},
			{family: "Zed", given: "Late", number: "A0002AA", in: -10, basis: model.BasisConfirmed},
		} {
			d.desk.person(t, p)
			d.settle()
		}
		d.sees("AARON, Early", "ZED, Late")
		if got := d.selected(); !strings.Contains(got, "OKAFOR") {
			t.Fatalf("the cursor went to %q", got)
		}
		_ = before
	})
}

func TestEnterNeverActsOnWhoMovedUp(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("esc")
		d.desk.farAway("d.osei", smith, &model.ReleaseSet{}) // another desk takes the date away
		d.settle()
		d.seesNot("SMITH")
		d.press("enter")
		d.sees("HMP Leeds  Releases", "Nobody is under the cursor: move it first.")
		d.press("down", "enter")
		d.sees("OKAFOR, Daniel  Born")
	})
}

func TestLiveNewsNeverChangesAFormUnderTheTypist(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("d", "tab", "tab", "ctrl+u")
		d.write("08:1")
		before := d.view()
		disagree(d.desk)
		d.settle()
		after := strings.Replace(d.view(), "1 conflict", "          ", 1)
		if after != before {
			t.Fatalf("the form changed:\n%s\nit was:\n%s", after, before)
		}
		d.write("5")
		d.press("end")
		d.sees("[08:15 ")
	})
}

func TestLiveNewsNeverClosesHelpOrPalette(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("ctrl+k")
		d.write("smi")
		disagree(d.desk)
		d.settle()
		d.sees("Find an action", "[smi ", "SMITH, John")
	})
}

// What was under the cursor when the palette opened may be gone when it
// chooses.
func TestThePaletteActsOnWhatIsThereNow(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("down", "ctrl+k")
		d.write("open the person")
		d.desk.farAway("d.osei", smith, &model.ReleaseSet{})
		d.settle()
		d.press("enter")
		d.sees("HMP Leeds  Releases", "Nobody is under the cursor")
	})
}

func TestAWriteUnderAnOldRecordIsAConflictAndNotLost(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("d")
		d.desk.write(t, "d.osei", smith, &model.ReleaseSet{Day: model.DayOf(d.desk.now()) + 2, Basis: model.BasisConfirmed})
		d.settle()
		d.press("tab", "ctrl+u")
		d.write("today")
		d.submit()
		d.sees("The release date is set.", "1 conflict to settle: press c.")
	})
}

// submit goes to the button of a form and presses it.
func (d *driver) submit() {
	d.t.Helper()
	for range 40 {
		if strings.HasPrefix(d.selected(), "[ ") {
			d.press("enter")
			return
		}
		d.press("tab")
	}
	d.t.Fatalf("the form has no button:\n%s", d.view())
}

func TestARefusalGoesWhenItIsNoLongerTrue(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.press("c")
		d.sees("Nothing of this person's is in conflict.")
		d.desk.write(t, "d.osei", smith, &model.CustodyNoted{Text: "Asked for his coat."})
		d.settle()
		d.sees("Nothing of this person's is in conflict.")
		disagree(d.desk)
		d.settle()
		d.sees("1 conflict to settle: press c.")
		d.seesNot("Nothing of this person's is in conflict.")
	})
}

func TestAConflictIsSettledOnce(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		disagree(d.desk)
		d.settle()
		d.sees("1 conflict")
		d.press("c", "enter", "down", "enter")
		d.write("Told by OMU on the telephone")
		d.submit()
		d.sees("No conflicts: nobody has overwritten", "Settled. Every desk will show it.")
		d.press("esc")
		d.seesNot("conflict")
		d.sees("SMITH, John     ! 10:30")
	})
}

func TestStaleAnswersAreDropped(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		hold := make(chan struct{})
		d.desk.set(func() { d.desk.hold = hold })
		d.settle()
		d.press("/")
		d.write("smi")
		d.write("th")
		reads := d.desk.reads
		d.desk.set(func() { d.desk.hold = nil })
		close(hold)
		d.settle()
		d.sees("/ smith", "1 of 8", "SMITH, John")
		d.seesNot("OKAFOR")
		if more := d.desk.reads - reads; more > 3 { // one of them counts the rescue lists for the header
			t.Errorf("five letters while it was busy made %d more reads", more)
		}
	})
}

func TestKeysTypedAheadOfAFilterWaitForWhoItFinds(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		sees string
	}{
		"the only one":   {[]string{"/", "smith", "enter", "enter"}, "SMITH, John  Born"},
		"the second":     {[]string{"/", "a", "enter", "down", "enter"}, ""},
		"nobody":         {[]string{"/", "zzz", "enter", "enter"}, "Nobody fits."},
		"the other list": {[]string{"tab", "/", "smith", "enter", "enter"}, "SMITH, John  Born"},
	} {
		t.Run(name, func(t *testing.T) {
			typed := func(d *driver, wait bool) string {
				hold := make(chan struct{})
				if wait {
					d.desk.set(func() { d.desk.hold = hold })
				}
				for _, key := range c.keys {
					if len(key) > 1 && strings.Contains("enter down tab esc", key) {
						d.press(key)
					} else {
						d.write(key)
					}
				}
				if wait {
					d.desk.set(func() { d.desk.hold = nil })
				}
				close(hold)
				d.settle()
				d.sees(c.sees)
				return d.view()
			}
			var slow, quick string
			inBubble(t, officer, func(d *driver) { slow = typed(d, true) })
			inBubble(t, officer, func(d *driver) { quick = typed(d, false) })
			if slow != quick {
				t.Errorf("typed ahead:\n%s\nin step:\n%s", slow, quick)
			}
		})
	}
}

func TestNobodyIsOpenedWhoWasNeverUnderTheCursor(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		hold := make(chan struct{})
		d.desk.set(func() { d.desk.hold = hold })
		d.press("/")
		d.write("smith")
		d.press("enter", "esc", "enter") // Escape would leave the cursor on who was found
		d.desk.set(func() { d.desk.hold = nil })
		close(hold)
		d.settle()
		d.sees("HMP Leeds  Releases", "Look who is under the cursor")
	})
}

func TestNewsIsReadOneAtATime(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		hold := make(chan struct{})
		d.desk.set(func() { d.desk.hold = hold })
		d.settle()
		before := d.desk.reads
		for range 50 {
			d.desk.farAway("c.reid", smith, item(model.ItemLetter, model.Done, "signed"))
			d.settle()
		}
		if more := d.desk.reads - before; more > 0 {
			t.Errorf("while one read was under way, %d more began", more)
		}
		d.desk.set(func() { d.desk.hold = nil })
		close(hold)
		d.settle()
		d.pass(time.Second)
		d.sees("Letter signed")
		if more := d.desk.reads - before; more > 3 {
			t.Errorf("fifty pieces of news made %d reads", more)
		}
	})
}

func TestALongAnswerSaysThatItIsWorking(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		hold := make(chan struct{})
		d.desk.set(func() { d.desk.hold = hold })
		d.settle()
		openSmith(d)
		d.seesNot("Working")
		d.pass(time.Second)
		d.sees("Working …")
		d.desk.set(func() { d.desk.hold = nil })
		close(hold)
		d.settle()
		d.seesNot("Working")
		d.sees("SMITH, John  Born")
	})
}

func TestTheHeaderTellsTheTruthEveryMinute(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		cutOff(d.desk)
		d.settle()
		d.sees("09:42", "OFFLINE 2h 14m")
		d.pass(6 * time.Minute)
		d.sees("09:48", "OFFLINE 2h 20m")
	})
}

func TestAtMidnightTodaysReleasesBecomeYesterdays(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", idle: 24 * time.Hour}, func(d *driver) {
		d.pass(15 * time.Hour)
		d.sees("00:42", "Was due  Mon 23-Nov-2026", "3 not gone", "Today  Tue 24-Nov-2026")
	})
}

func TestAProblemStaysWhileSomebodyTypesOn(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.toLine("Hand-over at the gate")
		d.press("n", "tab")
		d.desk.draftFails = &model.Error{Kind: model.KindOutside, Msg: "The draft could not be kept.", Hint: "The disk is full."}
		d.write("x")
		d.sees("The draft could not be kept. The disk is full.")
		d.desk.draftFails = nil
		d.write("yz")
		d.sees("The draft could not be kept. The disk is full.", "[xyz ")
		d.press("up")
		d.seesNot("could not be kept")
	})
}
