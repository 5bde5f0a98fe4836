package main

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/ledger"
	"github.com/gridwarden/gridwarden/jobs"
)

// metrics are the program's figures for Prometheus. No label carries anything about a person.
type metrics struct {
	registry *prometheus.Registry
	updates  *prometheus.CounterVec
	turn     prometheus.Histogram
	sends    *prometheus.CounterVec
	sending  prometheus.Histogram
	jobRuns  *prometheus.CounterVec
	jobTook  *prometheus.GaugeVec
	jobLast  *prometheus.GaugeVec
	redisOps *prometheus.HistogramVec
}

var latency = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

// newMetrics makes the figures in a registry of their own.
func newMetrics() *metrics {
	name := func(n, help string) prometheus.CounterOpts {
		return prometheus.CounterOpts{Namespace: "gridwarden", Name: n, Help: help}
	}
	hist := func(n, help string) prometheus.HistogramOpts {
		return prometheus.HistogramOpts{Namespace: "gridwarden", Name: n, Help: help, Buckets: latency}
	}
	gauge := func(n, help string) prometheus.GaugeOpts {
		return prometheus.GaugeOpts{Namespace: "gridwarden", Name: n, Help: help}
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		updates:  prometheus.NewCounterVec(name("updates_total", "Updates by what became of them: received, handled, failed."), []string{"outcome"}),
		turn:     prometheus.NewHistogram(hist("turn_seconds", "Time to deal with one update.")),
		sends:    prometheus.NewCounterVec(name("sends_total", "Messages by priority and outcome."), []string{"priority", "outcome"}),
		sending:  prometheus.NewHistogram(hist("send_seconds", "Time of one call to send a message.")),
		jobRuns:  prometheus.NewCounterVec(name("job_runs_total", "Runs of jobs by outcome."), []string{"job", "outcome"}),
		jobTook:  prometheus.NewGaugeVec(gauge("job_last_seconds", "Duration of a job's last run."), []string{"job"}),
		jobLast:  prometheus.NewGaugeVec(gauge("job_last_run_timestamp_seconds", "When a job last ran."), []string{"job"}),
		redisOps: prometheus.NewHistogramVec(hist("redis_seconds", "Latency of Redis by command."), []string{"op", "outcome"}),
	}
	m.registry.MustRegister(m.updates, m.turn, m.sends, m.sending, m.jobRuns, m.jobTook, m.jobLast, m.redisOps,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) received(n int) { m.updates.WithLabelValues("received").Add(float64(n)) }

func (m *metrics) handled(took time.Duration, err error) {
	m.updates.WithLabelValues(outcome(err, "handled")).Inc()
	m.turn.Observe(took.Seconds())
}

func (m *metrics) sent(msg ledger.Message, o ledger.Outcome, took time.Duration) {
	m.sends.WithLabelValues(strconv.Itoa(int(msg.Priority)), string(o)).Inc()
	m.sending.Observe(took.Seconds())
}

func (m *metrics) job(name string, took time.Duration, _ jobs.Result, err error) {
	m.jobRuns.WithLabelValues(name, outcome(err, "done")).Inc()
	m.jobTook.WithLabelValues(name).Set(took.Seconds())
	m.jobLast.WithLabelValues(name).SetToCurrentTime()
}

func (m *metrics) redis(op string, took time.Duration, err error) {
	m.redisOps.WithLabelValues(op, outcome(err, "ok")).Observe(took.Seconds())
}

func outcome(err error, good string) string {
	if err != nil {
		return "failed"
	}
	return good
}

// watch adds the figures that are read from the app when they are asked for.
func (m *metrics) watch(a *app) {
	m.registry.MustRegister(&depths{app: a})
	for _, j := range a.scheduler.Jobs { // a job that never failed, or never ran, is a figure too
		m.jobRuns.WithLabelValues(j.Name, "done")
		m.jobRuns.WithLabelValues(j.Name, "failed")
	}
}

// handler serves the figures.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// depths collects what waits: lanes, inbox, outbox, files, clocks.
type depths struct{ app *app }

var (
	laneDepth   = prometheus.NewDesc("gridwarden_lanes", "Lanes at work.", nil, nil)
	heldDepth   = prometheus.NewDesc("gridwarden_lane_entries", "Updates held in lanes.", nil, nil)
	inboxDepth  = prometheus.NewDesc("gridwarden_inbox_depth", "Updates stored and not dealt with.", nil, nil)
	asideDepth  = prometheus.NewDesc("gridwarden_aside_depth", "Updates set aside because they failed.", nil, nil)
	outboxDepth = prometheus.NewDesc("gridwarden_outbox_depth", "Messages waiting.", []string{"priority"}, nil)
	outboxAge   = prometheus.NewDesc("gridwarden_outbox_age_seconds", "Age of the oldest message waiting.", []string{"priority"}, nil)
	fetchDepth  = prometheus.NewDesc("gridwarden_fetch_depth", "Files waiting to be fetched.", nil, nil)
	todayDesc   = prometheus.NewDesc("gridwarden_reports_today", "Reports of the local day by outcome: registered, accepted, merged, asked, refused with its reason.", []string{"outcome", "reason"}, nil)
	clocksDesc  = prometheus.NewDesc("gridwarden_open_cases", "Open cases by limit: due or overdue.", []string{"limit"}, nil)
)

// Describe names the figures.
func (d *depths) Describe(ch chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{laneDepth, heldDepth, inboxDepth, asideDepth, outboxDepth, outboxAge, fetchDepth, clocksDesc, todayDesc} {
		ch <- desc
	}
}

// Collect reads the figures; what cannot be read is left out.
func (d *depths) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	put := func(desc *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, v, labels...)
	}
	held, lanes := d.app.dispatcher.Depth()
	put(laneDepth, float64(lanes))
	put(heldDepth, float64(held))
	if in, err := d.app.store.InboxDepth(ctx); err == nil {
		put(inboxDepth, float64(in.Waiting))
	}
	if n, err := d.app.store.AsideCount(ctx); err == nil {
		put(asideDepth, float64(n))
	}
	if n, err := d.app.store.FetchDepth(ctx); err == nil {
		put(fetchDepth, float64(n))
	}
	d.outbox(ctx, put)
	d.clocks(ctx, put)
	d.today(ctx, put)
}

