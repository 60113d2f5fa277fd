package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/doctor"
	"github.com/throughgate/throughgate/cmd/internal/edge"
)

func TestDoctorSaysHowItStands(t *testing.T) {
	c := newCentral(t)
	folder := c.enrolled()
	code, out, errout := call(t, "doctor", "--json", "--data", folder)
	var found examined
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != edge.Done || errout != "" || found.State != doctor.OK {
		t.Errorf("exit %d, %v, %+v, %q", code, err, found, errout)
	}
	want(t, edge.Done, "hub's answer  The hub is well.\n", "doctor", "--data", folder)
	c.stop()
	code, out, errout = call(t, "doctor", "--data", folder)
	if code != edge.Refused || !strings.Contains(out, "fail  hub's line") || !strings.Contains(out, "Do: Check this computer's network") || errout == "" {
		t.Errorf("exit %d, %q, %q", code, out, errout)
	}
}
