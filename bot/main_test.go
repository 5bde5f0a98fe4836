package main

import (
	"os"
	"testing"

	"github.com/gridwarden/gridwarden/grid/redisstore/redistest"
)

func TestMain(m *testing.M) { os.Exit(redistest.Main(m)) }
