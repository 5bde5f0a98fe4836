package redisserver

// PID is the child's.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Abandon gives up the directory as a killed process does, and leaves the child running.
func (s *Server) Abandon() { _ = s.cleanUp() }
