package backup

import (
	"fmt"
	"strings"

	"filippo.io/age"
)

// ParseRecipients reads age public keys: age1… and the newer age1pq1…, which
// cannot be mixed, for the stronger would then protect nothing. An error is for
// people and names a key by its place in the list.
func ParseRecipients(keys []string) ([]age.Recipient, error) {
	all := make([]age.Recipient, 0, len(keys))
	var hybrid int
	for i, key := range keys {
		r, isHybrid, err := parseRecipient(key)
		if err != nil {
			return nil, fmt.Errorf("key %d is not an age public key", i+1)
		}
		if isHybrid {
			hybrid++
		}
		all = append(all, r)
	}
	if hybrid != 0 && hybrid != len(keys) {
		return nil, fmt.Errorf("keys of the kinds age1 and age1pq cannot be mixed")
	}
	return all, nil
}

func parseRecipient(key string) (r age.Recipient, hybrid bool, err error) {
	if strings.HasPrefix(key, "age1pq1") {
		r, err = age.ParseHybridRecipient(key)
		return r, true, err
	}
	r, err = age.ParseX25519Recipient(key)
	return r, false, err
}
