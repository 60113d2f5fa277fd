package hub

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
)

// What becomes of a workstation, and what it sends that no honest program would,
// is for the managers of its prison to see: the hub writes it down in its own
// chain of the site's access log, from where every desk of the site has it.

// noteDevice writes down what became of a device.
func (h *Hub) noteDevice(id model.DeviceID, at model.SiteCode, event model.DeviceEvent, many int) error {
	entry := model.Access{
		What: model.AccessDevice, At: model.InstantOf(h.Now()), Role: model.RoleHub, Of: id, Reason: string(event), Many: uint64(max(many, 0)),
	}
	return h.ownAccess(context.Background(), at, []model.Access{entry}, nil)
}

// noteStaff writes down at a prison what is about to be done about somebody's
// access there, and the role that they have then. It comes before the change:
// nobody's access changes without an entry, whatever fails in between.
func (h *Hub) noteStaff(at model.SiteCode, event model.StaffEvent, whom model.StaffID, as model.Role) error {
	entry := model.Access{
		What: model.AccessStaff, At: model.InstantOf(h.Now()), Role: model.RoleHub, Via: model.ViaCommand, Reason: string(event), Whom: whom, As: as,
	}
	return h.ownAccess(context.Background(), at, []model.Access{entry}, nil)
}

// noteRotated writes down at a prison which of its keys are about to be replaced.
func (h *Hub) noteRotated(at model.SiteCode, of []model.Compartment) error {
	entry := model.Access{
		What: model.AccessStaff, At: model.InstantOf(h.Now()), Role: model.RoleHub, Via: model.ViaCommand, Reason: string(model.StaffRotated), Parts: of,
	}
	return h.ownAccess(context.Background(), at, []model.Access{entry}, nil)
}

// innocent are reasons to refuse what an honest program may have sent: its news
// were late, or it is of another version.
var innocent = []string{reasonKey, reasonOldKey, reasonNewer, reasonRole, reasonFirst, reasonElsewhere, model.ReasonWrite}

var suspicions = map[string]model.Suspicion{
	reasonSigned: model.SuspectSignature, reasonUnknown: model.SuspectUnknown, reasonOff: model.SuspectDisabled,
	reasonDevice: model.SuspectDevice, reasonNode: model.SuspectDevice, reasonDamaged: model.SuspectDamaged, reasonClock: model.SuspectClock,
	model.ReasonOtherHash: model.SuspectOrder, model.ReasonStamp: model.SuspectOrder, model.ReasonChain: model.SuspectOrder,
}

// suspect is what is held against a device: why, and in whose name.
type suspect struct {
	device model.DeviceID
	why    model.Suspicion
	staff  model.StaffID // "" where it is nobody's on the roster
}

// suspectsIn counts what of a push no honest program sends. An entry of a life of
// the device that has ended may well meet another in its place.
func (h *Hub) suspectsIn(d *device, verdicts []verdict, results []model.PushResult) map[suspect]uint64 {
	var found map[suspect]uint64
	for i, r := range results {
		v := &verdicts[i]
		if r.Status != model.PushRefused || slices.Contains(innocent, r.Reason) ||
			r.Reason == model.ReasonOtherHash && v.entry.Incarnation != d.Incarnation {
			continue
		}
		s := suspect{device: d.ID, why: suspicions[r.Reason]}
		if s.why == "" {
			s.why = model.SuspectRights
		}
		if h.keep.member(v.by) != nil {
			s.staff = v.by
		}
		if found == nil {
			found = make(map[suspect]uint64)
		}
		found[s]++
	}
	return found
}

// suspectRest is how long one entry stands for all that is held against a device
// for one reason: it may send for ever.
const suspectRest = 10 * time.Minute

// suspected remembers what was written down when, and what has come since.
type suspected struct {
	mu   sync.Mutex
	last map[suspect]time.Time
	more map[suspect]uint64
}

// mostNamed is in how many names one device is held something against at a time.
// It is the device that says whose an entry is: one that forges would fill the
// audit with everybody's. Beyond them it is nobody's.
const mostNamed = 12

// due adds what was found of a device, and returns what is to be written down now.
func (s *suspected) due(id model.DeviceID, found map[suspect]uint64, now time.Time) map[suspect]uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		s.last, s.more = make(map[suspect]time.Time), make(map[suspect]uint64)
	}
	named := 0
	for who, last := range s.last {
		switch {
		case now.Sub(last) >= suspectRest || now.Before(last):
			delete(s.last, who)
		case who.device == id && who.staff != "":
			named++
		}
	}
	due := make(map[suspect]uint64)
	for who, n := range found {
		if _, rests := s.last[who]; !rests && who.staff != "" {
			if named++; named > mostNamed {
				who.staff = ""
			}
		}
		s.more[who] += n
		if _, rests := s.last[who]; !rests {
			due[who] = 0
		}
	}
	for who := range due {
		due[who], s.last[who] = s.more[who], now
		delete(s.more, who)
	}
	return due
}

// untold takes back that something was written down: the disk did not take it.
func (s *suspected) untold(due map[suspect]uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for who, n := range due {
		s.more[who] += n
		delete(s.last, who)
	}
}

// noteSuspects writes down what a device sent that no honest program sends.
func (h *Hub) noteSuspects(ctx context.Context, d *device, found map[suspect]uint64) error {
	if len(found) == 0 {
		return nil
	}
	now := h.Now()
	var entries []model.Access
	due := h.suspected.due(d.ID, found, now)
	for who, n := range due {
		entries = append(entries, model.Access{
			What: model.AccessRefused, At: model.InstantOf(now), Staff: who.staff, Role: model.RoleHub, Of: d.ID, Reason: string(who.why), Many: n,
		})
	}
	if len(entries) == 0 {
		return nil
	}
	slices.SortFunc(entries, func(a, b model.Access) int {
		return cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Staff, b.Staff))
	})
	err := h.ownAccess(context.WithoutCancel(ctx), d.Site, entries, nil) // who hangs up is held to it all the same
	if err != nil {
		h.suspected.untold(due)
	}
	return err
}
