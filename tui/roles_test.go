package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
)

// staffOf is somebody of each role.
func staffOf(t *testing.T, d *desk, role model.Role) model.StaffID {
	t.Helper()
	for id, m := range d.staff {
		if m.actor.Role == role {
			return id
		}
	}
	t.Fatalf("nobody is %s", role)
	return ""
}

// visit comes to a stop of the walk as one role.
func visit(t *testing.T, i int, role model.Role, look func(d *driver, actions []tui.Action)) {
	t.Helper()
	sc := stops[i].scene
	sc.signedIn = staffOf(t, newDesk(time.Now), role)
	inBubble(t, sc, func(d *driver) {
		stops[i].come(d)
		here, _ := d.app.ActionsHere()
		look(d, here)
	})
}

// further are the stops that lie behind another screen, with those who come
// there: everybody else was told why on the way.
var further = map[string][]model.Role{
	"Registration form":                   {model.RoleHealthAdmin, model.RoleNurse, model.RolePrescriber, model.RolePharmacy, model.RoleSubstanceMisuse}, // behind GP registration, which says why
	"Signing the medicines list":          {model.RolePrescriber},                                                                                        // the same key prepares the list for others
	openedStop:                            {model.RoleSaferCustody},                                                                                      // its form asks other roles other questions
	"Triage":                              {model.RoleNurse, model.RolePrescriber, model.RolePharmacy, model.RoleSubstanceMisuse, model.RoleHealthAdmin},
	"Letter to read":                      {model.RoleHealthAdmin, model.RoleNurse, model.RolePrescriber, model.RolePharmacy, model.RoleSubstanceMisuse}, // behind the discharge letter, which says why
	"Choosing what of the audit is shown": {model.RoleManager, model.RoleAuditor},
	"Audit: what is written down":         {model.RoleManager, model.RoleAuditor},
	"An entry of the audit":               {model.RoleManager, model.RoleAuditor},
}

// TestEveryActionOfEveryScreenIsThereForEveryRole walks all roles over all
// screens. What a role may not do stands in its help all the same, with a
// sentence that says why; what is not dimmed is not refused; and a screen that
// does not open says why as well.
func TestEveryActionOfEveryScreenIsThereForEveryRole(t *testing.T) {
	for i := range stops {
		t.Run(stops[i].name, func(t *testing.T) {
			var title string // as the screen's own role sees it
			var keys []string
			inBubble(t, stops[i].scene, func(d *driver) {
				stops[i].come(d)
				here, _ := d.app.ActionsHere()
				title, keys = d.app.Shown().Title(), keysOf(here)
			})
			for _, role := range model.Roles() {
				if only := further[stops[i].name]; only != nil && !slices.Contains(only, role) {
					continue
				}
				t.Run(string(role), func(t *testing.T) { lookAround(t, i, role, title, keys) })
			}
		})
	}
}

func lookAround(t *testing.T, i int, role model.Role, title string, keys []string) {
	var live []string
	visit(t, i, role, func(d *driver, actions []tui.Action) {
		live = requireSentences(t, actions)
		if d.app.Shown().Title() != title {
			requireReason(t, d)
			live = nil
			return
		}
		if got := keysOf(actions); !slices.Equal(got, keys) {
			t.Errorf("has the keys %v, elsewhere %v", got, keys)
		}
	})
	for _, key := range live {
		visit(t, i, role, func(d *driver, _ []tui.Action) {
			before := isRefusing(d)
			d.press(key)
			if d.app.Shown().Title() == title && isRefusing(d) && !before {
				t.Errorf("%s is not dimmed, and refused:\n%s", key, d.view())
			}
		})
	}
}

// requireReason holds that the screen says why another did not open.
func requireReason(t *testing.T, d *driver) {
	t.Helper()
	if !isRefusing(d) && !strings.Contains(d.view(), "Held by healthcare. ") {
		t.Errorf("nothing says why the screen did not open:\n%s", d.view())
	}
}

// isRefusing tells whether the screen says that the role may not do something.
func isRefusing(d *driver) bool {
	plain := strings.Join(strings.Fields(d.view()), " ")
	return strings.Contains(plain, "may not do this") || strings.Contains(plain, "is not open to your role")
}

// requireSentences fails on an action that is neither to be had nor explained,
// and returns the keys of those that do something now.
func requireSentences(t *testing.T, actions []tui.Action) (live []string) {
	t.Helper()
	for _, action := range actions {
		switch why := strings.TrimSpace(action.Disabled); {
		case action.Says == "":
			t.Errorf("%s says nothing", action.Key)
		case why == "" && action.Run != nil:
			live = append(live, action.Key)
		case why != "" && (!strings.HasSuffix(why, ".") || !strings.Contains(why, " ")):
			t.Errorf("%s gives as its reason %q", action.Key, why)
		}
	}
	return live
}

func keysOf(actions []tui.Action) []string {
	keys := make([]string, len(actions))
	for i, action := range actions {
		keys[i] = action.Key
	}
	slices.Sort(keys)
	return keys
}
