package doctor

import (
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

func freeRoom(folder string) (uint64, error) {
	path, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(path, &free, nil, nil)
	return free, err
}

// rights tells whether all users of this computer may use the folder, and
// whether it is one of another computer: there two desks could hold one store.
func rights(check, folder string) (Line, bool) {
	if everybody(folder, windows.FILE_LIST_DIRECTORY|windows.FILE_WRITE_DATA|windows.GENERIC_READ|windows.GENERIC_ALL) {
		return warn(check, "Other users of this computer may look into "+folder+".", "Take away the rights of Users and Everyone in its properties, Security."), true
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(folder) + `\`)
	if err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return warn(check, folder+" is on another computer.", "Use a folder on a disk of this computer: files are not locked as reliably over a network."), true
	}
	return Line{}, false
}

// mayBeChanged tells whether all users of this computer may write a file.
func mayBeChanged(path string) bool {
	return path != "" && everybody(path, windows.FILE_WRITE_DATA|windows.GENERIC_WRITE|windows.GENERIC_ALL)
}

// everybody tells whether one of the groups that all users belong to has one of
// the rights. It reads the list of rights as it stands, inherited ones too.
func everybody(path string, mask windows.ACCESS_MASK) bool {
	security, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return false // there is none, or it is not ours to look at
	}
	list, _, err := security.DACL()
	if err != nil {
		return false
	}
	if list == nil {
		return true // no list at all lets everybody do everything
	}
	for i := range uint32(list.AceCount) {
		var entry *windows.ACCESS_ALLOWED_ACE
		if windows.GetAce(list, i, &entry) != nil || entry.Header.AceType != windows.ACCESS_ALLOWED_ACE_TYPE || entry.Mask&mask == 0 {
			continue
		}
		who := (*windows.SID)(unsafe.Pointer(&entry.SidStart))
		for _, group := range []windows.WELL_KNOWN_SID_TYPE{windows.WinWorldSid, windows.WinBuiltinUsersSid, windows.WinAuthenticatedUserSid} {
			if who.IsWellKnown(group) {
				return true
			}
		}
	}
	return false
}
