package redisserver

import (
	"os/exec"
	"syscall"
)

// diesWithUs makes the system end the child, as gracefully as Stop does, when this process is killed.
func diesWithUs(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} }
