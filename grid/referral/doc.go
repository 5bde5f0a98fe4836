// Package referral is what becomes of a case that is more than the office's to punish (行刑衔接, 公益诉讼): proposed, approved by
// another, handed to the police or the prosecutors with its file, received, accepted or not, filed, and the result. It is one table of
// states and pure: the store keeps a Referral as a dossier, the handlers say it. Nothing here names who reported.
package referral
