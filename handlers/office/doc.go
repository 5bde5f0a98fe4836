// Package office is what an administrator does with the district's tables, in chat or at the command line alike: it
// compares what comes back with what is in force, finds what is wrong with it by the one judge, and makes of it a change
// that is on record and can be taken back. It decides; whoever calls it reads files, asks and commits.
package office
