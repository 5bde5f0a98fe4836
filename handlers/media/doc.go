// Package media keeps evidence: the photos, films, voices and documents that people send.
//
// Every file is found again by the SHA-256 of what was received. The original is sealed and stays as it came; beside it
// lies a copy for showing, made anew from the picture alone, without place, time, device or any other metadata, because
// nobody but the desk may learn where a reporter stood. What a file is, its first bytes decide, never its name or what
// the sender declares. When and where it was received is kept apart from when and where the file claims to be from.
//
// In the folder of a store:
//
//	ab/ab12….original   what was received, sealed
//	ab/ab12….shown      the copy for showing, sealed too: a stolen disk shows no faces
//	ab/ab12….info       Info, sealed; written last, so a file without it is not there
//	ab/ab12….parcel     a file that waits to be sent to somebody, sealed; swept when it is old
//	tmp/…               being written; left behind only by a crash, and swept
package media
