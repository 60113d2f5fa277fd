package tui_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

var manager = scene{signedIn: "e.wu", desk: watched}

// watched is a desk at which some things happened that a manager should ask
// about.
func watched(t testing.TB, d *desk) {
	morning(t, d)
	add := func(ago time.Duration, a model.Access) {
		a.Seq, a.At, a.Device = uint64(len(d.accesses)+1), d.at(-ago), model.DeviceID{0xd}
		d.accesses = append(d.accesses, a)
	}
	both := []model.Compartment{model.Shared, model.Health}
	add(80*time.Hour, model.Access{What: model.AccessSignedIn, Staff: "c.reid", Role: model.RolePrescriber, Via: model.ViaSSH})
	for i := range 24 {
		add(30*time.Hour-time.Duration(i)*20*time.Second, model.Access{What: model.AccessRecord, Staff: "b.jones", Role: model.RoleNurse, Via: model.ViaDesk, Person: model.PersonID{9, byte(i)}, Parts: both})
	}
	add(11*time.Hour, model.Access{What: model.AccessGlass, Staff: "g.ng", Role: model.RoleSaferCustody, Via: model.ViaDesk, Person: smith, Parts: both, Reason: string(model.GlassLife)})
	add(5*time.Hour, model.Access{What: model.AccessFound, Reason: string(model.HeadShorter), From: 812})
	add(4*time.Hour, model.Access{What: model.AccessFound, Reason: string(model.TroubleSummary), Person: smith, Parts: both[1:]})
	for i := range 6 {
		add(3*time.Hour-time.Duration(i)*time.Minute, model.Access{What: model.AccessSignInFailed, Staff: "a.khan", Via: model.ViaSSH})
	}
	add(2*time.Hour, model.Access{What: model.AccessRecord, Staff: "a.khan", Role: model.RoleReception, Via: model.ViaDesk, Person: smith, Parts: []model.Compartment{model.Shared, model.Custody}, Kin: true})
	add(time.Hour, model.Access{What: model.AccessExport, Staff: "d.osei", Role: model.RoleOMU, Via: model.ViaCommand, Many: 128})
	add(50*time.Minute, model.Access{What: model.AccessStaff, Role: model.RoleHub, Via: model.ViaCommand, Reason: string(model.StaffRole), Whom: "b.jones", As: model.RolePrescriber})
	add(40*time.Minute, model.Access{What: model.AccessRefused, Role: model.RoleHub, Staff: "a.khan", Of: model.DeviceID{0xe}, Reason: string(model.SuspectSignature), Many: 2})
	add(time.Minute, model.Access{What: model.AccessGap, Role: model.RoleHub, Of: model.DeviceID{0xe}, From: 41, Many: 3})
}

func TestAuditAlarmsScreen(t *testing.T) {
	requireScreen(t, manager, func(d *driver) { d.press("a") })
}

func TestAuditEntriesScreen(t *testing.T) {
	requireScreen(t, manager, func(d *driver) { d.press("a", "tab", "down", "down") })
}

func TestAuditEntryScreen(t *testing.T) {
	requireScreen(t, manager, func(d *driver) { d.press("a", "tab", "down", "down", "down", "down", "enter") })
}

func TestAuditFilterScreen(t *testing.T) {
	requireScreen(t, manager, func(d *driver) { d.press("a", "/") })
}

// Who may not read the audit reads why, and nothing is asked of the store.
func TestTheAuditSaysWhyNot(t *testing.T) {
	for _, staff := range []model.StaffID{"a.khan", "b.jones", "g.ng"} {
		inBubble(t, scene{signedIn: staff, desk: watched}, func(d *driver) {
			d.press("a")
			d.sees("The audit is not open to your role. It is for: Manager, Auditor.")
			d.seesNot("alarm")
			if d.desk.audited != 0 {
				t.Errorf("it was read %d times", d.desk.audited)
			}
		})
	}
}

func TestAnAlarmLeadsToItsEntries(t *testing.T) {
	inBubble(t, manager, func(d *driver) {
		d.sees("8 alarms")
		d.press("a")
		d.sees("[ 8 alarms ]", "3 entries missing before entry 41 of this workstation")
		d.press("down", "down", "enter")
		d.sees("[ 1 entry ]", "by or about KHAN, A, about A1234BC", "Opened the record, of their own fami")
		d.says("KHAN, A, Reception. At the workstation. About A1234BC.")
		d.press("tab")
		d.sees("[ 1 alarm ]")
		d.press("esc")
		d.sees("[ 8 alarms ]", "Own family name: Opened the record") // the cursor is on it again
		d.press("esc")
		d.sees("Today")
	})
}

