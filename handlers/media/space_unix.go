//go:build linux || darwin || freebsd

package media

import "syscall"

// freeBytes tells how much of the disk that holds dir is left for an ordinary user.
func freeBytes(dir string) (uint64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, err
	}
	return uint64(st.Bavail) * uint64(st.Bsize), nil //nolint:gosec,unconvert // the types differ between systems
}
