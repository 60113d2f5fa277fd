package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/throughgate/throughgate/model"
)

// Overrides lists every breaking of the glass that nobody else has looked at
// yet, the one that waits longest first. It is for the roles that review them.
// Whose overrides were shown is written to the access log, once in a session.
func (ss *Session) Overrides(ctx context.Context) ([]model.PersonOverride, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	if err := model.Allow(ss.actor, &model.GlassReviewed{}, nil); err != nil {
		return nil, err
	}
	var all []model.PersonOverride
	var people []model.PersonID
	kin := make(map[model.PersonID]bool)
	for _, row := range ss.Rows() {
		if row.Glass == 0 {
			continue
		}
		r, err := ss.peek(row.ID)
		if err != nil {
			return nil, err
		}
		people, kin[row.ID] = append(people, row.ID), ss.isKin(r)
		all = append(all, waitingOf(r)...)
	}
	slices.SortFunc(all, func(a, b model.PersonOverride) int {
		return cmp.Or(a.Override.At.Compare(b.Override.At), slices.Compare(a.Row.ID[:], b.Row.ID[:]))
	})
	return all, ss.noteOnce(model.AccessOverride, people, kin)
}

func waitingOf(r *model.Record) []model.PersonOverride {
	row := model.RowOf(r.ID, &r.Shared)
	var all []model.PersonOverride
	for _, o := range r.Glass() {
		if !o.IsReviewed() {
			all = append(all, model.PersonOverride{Row: row, Override: o})
		}
	}
	return all
}
