package hub_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

func TestWhatADeskSendsReachesTheOthers(t *testing.T) {
	s := newService(t)
	officer := s.staff("officer", "LEI", model.RoleReception)
	nurse := s.staff("nurse", "LEI", model.RoleNurse)
	here, there, elsewhere := s.desk("LEI"), s.desk("LEI"), s.desk("MDI")
	batch := []model.Envelope{
		here.write(officer, ann, cell("A-1-001")),
		here.write(nurse, ann, &model.HealthNoted{Text: "Seen."}),
		here.write(officer, bert, cell("B-2-002")),
	}
	here.send(model.PushTaken, batch...)
	here.send(model.PushKnown, batch...)
	feed := there.pull(0)
	if len(feed.Envelopes) != len(batch) || feed.Next != 3 {
		t.Fatalf("%d ops up to %d", len(feed.Envelopes), feed.Next)
	}
	for i, e := range feed.Envelopes {
		got, _ := e.AppendBinary(nil)
		want, _ := batch[i].AppendBinary(nil)
		if string(got) != string(want) {
			t.Errorf("op %d arrived with other bytes than were sent", i)
		}
	}
	if feed := elsewhere.pull(0); len(feed.Envelopes) != 0 {
		t.Errorf("another prison got %d ops", len(feed.Envelopes))
	}
}

// refusals are ops that somebody would like to see taken, and what the hub says
// of each.
func refusals(s *service) []refusal {
	reception := func(d *desk, a *author, spoil ...func(*draft)) model.Envelope {
		return d.write(a, ann, cell("A-1-001"), spoil...)
	}
	op := func(change func(*model.Op)) func(*draft) { return func(w *draft) { change(w.op) } }
	head := func(change func(*model.Envelope)) func(*draft) { return func(w *draft) { w.after = change } }
	return []refusal{
		{"another device's name", "another computer", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Device[0]++ }))
		}},
		{"another device's stamp", "time stamp", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Stamp.Node++ }))
		}},
		{"a byte altered", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, head(func(e *model.Envelope) { e.Sealed[30] ^= 1 }))
		}},
		{"cut short", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, head(func(e *model.Envelope) { e.Sealed = e.Sealed[:20] }))
		}},
		{"moved to another person", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, head(func(e *model.Envelope) { e.Person = bert }))
		}},
		{"moved to another time", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, head(func(e *model.Envelope) { e.Stamp.Wall-- }))
		}},
		{"sealed for one person, written for another", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, head(func(e *model.Envelope) { s.resealAs(a, e, bert) }))
		}},
		{"a key nobody has", "a key this site does not have", func(d *desk, a *author) model.Envelope {
			return reception(d, a, func(w *draft) { w.version = 9 })
		}},
		{"another site's key", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, func(w *draft) { w.sealKey = make([]byte, seal.KeySize) })
		}},
		{"a compartment there is not", "a key this site does not have", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Compartment = 7 }))
		}},
		{"another's signature", "signature", func(d *desk, a *author) model.Envelope {
			return reception(d, a, func(w *draft) { w.key, _ = seal.NewSigningKey(rand.Reader) })
		}},
		{"the hub's first key", "signature", func(d *desk, a *author) model.Envelope {
			return reception(d, a, func(w *draft) { w.key = a.first })
		}},
		{"another's name", "signature", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Actor.Staff = "second" }))
		}},
		{"nobody on the roster", "roster", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Actor.Staff = "nobody" }))
		}},
		{"somebody of another site", "roster", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Actor.Staff = "away" }))
		}},
		{"as if of another site", "roster", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Actor.Site = "MDI" }))
		}},
		{"a role they have not", "role", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Actor.Role = model.RoleOMU }))
		}},
		{"as if the hub", "role", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Actor.Role = model.RoleHub }))
		}},
		{"from the future", "clock", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Stamp.Wall += 2 * model.MaxAhead.Milliseconds() }))
		}},
		{"a kind nobody knows", "older version", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Kind = "cell.painted" }))
		}},
		{"a body that is a web page", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Body = []byte("<html><body>Sign in to the network</body></html>") }))
		}},
		{"more than its kind may take", "too long", func(d *desk, a *author) model.Envelope {
			return d.write(a, ann, cell(strings.Repeat("A", 17<<10)))
		}},
		{"text that takes over a screen", "cannot be shown", func(d *desk, a *author) model.Envelope {
			return d.write(a, ann, cell("\x1b[2J"))
		}},
		{"a number of no form", "not a prison number", func(d *desk, a *author) model.Envelope {
			return d.write(a, ann, &model.PersonNumbered{Scheme: model.SchemePrison, Value: "12"})
		}},
		{"not their work", "may not do this", func(d *desk, a *author) model.Envelope {
			return d.write(a, ann, &model.InstructionGiven{Text: "Take two."})
		}},
		{"a conflict settled with what is not their work", "may not set", func(d *desk, a *author) model.Envelope {
			body, _ := model.EncodeChange(&model.ItemSet{Item: model.ItemMedicines})
			return d.write(a, ann, &model.ConflictSettled{In: model.Shared, At: "item/medicines", KeepKind: "item.set", KeepBody: body})
		}},
		{"a conflict settled with what is their work elsewhere", "not one of the two", func(d *desk, a *author) model.Envelope {
			body, _ := model.EncodeChange(&model.ItemSet{Item: model.ItemIdentity})
			return d.write(a, ann, &model.ConflictSettled{In: model.Shared, At: "item/medicines", KeepKind: "item.set", KeepBody: body})
		}},
		{"the other side's record, with its key", "not open to your role", func(d *desk, a *author) model.Envelope {
			nurse := s.staff("nurse", "LEI", model.RoleNurse)
			return d.write(a, ann, &model.HealthNoted{Text: "No."}, func(w *draft) {
				for _, k := range nurse.keys {
					if k.Compartment == model.Health {
						w.sealKey = k.Key
					}
				}
			})
		}},
		{"one op before is missing", "does not follow", func(d *desk, a *author) model.Envelope {
			return reception(d, a, op(func(o *model.Op) { o.Prev = model.Hash{1} }))
		}},
		{"too long", "damaged", func(d *desk, a *author) model.Envelope {
			return reception(d, a, head(func(e *model.Envelope) { e.Sealed = make([]byte, model.MaxBody) }))
		}},
	}
}

