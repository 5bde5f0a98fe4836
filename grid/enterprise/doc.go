// Package enterprise keeps what is on record of those who discharge, pollute land or use much water: who they are, what they
// disclosed, what was found, and the ladder of cards that follows from it (yellow, red). A site of the register (package site) is where
// an enterprise is; its dossier here has the same number and holds what a site does not.
//
// One Table says what may be done to a card in which state and by whom, and every limit comes from Rules. What a card rests on is
// checked against the facts on record (plan item 32; the rule on limiting and stopping production, No 30 of 2014, called Rule 30
// below). A bureau can propose a red card and never give one: closing is for the government (Environmental Protection Law Art 60).
package enterprise
