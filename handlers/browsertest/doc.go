// Package browsertest looks at pages in a real browser: it starts one, notes whatever leaves for elsewhere or is refused by a
// page's policy, and keeps pictures to be looked at. Tests of every page that people see share it.
package browsertest
