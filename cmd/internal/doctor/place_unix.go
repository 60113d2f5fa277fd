//go:build !windows

package doctor

import (
	"os"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

func freeRoom(folder string) (uint64, error) {
	var stat unix.Statfs_t
	if err := unix.Statfs(folder, &stat); err != nil {
		return 0, err
	}
	return uint64(stat.Bavail) * uint64(stat.Bsize), nil
}

// rights tells who else may look into the folder, and whether it is one of
// another computer: there two desks could hold one store.
func rights(check, folder string) (Line, bool) {
	info, err := os.Stat(folder)
	if err != nil {
		return failed(check, err), true
	}
	if owner, is := info.Sys().(*syscall.Stat_t); is && int(owner.Uid) != os.Geteuid() {
		return warn(check, folder+" belongs to another user of this computer.", "Give each user a folder of their own, with --data."), true
	}
	if info.Mode().Perm()&0o077 != 0 {
		return warn(check, "Other users of this computer may look into "+folder+".", "chmod 700 "+folder), true
	}
	if isNetwork(folder) {
		return warn(check, folder+" is on another computer.", "Use a folder on a disk of this computer: files are not locked as reliably over a network."), true
	}
	return Line{}, false
}

// isNetwork knows the file systems by which Linux reaches other computers
// (statfs(2)): NFS, SMB and CIFS.
func isNetwork(folder string) bool {
	var stat unix.Statfs_t
	if runtime.GOOS != "linux" || unix.Statfs(folder, &stat) != nil {
		return false
	}
	switch uint32(stat.Type) {
	case 0x6969, 0x517B, 0xFF534D42, 0xFE534D42:
		return true
	}
	return false
}

// mayBeChanged tells whether anybody but an administrator may write a file.
func mayBeChanged(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false // there is none
	}
	owner, is := info.Sys().(*syscall.Stat_t)
	return info.Mode().Perm()&0o022 != 0 || is && owner.Uid != 0
}
