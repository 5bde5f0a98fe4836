package redisserver

import (
	"os/exec"
	"runtime"
)

// Launch starts a child that ends with this process, however that ends, and returns a channel that is closed when the child
// is gone. It waits for the child on a thread of its own: the system ends a child with the thread that started it, so this
// thread must live as long as the child should. How the child ended is not told; its log does.
func Launch(cmd *exec.Cmd) (exited <-chan struct{}, err error) {
	diesWithUs(cmd)
	gone := make(chan struct{})
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		failed := cmd.Start()
		started <- failed
		if failed == nil {
			_ = cmd.Wait()
		}
		close(gone)
	}()
	return gone, <-started
}
