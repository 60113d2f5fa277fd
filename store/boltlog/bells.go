package boltlog

import (
	"sync"

	"github.com/throughgate/throughgate/model"
)

// bells tell whoever waits for news of a site. A channel serves everybody who
// waits at the time and is closed once; the next to ask gets a new one.
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

func (b *bells) ring(sites map[model.SiteCode]bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for site := range sites {
		if bell, waiting := b.sites[site]; waiting {
			close(bell)
			delete(b.sites, site)
		}
	}
}
