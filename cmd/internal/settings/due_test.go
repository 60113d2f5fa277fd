package settings_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
)

func TestAPrisonSetsItsOwnDueDays(t *testing.T) {
	s := load(t, "[due]\nreconnect = -56\n", "[due]\nmedicines = -2\n")
	timeline := s.Due.Timeline()
	if len(timeline) != 2 || timeline[model.ItemReconnect] != -56 || timeline[model.ItemMedicines] != -2 || !s.Locked("due.medicines") {
		t.Errorf("%v", timeline)
	}
	for _, v := range s.Values() {
		if strings.HasPrefix(v.Key, "due.") && v.Default != v.Value && v.Key != "due.reconnect" && v.Key != "due.medicines" {
			t.Errorf("%+v", v)
		}
	}
	standard := settings.Default()
	if len(standard.Due.Timeline()) != 0 {
		t.Error("what the checklist itself says is set nowhere")
	}
}
