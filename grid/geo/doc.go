// Package geo is the geometry that routes a reported point to the cell responsible for it: points and their distances,
// the datums used in mainland China, areas read from GeoJSON, an index that names exactly one owner for every point,
// and the distances and directions that are told to people.
//
// All coordinates are degrees, longitude first. Areas lie in the plane of longitude and latitude and must not cross the
// antimeridian. Whether a point lies in an area is decided without rounding error; distances are metres on a sphere.
package geo
