package hub_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// TestManyDesksAtOnce has desks of two prisons write about the same people while
// these are moved to and fro and the administration works. Whenever a person was
// first said to be at the other prison, all ops about them must be in both feeds
// in the end, once.
func TestManyDesksAtOnce(t *testing.T) {
	const desks, pushes, people = 4, 12, 3
	s := newService(t)
	authors := map[model.SiteCode]*author{
		"LEI": s.staff("officer", "LEI", model.RoleReception), "MDI": s.staff("officer2", "MDI", model.RoleReception),
	}
	var all sync.WaitGroup
	for i := range desks {
		site, to := model.SiteCode("LEI"), model.SiteCode("MDI")
		if i%2 == 1 {
			site, to = to, site
		}
		d := s.desk(site)
		all.Go(func() {
			for n := range pushes {
				person := model.PersonID{byte(n%people) + 1}
				results, err := d.Push(t.Context(), []model.Envelope{d.write(authors[site], person, cell(fmt.Sprint(n))),
					d.write(authors[site], person, heldAt(to)), d.write(authors[site], person, cell("B"))})
				if err != nil {
					t.Error(err)
				}
				for _, r := range results {
					if r.Status != model.PushTaken {
						t.Errorf("%s: %s", r.Status, r.Reason)
					}
				}
			}
		})
	}
	all.Go(func() {
		for n := range pushes {
			if _, err := s.SetReference(rows("prisons", fmt.Sprintf(`{"n":%d}`, n))); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	for _, site := range []model.SiteCode{"LEI", "MDI"} {
		d := s.desk(site)
		feed := d.pull(0)
		stamps := map[model.Stamp]bool{}
		for _, e := range feed.Envelopes {
			stamps[e.Stamp] = true
		}
		if want := desks * pushes * 3; len(feed.Envelopes) != want || len(stamps) != want {
			t.Errorf("%s has %d ops, %d different, of %d", site, len(feed.Envelopes), len(stamps), want)
		}
		d.opens(authors[site], feed)
	}
}