type refusal struct {
	name, because string
	make          func(*desk, *author) model.Envelope
}

// resealAs puts the envelope's content under another person's head, as somebody
// who holds the key can.
func (s *service) resealAs(a *author, e *model.Envelope, person model.PersonID) {
	key, err := seal.KeyFromBytes(a.keys[0].Key)
	if err != nil {
		s.tb.Fatal(err)
	}
	signed, err := seal.NewBox(key).OpenCompact(nil, e.Sealed, e.Head())
	if err != nil {
		s.tb.Fatal(err)
	}
	e.Person = person
	if e.Sealed, err = seal.NewBox(key).SealCompact(nil, signed, e.Head()); err != nil {
		s.tb.Fatal(err)
	}
}

// TestWhatMayNotBeIsRefusedAndTheQueueGoesOn sends each refused op between two
// good ones: these are taken, and all three are answered the same when the batch
// is sent again.
func TestWhatMayNotBeIsRefusedAndTheQueueGoesOn(t *testing.T) {
	s := newService(t)
	first, _ := s.staff("first", "LEI", model.RoleReception), s.staff("second", "LEI", model.RoleReception)
	s.staff("away", "MDI", model.RoleReception)
	for _, tt := range refusals(s) {
		t.Run(tt.name, func(t *testing.T) {
			d := s.desk("LEI")
			before := d.write(first, ann, cell("A-1-001"))
			seq, prev := d.seq, d.prev
			bad := tt.make(d, first)
			if bad.Device != d.Device { // it has no place in this device's chain
				d.seq, d.prev = seq, prev
			}
			after := d.write(first, ann, cell("A-1-002"))
			d.send(model.PushTaken, before)
			got := d.send(model.PushRefused, bad)
			if !strings.Contains(got[0].Reason, tt.because) {
				t.Errorf("refused because %q", got[0].Reason)
			}
			d.send(model.PushTaken, after)
			results, err := d.Push(t.Context(), []model.Envelope{before, bad, after})
			if err != nil {
				t.Fatal(err)
			}
			if results[0].Status != model.PushKnown || results[1] != got[0] || results[2].Status != model.PushKnown {
				t.Errorf("sent again: %v", results)
			}
		})
	}
}

func TestAReplayInAnotherPlaceIsRefused(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d := s.desk("LEI")
	one, two := d.write(a, ann, cell("A-1-001")), d.write(a, ann, cell("A-1-002"))
	d.send(model.PushTaken, one, two)
	moved := one
	moved.Seq = 3
	if got := d.send(model.PushRefused, moved); !strings.Contains(got[0].Reason, "damaged") {
		t.Errorf("refused because %q", got[0].Reason)
	}
	other := two
	other.Hash[0]++
	if got := d.send(model.PushRefused, other); got[0].Reason != model.ReasonOtherHash {
		t.Errorf("refused because %q", got[0].Reason)
	}
}

// TestGapsAndOrderAreBearable sends what a desk sends to a hub that lost its
// last ops: first what is new, then what is missing.
func TestGapsAndOrderAreBearable(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d := s.desk("LEI")
	one, two, three, four := d.write(a, ann, cell("1")), d.write(a, ann, cell("2")), d.write(a, ann, cell("3")), d.write(a, ann, cell("4"))
	d.send(model.PushTaken, four)
	d.send(model.PushTaken, two, one)
	d.send(model.PushKnown, four, one, two)
	if feed := d.pull(0); len(feed.Envelopes) != 3 {
		t.Errorf("%d ops are in the feed", len(feed.Envelopes))
	}
	d.send(model.PushTaken, three)
}

func TestTheDisabledAndTheWithdrawnAreShutOut(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d := s.desk("LEI")
	d.send(model.PushTaken, d.write(a, ann, cell("1")))
	if err := s.DisableStaff("first"); err != nil {
		t.Fatal(err)
	}
	if got := d.send(model.PushRefused, d.write(a, ann, cell("2"))); !strings.Contains(got[0].Reason, "disabled") {
		t.Errorf("refused because %q", got[0].Reason)
	}
	if err := s.WithdrawDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Push(t.Context(), []model.Envelope{d.write(a, ann, cell("3"))}); !errors.Is(err, errWithdrawn) {
		t.Errorf("a withdrawn device got %v", err)
	}
	if _, err := d.Pull(t.Context(), 0, "", 0); !errors.Is(err, errWithdrawn) {
		t.Errorf("a withdrawn device got %v", err)
	}
	if _, err := d.Client.Site(t.Context()); !errors.Is(err, errWithdrawn) {
		t.Errorf("a withdrawn device got %v", err)
	}
	for _, id := range []model.DeviceID{{}, {1}} {
		if err := s.WithdrawDevice(id); model.KindOf(err) != model.KindNotFound {
			t.Errorf("a device that is not: %v", err)
		}
	}
	if err := s.DisableStaff("nobody"); model.KindOf(err) != model.KindNotFound {
		t.Errorf("nobody was disabled: %v", err)
	}
}
