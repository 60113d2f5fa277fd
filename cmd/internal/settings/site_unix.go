//go:build !windows

package settings

// SiteFile is where the site's settings are, which only an administrator writes.
func SiteFile() string { return "/etc/throughgate/site.toml" }