// today are the counts that are kept apart: registrations, accepted cases, and what became of the others.
func (d *depths) today(ctx context.Context, put func(*prometheus.Desc, float64, ...string)) {
	counts, err := d.app.store.Counts(ctx, d.app.Clock().In(d.app.current.Load().Settings.TimeZone).Format(time.DateOnly))
	if err != nil {
		return
	}
	sum := func(what string) (n float64) {
		for field, v := range counts {
			if strings.HasPrefix(field, what+"/") {
				n += float64(v)
			}
		}
		return n
	}
	for outcome, field := range map[string]string{"registered": "reported", "accepted": "accepted", "merged": "merged", "asked": "asked"} {
		put(todayDesc, sum(field), outcome, "")
	}
	for _, r := range casework.Refusals() {
		put(todayDesc, sum("refused_"+string(r)), "refused", string(r))
	}
}

func (d *depths) outbox(ctx context.Context, put func(*prometheus.Desc, float64, ...string)) {
	all, err := d.app.store.OutboxDepth(ctx)
	if err != nil {
		return
	}
	for p, depth := range all {
		age := 0.0
		if !depth.Oldest.IsZero() {
			age = d.app.Clock().Sub(depth.Oldest).Seconds()
		}
		put(outboxDepth, float64(depth.Waiting), strconv.Itoa(p))
		put(outboxAge, age, strconv.Itoa(p))
	}
}

func (d *depths) clocks(ctx context.Context, put func(*prometheus.Desc, float64, ...string)) {
	queues := []casework.Queue{casework.DecideQueue}
	for _, c := range d.app.current.Load().Tree.Cells() {
		queues = append(queues, casework.CellQueue(c.Code))
	}
	counts, err := d.app.store.QueueCounts(ctx, queues, d.app.Clock())
	if err != nil {
		return
	}
	open, late := 0, 0
	for _, c := range counts {
		open += c.Open
		late += c.Late
	}
	put(clocksDesc, float64(open-late), "due")
	put(clocksDesc, float64(late), "overdue")
}
