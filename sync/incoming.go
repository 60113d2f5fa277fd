package sync

import (
	"context"
	"errors"
	"time"
)

// pullNext fetches and merges the next piece of the feed, and tells whether
// there may be more at once. The site's data comes before the ops that a new
// key in it has signed; when it cannot be had the ops are merged all the same,
// and looked at again when it comes.
func (a *Agent) pullNext(ctx context.Context, wait time.Duration) (more bool, err error) {
	after, epoch, err := a.Desk.Cursor()
	if err != nil {
		return false, atDesk("cursor", err)
	}
	if err := a.present(); err != nil {
		return false, err
	}
	feed, err := a.Hub.Pull(ctx, after, epoch, wait)
	if err != nil {
		return false, a.noteBehind(err)
	}
	if err := a.keepTurn(feed); err != nil {
		return false, err
	}
	a.letIn()
	a.reached()
	if epoch != "" && feed.Epoch != epoch {
		a.Log.Warn("the hub went back to an earlier state; everything is fetched and offered again")
		if err := a.Desk.Refill(feed.Epoch, feed.Head); err != nil {
			return false, atDesk("refill", err)
		}
		return true, nil
	}
	a.shownEpoch()
	lacking := a.fetchSite(ctx, feed.SiteRevision)
	if err := a.Desk.PutHead(feed.Head); err != nil {
		return false, atDesk("put head", err)
	}
	if len(feed.Envelopes) > 0 || feed.Next != after || epoch == "" {
		if err := a.Desk.Merge(feed.Envelopes, feed.Next, feed.Epoch); err != nil {
			return false, atDesk("merge", err)
		}
	}
	if err := a.fetchWanted(ctx); lacking == nil {
		lacking = err
	}
	if err := a.fetchTables(ctx, feed.Tables); lacking == nil {
		lacking = err
	}
	return feed.Next != after, lacking
}

// noteBehind gives the desk what a hub says of itself that has less than it gave
// out: the desk keeps it as evidence.
func (a *Agent) noteBehind(err error) error {
	var b *Behind
	if errors.As(err, &b) {
		if kept := a.Desk.PutHead(b.Head); kept != nil {
			return atDesk("put head", kept)
		}
	}
	return err
}

// fetchSite goes by "other" and not by "newer": a restored hub counts again
// from where it stood.
func (a *Agent) fetchSite(ctx context.Context, revision uint64) error {
	if a.Desk.Site().Revision == revision {
		return nil
	}
	site, err := a.Hub.Site(ctx)
	if err != nil {
		return err
	}
	if err := a.Desk.PutSite(site); err != nil {
		return atDesk("put site", err)
	}
	return nil
}

func (a *Agent) fetchTables(ctx context.Context, current Revisions) error {
	var lacking error
	for table, revision := range current {
		if err := a.fetchTable(ctx, table, revision); err != nil && lacking == nil {
			lacking = err
		}
	}
	return lacking
}

func (a *Agent) fetchTable(ctx context.Context, table string, revision uint64) error {
	here, err := a.Desk.ReferenceRevision(table)
	if err != nil {
		return atDesk("reference", err)
	}
	if here == revision {
		return nil
	}
	rows, revision, err := a.Hub.Reference(ctx, table)
	if err != nil {
		return err
	}
	if err := a.Desk.PutReference(table, revision, rows); err != nil {
		return atDesk("put reference", err)
	}
	return nil
}