// A name that the hub did not believe is not shown as who did it, and whose access
// was changed is named.
func TestTheAuditSaysWhoWasOnlyNamed(t *testing.T) {
	inBubble(t, manager, func(d *driver) {
		d.press("a", "down")
		d.sees("? KHAN, A")
		d.says("the name is claimed, not proven")
		d.press("tab", "down")
		d.sees("? KHAN, A")
		d.press("enter")
		d.sees("Claims to be", "KHAN, A (a.khan), which nothing proves")
		d.press("esc", "down")
		d.says("JONES, B: given another role, Prescriber. The hub. By a command.")
	})
}

func TestTheAuditIsFilteredByAForm(t *testing.T) {
	inBubble(t, manager, func(d *driver) {
		d.press("a", "/", "ctrl+u")
		d.write("-1d")
		d.press("enter", "enter")
		d.write("b.jones")
		for range 12 {
			d.press("tab")
			if d.line("> [ Show ]") != "" {
				break
			}
		}
		d.press("enter")
		d.sees("[ 25 entries ]", "by or about JONES, B", "Since 22-Nov-2026")
		d.press("/")
		d.sees("b.jones", "22-Nov-2026")
	})
}

func TestAFilterThatMakesNoSenseSaysWhy(t *testing.T) {
	inBubble(t, manager, func(d *driver) {
		d.press("a", "/", "enter", "enter", "enter")
		d.write("A0000AA")
		d.press("enter", "tab", "tab", "tab", "tab", "tab")
		for range 12 {
			if d.line("> [ Show ]") != "" {
				break
			}
			d.press("tab")
		}
		d.press("enter")
		d.sees("There is a problem", "Nobody here goes by this number.")
	})
}

// The audit is read when somebody asks for it, not at every news: reading it is
// an entry itself.
func TestNewsDoesNotReadTheAuditAnew(t *testing.T) {
	inBubble(t, manager, func(d *driver) {
		d.press("a", "tab")
		before := d.desk.audited
		for range 5 {
			d.desk.write(t, "a.khan", smith, &model.LocationSet{Cell: "B-1-001"})
			d.pass(time.Second)
		}
		if d.desk.audited != before || before != 1 {
			t.Errorf("read %d times, then %d", before, d.desk.audited)
		}
		d.press("r")
		if d.desk.audited != before+1 {
			t.Errorf("asked for, it was read %d times", d.desk.audited-before)
		}
	})
}

func TestALockIsWrittenDown(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", idle: 5 * time.Minute}, func(d *driver) {
		d.press("ctrl+l")
		d.signIn("a.khan")
		d.pass(6 * time.Minute)
		if d.desk.locks != 2 {
			t.Errorf("%d locks are written down, want one by hand and one by time", d.desk.locks)
		}
	})
}

func TestTheAuditInMono(t *testing.T) {
	sc := manager
	sc.theme = part.Mono
	inBubble(t, sc, func(d *driver) {
		d.press("a")
		if d.line("> ") == "" {
			t.Error("the line under the cursor has no mark")
		}
		d.sees("[ 8 alarms ]")
	})
}

// BenchmarkAudit is the screen over that many entries once they are there: going
// from alarms to entries, and a key that moves the cursor, with the frame painted.
func BenchmarkAudit(b *testing.B) {
	for _, n := range []int{100, 100_000} {
		for name, keys := range map[string][]string{"switch": {"tab"}, "move": {"down", "pgdown", "end", "home"}} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				d := begin(b, auditedDesk(n), scene{signedIn: "e.wu"})
				b.Cleanup(func() {
					d.app.Close()
					close(d.done)
				})
				d.until(" leaving, ")
				d.update(key("a"))
				d.until("entr")
				d.update(key("tab"))
				for i := 0; b.Loop(); i++ {
					d.app.Update(key(keys[i%len(keys)]))
					if len(d.app.View()) == 0 {
						b.Fatal("nothing was painted")
					}
				}
			})
		}
	}
}

// auditedDesk has so many entries in its access log.
func auditedDesk(n int) *desk {
	k := newDesk(func() time.Time { return deskNow })
	k.fixed = crowd(5000)
	for i := range n {
		k.accesses = append(k.accesses, model.Access{
			Seq: uint64(i + 1), At: k.at(-time.Duration(n-i) * time.Second), What: model.AccessRecord, Staff: "b.jones", Person: model.PersonID{1, byte(i % 10)},
		})
	}
	return k
}
