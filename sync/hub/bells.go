package hub

import (
	"sync"

	"github.com/throughgate/throughgate/model"
)

// bells wake who waits for news of a site that is not an op: its roster, a
// reference table, a device withdrawn. A channel is closed once.
type bells struct {
	mu    sync.Mutex
	sites map[model.SiteCode]chan struct{}
}

func (b *bells) of(site model.SiteCode) <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.sites == nil {
		b.sites = make(map[model.SiteCode]chan struct{})
	}
	bell, waiting := b.sites[site]
	if !waiting {
		bell = make(chan struct{})
		b.sites[site] = bell
	}
	return bell
}

func (b *bells) ring(site model.SiteCode) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bell, waiting := b.sites[site]; waiting {
		close(bell)
		delete(b.sites, site)
	}
}

func (b *bells) ringAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for site, bell := range b.sites {
		close(bell)
		delete(b.sites, site)
	}
}
