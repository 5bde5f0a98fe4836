package redisstore_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid/redisstore"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

const slots = 16384 // of every Redis Cluster

// startCluster runs a cluster of so many masters with as many slots each.
func startCluster(t *testing.T, masters int) []*redistest.Node {
	t.Helper()
	ctx := context.Background()
	nodes := make([]*redistest.Node, masters)
	for i := range nodes {
		nodes[i] = redistest.NewNode(t, "cluster-enabled yes", "cluster-node-timeout 2000")
		must(t, nodes[i].Client.ClusterAddSlotsRange(ctx, i*slots/masters, (i+1)*slots/masters-1).Err())
		must(t, nodes[i].Client.Do(ctx, "cluster", "set-config-epoch", i+1).Err())
		must(t, nodes[i].Client.Do(ctx, "cluster", "meet", nodes[0].Host, nodes[0].Port, nodes[0].Bus).Err())
	}
	for _, n := range nodes {
		redistest.Until(t, 20*time.Second, "cluster", func() bool {
			info := n.Client.ClusterInfo(ctx).Val()
			return strings.Contains(info, "cluster_state:ok") && strings.Contains(info, fmt.Sprintf("cluster_size:%d\r", masters))
		})
	}
	return nodes
}

// openCluster opens a district's store on the cluster.
func openCluster(t *testing.T, nodes []*redistest.Node, of string) *world {
	t.Helper()
	addresses := make([]string, len(nodes))
	for i, n := range nodes {
		addresses[i] = n.Addr()
	}
	return openWorld(t, redisstore.Options{URL: strings.Join(addresses, ","), Cluster: true, District: of})
}

// On Redis Cluster, everything that one call touches lies in one slot: a node refuses whatever spans slots.
func TestCluster(t *testing.T) {
	openCluster(t, startCluster(t, 1), string(district)).tour()
}

// On several masters everything of a district lies on one of them, in one slot, districts spread over them, and whatever
// several workers do at once, the indexes agree.
func TestClusterSpreads(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	nodes := startCluster(t, 3)
	ctx := context.Background()
	homes := map[int64]string{}
	for number := 630202; len(homes) < len(nodes); number++ { // real districts are numbered like that; one for each master
		of := strconv.Itoa(number)
		slot := nodes[0].Client.ClusterKeySlot(ctx, "gw:{"+of+"}:").Val()
		if home := slot * int64(len(nodes)) / slots; homes[home] == "" {
			homes[home] = of
			openCluster(t, nodes, of).tour()
		}
	}
	for home, of := range homes {
		prefix := "gw:{" + of + "}:"
		keys := nodes[home].Client.Keys(ctx, "*").Val()
		if len(keys) < 15 {
			t.Errorf("%d keys of district %s", len(keys), of)
		}
		for _, key := range keys {
			if !strings.HasPrefix(key, prefix) {
				t.Errorf("%s lies with %s", key, prefix)
			}
		}
	}

	w := openCluster(t, nodes, string(district))
	addresses := []string{nodes[1].Addr()} // one is enough to find the others
	w.client = redis.NewClusterClient(&redis.ClusterOptions{Addrs: addresses, DisableIdentity: true})
	defer func() { must(t, w.client.Close()) }()
	agree(w)
}
