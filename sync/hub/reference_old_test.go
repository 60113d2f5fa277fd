package hub

import (
	"encoding/json"
	"testing"
)

// A table as hubs kept them before is served like any other.
func TestATableThatWasKeptUnpackedIsRead(t *testing.T) {
	var old table
	if err := json.Unmarshal([]byte(`{"name":"prisons","revision":3,"lines":"eyJjb2RlIjoiTEVJIn0K","rows":1}`), &old); err != nil {
		t.Fatal(err)
	}
	if now := old.ready(); !now.holds([]byte("{\"code\":\"LEI\"}\n")) || now.Lines != nil || now.Revision != 3 {
		t.Errorf("read %+v", now)
	}
}
