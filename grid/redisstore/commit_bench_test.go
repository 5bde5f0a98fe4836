package redisstore_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/redis/go-redis/v9"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

// BenchmarkCommitReport stores new reports, with number, history, every index and the confirmation, from 16 goroutines.
//
// It costs the server about 1.7 times BenchmarkPlainCase. Where the time goes, of 32 us when pipelined: 9 for taking in
// some 50 arguments, 4 for the script itself, the rest for ten calls, about 2 each whatever they do; GEOADD costs about
// 1.5 more than a ZADD of the ready-made score. How the numbers get into the arguments makes no difference that can be
// measured. Only fewer indexes would make it much cheaper: the worklist, the next due moment, the place, the reporter's
// list, the number, the day's figure. Each of them answers a question that is asked all the time.
func BenchmarkCommitReport(b *testing.B) {
	w := newWorld(b, redistest.NewReal(b))
	before := w.cpu()
	var n atomic.Int64
	b.ReportAllocs()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			id := strconv.FormatInt(n.Add(1), 36)
			if _, err := w.Commit(w.ctx, w.report(casework.CaseID(id), grid.PersonID("p-"+id), t0)); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric((w.cpu()-before)*1e6/float64(b.N), "redis-us/op")
}

// plainCase is the least that storing a case can be: a number, a hash, three indexes, a history entry, and a key by which a
// repetition is known. It is the baseline of BenchmarkCommitReport.
var plainCase = redis.NewScript(`
if not redis.call('SET', KEYS[6], 1, 'NX', 'EX', 86400) then return 0 end
local n = redis.call('INCR', KEYS[1])
redis.call('HSET', KEYS[2] .. n, unpack(ARGV, 3))
for i = 3, 5 do redis.call('ZADD', KEYS[i], ARGV[2], n) end
redis.call('XADD', KEYS[7], 'MAXLEN', '~', 100000, '*', 'case', n)
return n`)

// BenchmarkPlainCase is what BenchmarkCommitReport is to be compared with, in the same run.
func BenchmarkPlainCase(b *testing.B) {
	w := newWorld(b, redistest.NewReal(b))
	before := w.cpu()
	var n atomic.Int64
	b.ReportAllocs()
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			keys := []string{"seq", "case:", "a", "b", "c", "once:" + strconv.FormatInt(i, 10), "log"}
			args := []any{"", i}
			for f := range 10 {
				args = append(args, "field"+strconv.Itoa(f), "value"+strconv.FormatInt(i, 10))
			}
			args = append(args, "text", strings.Repeat("x", 115), "file", strings.Repeat("f", 90))
			if err := plainCase.Run(w.ctx, w.client, keys, args...).Err(); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric((w.cpu()-before)*1e6/float64(b.N), "redis-us/op")
}

var info = regexp.MustCompile(`(?m)^(\w+):([\d.]+)`)

// number reads one figure that the server tells of itself.
func (w *world) number(section, name string) float64 {
	for _, m := range info.FindAllStringSubmatch(w.client.Info(w.ctx, section).Val(), -1) {
		if m[1] == name {
			v, _ := strconv.ParseFloat(m[2], 64)
			return v
		}
	}
	return 0
}

// cpu is how many seconds the server has worked.
func (w *world) cpu() float64 {
	return w.number("cpu", "used_cpu_user") + w.number("cpu", "used_cpu_sys")
}

// A report costs few bytes, with its history and all indexes, each by a reporter of its own: the figure is logged, and
// the test fails when it grows by half. Of about 1,700, the document takes 680 (205 of them are the reporter's words and
// file, 135 are times written out), the first event 140, their key and list 230, each of the three large sorted sets 100,
// the number 65, and the rest is the reporter's own list, a key for each person.
func TestBytesPerCase(t *testing.T) {
	const cases, words, limit = 3000, 115, 2400
	w := newWorld(t, redistest.NewReal(t))
	before := w.number("memory", "used_memory")
	for i := range cases {
		id := fmt.Sprintf("%012x", i)
		change := w.report(casework.CaseID(id), grid.PersonID("p-"+strings.Repeat("x", 8)+id), t0)
		c := &change.Cases[0].After
		c.Text = strings.Repeat("x", words)
		c.Evidence = []casework.Evidence{{File: "AgADBAADRqcxG", ID: strings.Repeat("f", 90), Kind: "photo", At: t0, Arrived: t0}}
		change.Outbox = nil
		if _, err := w.Commit(w.ctx, change); err != nil {
			t.Fatal(err)
		}
	}
	used := (w.number("memory", "used_memory") - before) / cases
	doc := w.client.LIndex(w.ctx, "gw:{630202}:case:000000000001", 0).Val()
	event := w.client.LIndex(w.ctx, "gw:{630202}:case:000000000001", 1).Val()
	key := w.client.MemoryUsage(w.ctx, "gw:{630202}:case:000000000001").Val()
	t.Logf("%.0f bytes per case: document %d, first event %d, both with their key %d", used, len(doc), len(event), key)
	if used > limit {
		t.Errorf("%.0f bytes per case, more than %d", used, limit)
	}
}
