// Package georeport is what machines may read and file: Open311 GeoReport v2 with its usual extensions, GeoReport Bulk,
// feeds, GeoJSON and the description of all that (OpenAPI).
//
// It knows cases only as the public view has them and files reports only through a Door, which is the flow of the chat; so
// nothing can be read here that was not approved, and nothing filed here gets round a rule.
//
// GeoReport v2 is held to its letter, because its clients differ in what they forgive: JSON is the XML by the Spark
// convention (a list is a bare array), codes and numbers of requests are strings, booleans are booleans, what is empty is
// null or an empty element, a moment carries its zone, an error is a list of {code, description} with the status as a number.
package georeport
