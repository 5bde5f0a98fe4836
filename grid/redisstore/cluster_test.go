package redisstore_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// startCluster runs a cluster of one node, which refuses whatever spans slots, and returns its address.
func startCluster(t *testing.T) string {
	t.Helper()
	if !redistest.Real() {
		redistest.NewReal(t) // skips or fails
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	must(t, l.Close())
	dir := t.TempDir()
	cmd := exec.Command("redis-server", "--port", strconv.Itoa(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes",
		"--cluster-port", strconv.Itoa(port+1), "--dir", dir, "--save", "", "--logfile", dir+"/log")
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	address := "127.0.0.1:" + strconv.Itoa(port)
	c := redis.NewClient(&redis.Options{Addr: address, DisableIdentity: true})
	defer func() { _ = c.Close() }()
	ctx := context.Background()
	for range 500 {
		if c.Ping(ctx).Err() == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	must(t, c.ClusterAddSlotsRange(ctx, 0, 16383).Err())
	for range 500 {
		if c.Set(ctx, "x", "", 0).Err() == nil {
			return address
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the cluster does not come up")
	return ""
}

// On Redis Cluster, everything that one call touches lies in one slot.
func TestCluster(t *testing.T) {
	w := &world{t: t, work: newWork(t), ctx: context.Background()}
	s, err := redisstore.Open(context.Background(), redisstore.Options{
		URL: startCluster(t), Cluster: true, District: string(district), Sealer: newSealer(t),
		NextStage: w.work.NextStage,
	})
	must(t, err)
	defer func() { must(t, s.Close()) }()
	w.Store = s
	w.tour()
}
