// Package redisserver runs a redis-server of its own as a child process on a unix socket: for an office with one machine
// and nothing set up, and for tests.
package redisserver
