// Package redistest gives tests a Redis: one real redis-server for the whole test binary where it is installed, a database
// of it for each test, and miniredis otherwise. It works inside testing/synctest bubbles when Main started the server
// before them:
//
//	func TestMain(m *testing.M) { os.Exit(redistest.Main(m)) }
//
// With GRIDWARDEN_REQUIRE_REDIS=1 a missing redis-server fails the tests; without it one line says what was left out.
package redistest
