// Package water judges water: which class readings have by a standard that is data (GB 3838-2002), whether a section reaches its
// own target, how a river stands, what the drinking water's checks say, which failing sections are under public supervision
// (挂牌督办), and how far the treatment of black and odorous water is. It is pure: the store keeps what it makes as dossiers.
package water
