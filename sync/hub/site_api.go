package hub

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// getSite gives a desk its site's roster and keyrings.
func (h *Hub) getSite(w *reply, _ *http.Request, d *device) error {
	data, found := h.keep.siteData(d.Site)
	if !found {
		return unknownSite()
	}
	plain, err := json.Marshal(data)
	if err != nil {
		return internal("encode site", err)
	}
	w.Header().Set(wire.HeaderSiteRevision, strconv.FormatUint(data.Revision, 10))
	return w.send(http.StatusOK, wire.TypeSite, wire.Pack(plain))
}

// putKeyrings takes a keyring that somebody made at a desk of their site.
func (h *Hub) putKeyrings(w *reply, r *http.Request, d *device) error {
	text, err := body(w, r, wire.TypeJSON, wire.MaxJSON)
	if err != nil {
		return err
	}
	var ring model.SealedKeyring
	if json.Unmarshal(text, &ring) != nil {
		return model.Invalid("This is not a keyring.", "Check that workstation and hub are of the same version.")
	}
	if err := h.putKeyring(r.Context(), d, ring); err != nil {
		return err
	}
	return w.send(http.StatusNoContent, "", nil)
}

// getReference gives a desk a reference table.
func (h *Hub) getReference(w *reply, r *http.Request, _ *device) error {
	h.keep.mu.RLock()
	t := h.keep.tables[r.PathValue("table")]
	h.keep.mu.RUnlock()
	if t == nil {
		return model.NotFound("The hub has no such table.", "Import it there: throughgate-hub import.")
	}
	w.Header().Set(wire.HeaderReferenceRevision, wire.Revisions{t.Name: t.Revision}.String())
	return w.send(http.StatusOK, wire.TypeReference, t.Packed)
}
