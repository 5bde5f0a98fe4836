package redistest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"github.com/gridwarden/gridwarden/grid/redisstore/redisserver"
)

// databases is how many tests of one binary may use the server at the same time.
const databases = 256

// backend is the server of this test binary.
var backend struct {
	once   sync.Once
	server *redisserver.Server
	dir    string
	free   chan int // numbers of databases that no test uses
	err    error    // why there is no server
}

// Main starts the server, runs the tests, stops the server and returns the exit code.
func Main(m *testing.M) int {
	start()
	defer stop()
	if backend.err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "tests ran on miniredis only, the ones that need a real Redis were left out: %v\n", backend.err)
		if required() {
			return 1
		}
	}
	return m.Run()
}

func required() bool {
	return os.Getenv("GRIDWARDEN_REQUIRE_REDIS") == "1" //nolint:forbidigo // only tests import this package
}

func start() {
	backend.once.Do(func() {
		backend.free = make(chan int, databases)
		for i := range databases {
			backend.free <- i
		}
		if backend.dir, backend.err = os.MkdirTemp("", "gw-test-"); backend.err != nil {
			return
		}
		backend.server, backend.err = redisserver.Start(context.Background(), redisserver.Options{
			Dir: backend.dir, Volatile: true, Databases: databases,
		})
	})
}

func stop() {
	if backend.server != nil {
		_ = backend.server.Stop()
	}
	_ = os.RemoveAll(backend.dir)
}
