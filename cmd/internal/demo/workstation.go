package demo

import (
	"context"
	"errors"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/sync"
)

// workstation enrols the desk that will be shown and brings everything to it.
// While it fetches, a member of each side is signed in, so that all is unsealed
// and folded before anybody looks.
func (d *Demo) workstation(ctx context.Context) error {
	v, err := d.enrol(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	desk, err := store.Create(d.Desk, store.Identity(v.id), store.Options{Stretch: cheap})
	if err != nil {
		return err
	}
	return errors.Join(d.bring(ctx, desk, v), desk.Close())
}

func (d *Demo) bring(ctx context.Context, desk *store.Store, v *visitor) error {
	site, err := v.Site(ctx)
	if err != nil {
		return err
	}
	if err := desk.PutSite(site); err != nil {
		return err
	}
	for _, staff := range []model.StaffID{officer, nurse} {
		session, err := desk.SignIn(ctx, staff, Passphrase)
		if err != nil {
			return err
		}
		defer session.Close()
	}
	agent := sync.Agent{Desk: desk, Hub: v.Client}
	return agent.Once(ctx)
}
