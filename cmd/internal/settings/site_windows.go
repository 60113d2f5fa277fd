package settings

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// SiteFile is where the site's settings are, which only an administrator writes.
// The folder is asked of the system: a user can set the variable ProgramData.
func SiteFile() string {
	folder, err := windows.KnownFolderPath(windows.FOLDERID_ProgramData, 0)
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "Throughgate", "site.toml")
}
