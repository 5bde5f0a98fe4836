package redisstore

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/redis/go-redis/v9"
)

// observer tells how long each command took; scripts go by their name.
type observer func(op string, d time.Duration, err error)

// DialHook observes connections.
func (o observer) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		start := time.Now()
		c, err := next(ctx, network, addr)
		o("dial", time.Since(start), err)
		return c, err
	}
}

// ProcessHook observes single commands.
func (o observer) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		start := time.Now()
		err := next(ctx, cmd)
		o(opName(cmd), time.Since(start), notNil(err))
		return err
	}
}

// ProcessPipelineHook observes pipelines as a whole.
func (o observer) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		start := time.Now()
		err := next(ctx, cmds)
		o("pipeline", time.Since(start), notNil(err))
		return err
	}
}

// opName is the command, or the name of the script that it runs.
func opName(cmd redis.Cmder) string {
	if args := cmd.Args(); len(args) > 1 && (cmd.Name() == "evalsha" || cmd.Name() == "eval") {
		if sha, ok := args[1].(string); ok {
			if name, ok := scriptNames[sha]; ok {
				return name
			}
		}
	}
	return cmd.Name()
}

// notNil drops "there is none", which is an answer and no error.
func notNil(err error) error {
	if errors.Is(err, redis.Nil) {
		return nil
	}
	return err
}
