package redisstore

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/gridwarden/gridwarden/grid/casework"
)

// Options say where Redis is and what the store needs to know.
type Options struct {
	// URL is redis://, rediss:// (TLS) or unix://, as redis.io documents them, or host:port. Several, separated by
	// commas, are the nodes of a cluster or, with Master, the Sentinels; user, password, database and TLS are then those
	// of the first.
	URL              string
	Master           string // name of the master that Sentinels watch; a failover may lose the last moments (asynchronous)
	SentinelUser     string
	SentinelPassword string
	Cluster          bool // Redis Cluster, even when one address is given
	PoolSize         int  // connections; 0: 64. With appendfsync always the pool size is the throughput
	MinIdle          int  // connections kept warm; 0: 8. A cold pool costs the first users tens of milliseconds

	Coalesce bool // send commits made at the same time together: for appendfsync always

	District  string // code of the district: every key carries it
	Sealer    Sealer
	NextStage func(casework.Case) (time.Time, bool) // casework.Work.NextStage: when the case is next due
	Observe   func(op string, d time.Duration, err error)
}

// Numbers of the connection. Clusters reload their slots often because connections refused do not make the client do so
// by itself, and a failover would be noticed after a minute only.
const (
	defaultPool    = 64
	defaultMinIdle = 8
	waiterPool     = 8
	clusterReload  = 3 * time.Second
)

var quiet sync.Once

// Open connects, checks that Redis answers, and returns the store. The error names no password.
func Open(ctx context.Context, o Options) (*Store, error) {
	quiet.Do(func() { redis.SetLogger(silence{}) })
	u, err := o.universal()
	if err != nil {
		return nil, err
	}
	s, err := New(o.dial(u), o)
	if err != nil {
		return nil, err
	}
	waits := *u
	waits.PoolSize, waits.MinIdleConns = waiterPool, 0
	s.waiter, s.owned = o.dial(&waits), true
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// universal reads the addresses into go-redis' terms.
func (o Options) universal() (*redis.UniversalOptions, error) {
	parts := strings.Split(o.URL, ",")
	first, err := parseAddress(parts[0])
	if err != nil {
		return nil, err
	}
	u := &redis.UniversalOptions{
		Addrs: []string{first.Addr}, DB: first.DB, Username: first.Username, Password: first.Password,
		TLSConfig: first.TLSConfig, MasterName: o.Master, IsClusterMode: o.Cluster,
		SentinelUsername: o.SentinelUser, SentinelPassword: o.SentinelPassword,
		ContextTimeoutEnabled: true, DisableIdentity: true, PoolSize: o.PoolSize, MinIdleConns: o.MinIdle, PipelinePoolSize: -1,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	for _, p := range parts[1:] {
		more, err := parseAddress(p)
		if err != nil {
			return nil, err
		}
		u.Addrs = append(u.Addrs, more.Addr)
	}
	if u.PoolSize <= 0 {
		u.PoolSize = defaultPool
	}
	if u.MinIdleConns <= 0 {
		u.MinIdleConns = defaultMinIdle
	}
	u.MinIdleConns = min(u.MinIdleConns, u.PoolSize)
	return u, nil
}

// dial makes the client that fits: a cluster's, a Sentinel's or a plain one.
func (o Options) dial(u *redis.UniversalOptions) redis.UniversalClient {
	if o.Master == "" && (o.Cluster || len(u.Addrs) > 1) {
		c := u.Cluster()
		c.ClusterStateReloadInterval = clusterReload
		return redis.NewClusterClient(c)
	}
	return redis.NewUniversalClient(u)
}

// parseAddress reads one URL or host:port. Its error never repeats the address, which may hold a password.
func parseAddress(s string) (*redis.Options, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, errors.New("redis address: empty; expected redis://host:port, rediss://…, unix:///path or host:port")
	}
	if !strings.Contains(s, "://") {
		s = "redis://" + s
	}
	o, err := redis.ParseURL(s)
	if err != nil {
		return nil, errors.New("redis address: cannot be read; expected redis://user:password@host:port/db, rediss://…, " +
			"unix:///path?db=0 or host:port")
	}
	return o, nil
}

// silence keeps the client library from writing to standard error: what matters comes back as an error.
type silence struct{}

// Printf drops the message.
func (silence) Printf(context.Context, string, ...any) {}
